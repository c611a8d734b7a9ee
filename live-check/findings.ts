import { messageOf } from "../lib/cli/terminal/interruption";
import { colors, printReport } from "../lib/cli/terminal/output";
import { printable } from "../lib/base/printable";

/** What the check looks at, in this order. */
export const groups = ["public-files", "websocket", "api", "entries", "deploy", "drift", "deletion"] as const;

/** A part of the check. */
export type Group = (typeof groups)[number];

/**
 * How a measurement compares with what the project expects.
 *
 * - `as expected`, `differs`
 * - `recorded`: the project does not know what to expect, and records what there is
 * - `not measured`: it could not be measured here, for a reason that is not a failure
 * - `not checked`: something failed on the way
 */
export type Verdict = "as expected" | "differs" | "recorded" | "not measured" | "not checked";

/** One measurement. */
export interface Finding {
  readonly group: Group | "clean-up";
  readonly what: string;
  readonly expected: string;
  readonly measured: string;
  readonly verdict: Verdict;
  /** More of it, for the record alone. */
  readonly details?: unknown;
}

/** What the project expects: these words, or something that holds; nothing where the fact is unknown. */
export type Expected = string | { readonly words: string; readonly holds: (measured: string) => boolean } | undefined;

/** What was measured, in few words, and more of it for the record. */
export type Measured = string | { readonly words: string; readonly details: unknown };

/** A measurement as words and, where there is more of it, details. */
export function asWords(measured: Measured): { readonly words: string; readonly details?: unknown } {
  return typeof measured === "string" ? { words: measured } : measured;
}

/** Raised where something cannot be measured here; the message says why. */
export class NotMeasured extends Error {
  override readonly name = "NotMeasured";
}

/** The findings of one run, each printed as soon as there is one. */
export class Findings {
  readonly all: Finding[] = [];

  constructor(
    private readonly interruption: AbortSignal,
    private readonly wanted: readonly Group[],
  ) {}

  /** Plays a part of the check, if it is wanted. */
  async group(group: Group, play: (look: Look) => Promise<void>): Promise<void> {
    if (!this.wanted.includes(group)) return;
    printReport(`\n${colors.bold(group)}`);
    await play((what, expected, measure) => this.look(group, what, expected, measure));
  }

  /** Measures one thing; a failure becomes a finding, and an interruption goes on. Answers whether it was measured. */
  private async look(
    group: Group,
    what: string,
    expected: Expected,
    measure: () => Promise<Measured>,
  ): Promise<boolean> {
    this.interruption.throwIfAborted();
    try {
      const { words, details } = asWords(await measure());
      this.add({
        group,
        what,
        expected: expectedWords(expected),
        measured: words,
        verdict: verdictOf(expected, words),
        ...(details !== undefined && { details }),
      });
      return true;
    } catch (error) {
      if (this.interruption.aborted) throw error;
      const verdict = error instanceof NotMeasured ? "not measured" : "not checked";
      this.add({ group, what, expected: expectedWords(expected), measured: messageOf(error), verdict });
      return false;
    }
  }

  add(finding: Finding): void {
    this.all.push(finding);
    printReport(`  ${marks[finding.verdict]} ${finding.what}: ${printable(finding.measured)}`);
    if (finding.verdict === "differs") printReport(`    expected: ${finding.expected}`);
  }
}

/** Measures one thing and compares it with what is expected; answers whether it could be measured. */
export type Look = (what: string, expected: Expected, measure: () => Promise<Measured>) => Promise<boolean>;

const marks: Readonly<Record<Verdict, string>> = {
  "as expected": colors.green("✔"),
  differs: colors.red("✖"),
  recorded: "•",
  "not measured": colors.dim("-"),
  "not checked": colors.yellow("!"),
};

function expectedWords(expected: Expected): string {
  return expected === undefined ? "unknown" : typeof expected === "string" ? expected : expected.words;
}

function verdictOf(expected: Expected, measured: string): Verdict {
  if (expected === undefined) return "recorded";
  const holds = typeof expected === "string" ? measured === expected : expected.holds(measured);
  return holds ? "as expected" : "differs";
}
