import { named } from "./calls";
import { type Kind } from "./scenario";

/** The names of the ids that a scenario has met, as `scenario.ts` describes them. */
export class Names {
  private readonly byId = new Map<string, string>();
  private readonly latest = new Map<Kind, string>();

  /** Names an id; one that has a name keeps it. */
  learn(kind: Kind, id: unknown): void {
    if (typeof id !== "string" || this.byId.has(id)) return;
    const count = [...this.byId.values()].filter((name) => name.startsWith(`{${kind}`)).length;
    this.byId.set(id, count === 0 ? `{${kind}}` : `{${kind} ${count + 1}}`);
    this.latest.set(kind, id);
  }

  /** The newest id of a kind. */
  idOf(kind: Kind): string | undefined {
    return this.latest.get(kind);
  }

  get ofIds(): ReadonlyMap<string, string> {
    return this.byId;
  }

  /** JSON with names in the place of the ids. */
  forIds<Value>(value: Value): Value {
    return replaced(value, (text) => named(text, this.byId));
  }

  /** JSON with ids in the place of the names. */
  toIds<Value>(value: Value): Value {
    return replaced(value, (text) =>
      text.replace(/\{(?:configuration|deployment)(?: \d+)?\}/g, (name) => {
        const [id] = [...this.byId].find(([, known]) => known === name) ?? [];
        if (id === undefined) throw new Error(`Nothing is called ${name} yet`);
        return id;
      }),
    );
  }
}

/** Neither an id nor a name has a character that JSON would escape. */
function replaced<Value>(value: Value, replace: (text: string) => string): Value {
  return value === undefined ? value : (JSON.parse(replace(JSON.stringify(value))) as Value);
}
