/** What filling in a value came upon. Only names: the values of other variables stay where they are. */
export interface Trail {
  /** The variables that the value refers to, directly or through others. */
  readonly referred: ReadonlySet<string>;
  /** Those of them that are defined nowhere Next.js looks. Nothing stands in their place. */
  readonly unknown: ReadonlySet<string>;
  /** Those of them whose `:-default` beats the definition in the same file. */
  readonly overruled: ReadonlySet<string>;
}

/** One reference that was filled in. */
export interface Step {
  readonly name: string;
  readonly isUnknown: boolean;
  readonly isOverruled: boolean;
  /** The trail of what was found, where that was filled in before. */
  readonly from: Trail | undefined;
}

/**
 * The trail of a value that was filled in by these steps. It is followed when somebody asks: the trails of all variables of a
 * chain, written out, would be as long as the chain is squared.
 */
export function trailOf(steps: readonly Step[]): Trail {
  return new LinkedTrail(steps);
}

class LinkedTrail implements Trail {
  constructor(private readonly steps: readonly Step[]) {}

  get referred(): ReadonlySet<string> {
    return this.namesOf(() => true);
  }

  get unknown(): ReadonlySet<string> {
    return this.namesOf(({ isUnknown }) => isUnknown);
  }

  get overruled(): ReadonlySet<string> {
    return this.namesOf(({ isOverruled }) => isOverruled);
  }

  private namesOf(counts: (step: Step) => boolean): ReadonlySet<string> {
    const names = new Set<string>();
    const seen = new Set<Trail>([this]);
    for (const trail of seen) {
      for (const step of trail instanceof LinkedTrail ? trail.steps : []) {
        if (counts(step)) names.add(step.name);
        if (step.from !== undefined) seen.add(step.from);
      }
    }
    return names;
  }
}

/** Nothing was filled in. */
export const noTrail: Trail = trailOf([]);
