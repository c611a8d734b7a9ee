import { type Finding } from "../../origins/finding";

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
export interface ExpandedReference {
  readonly name: string;
  readonly isUnknown: boolean;
  readonly isOverruled: boolean;
  /** The trail of what was found, where that was filled in before. */
  readonly from: Trail | undefined;
}

/**
 * The trail of a value that was filled in by these steps. It is followed on request: the trails of all variables of a
 * chain, written out, would be as long as the chain is squared.
 */
export function trailOf(steps: readonly ExpandedReference[]): Trail {
  return new LinkedTrail(steps);
}

class LinkedTrail implements Trail {
  constructor(private readonly steps: readonly ExpandedReference[]) {}

  get referred(): ReadonlySet<string> {
    return this.namesOf(() => true);
  }

  get unknown(): ReadonlySet<string> {
    return this.namesOf(({ isUnknown }) => isUnknown);
  }

  get overruled(): ReadonlySet<string> {
    return this.namesOf(({ isOverruled }) => isOverruled);
  }

  private namesOf(counts: (step: ExpandedReference) => boolean): ReadonlySet<string> {
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

/** What an env file says of one variable, before variables in it are filled in. */
interface Definition {
  readonly text: string;
  /** The line of the variable's name, counted from 1. */
  readonly line: number;
}

/** White space of the line alone: that of the lines above would be looked at once for each of them. */
const beginning = /^[^\S\n]*(?:export\s+)?/;
const name = /(?<name>[\w.-]+)/;
/** `NAME=` or `NAME: `; what follows `=` stays with the value, because a quoted one may begin on the next line. */
const assignment = /(?<assignment>\s*=\s*?|:\s+?)/;
/** A quoted value may span lines and ends at its own kind of quote; a bare one ends at `#` or with the line. */
const value = /(?<value>\s*'(?:\\'|[^'])*'|\s*"(?:\\"|[^"])*"|\s*`(?:\\`|[^`])*`|[^#\n]+)?/;
const ending = /\s*(?:#.*)?$/;
const definition = [beginning, name, assignment, value, ending].map(({ source }) => source).join("");

/**
 * The definitions of an env file, as dotenv 16.3.1 reads them, the version inside Next.js 14 to 16. A variable that is
 * defined twice has its last definition.
 */
export function parseEnvText(text: string): Map<string, Definition> {
  const unix = text.replace(/\r\n?/g, "\n");
  const definitions = new Map<string, Definition>();
  const lineAt = lineCounter(unix);
  for (const { name, start, written } of definitionsIn(unix)) {
    definitions.set(name, { text: unquote(written), line: lineAt(start) });
  }
  return definitions;
}

/** A definition as it stands in a text. */
interface WrittenDefinition {
  readonly name: string;
  /** The position of the name, behind an `export`. */
  readonly start: number;
  /** The position behind the value, before a comment. */
  readonly end: number;
  /** The value with its quotes. */
  readonly written: string;
}

/** The definitions in a text whose lines end in `\n`, in their order. */
export function definitionsIn(unix: string): WrittenDefinition[] {
  return [...unix.matchAll(new RegExp(definition, "dgm"))].flatMap(({ groups, indices }): WrittenDefinition[] => {
    const name = groups?.["name"];
    const [start] = indices?.groups?.["name"] ?? [];
    const [, assigned] = indices?.groups?.["assignment"] ?? [];
    if (name === undefined || start === undefined || assigned === undefined) return [];
    const value = groups?.["value"] ?? "";
    return [{ name, start, end: assigned + value.trimEnd().length, written: value.trim() }];
  });
}

/** Only between double quotes do `\n` and `\r` mean a line break. */
function unquote(written: string): string {
  const bare = written.replace(/^(['"`])([\s\S]*)\1$/gm, "$2");
  return written.startsWith('"') ? bare.replace(/\\n/g, "\n").replace(/\\r/g, "\r") : bare;
}

/** The line of a position; positions are asked for in ascending order. */
function lineCounter(text: string): (position: number) => number {
  let line = 1;
  let counted = 0;
  return (position) => {
    for (; counted < position; counted++) if (text[counted] === "\n") line++;
    return line;
  };
}

/** An env file that was read. */
export interface EnvFileText {
  /** Its name as a place shows it. */
  readonly file: string;
  readonly definitions: ReadonlyMap<string, Definition>;
}

/** The winning definition of a variable. */
export interface EnvVariable extends Definition {
  /** What Next.js sees. */
  readonly value: string;
  readonly file: string;
  readonly trail: Trail;
  /**
   * Why it holds no address, whatever its value: as the rest of a sentence that begins with its name. Without a rule of sources it is
   * for the rules of addresses to judge.
   */
  readonly unreadable?: { readonly rule?: string; readonly rest: string; readonly remedy: string };
}

/**
 * A file that does not count: Next.js drops it whole, because a variable in it refers to itself, or it comes to so much that
 * Next.js, too, would hardly read it.
 */
interface DroppedFile {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  readonly because: "circle" | "size";
}

/** What Next.js makes of a chain of env files. */
export interface EnvComposition {
  readonly variables: ReadonlyMap<string, EnvVariable>;
  readonly dropped: readonly DroppedFile[];
}

/** What the environment holds before Next.js reads its files. */
interface ShellEnvironment {
  /** What Next.js itself sets, or was told. @default none: no reference to it is filled in */
  readonly nodeEnv?: string;
  /** The variables that a tool such as env-cmd sets. They win over those of the files. @default none */
  readonly given?: ReadonlyMap<string, EnvVariable>;
}

/**
 * What Next.js 14 to 16 see of these files, the highest priority first, when the shell's environment is otherwise empty. Each
 * file is filled in by itself, over the variables of the files above it: a file never sees the ones below.
 */
export function composeEnv(
  files: readonly EnvFileText[],
  { nodeEnv, given = new Map() }: ShellEnvironment = {},
): EnvComposition {
  const variables = new Map<string, EnvVariable>();
  const dropped: DroppedFile[] = [];
  /** What stands in the environment by now: every file overwrites it, though its first definition wins in the end. */
  const environment = new Map<string, string>([...given].map(([name, { value }]) => [name, value]));
  if (nodeEnv !== undefined && !environment.has("NODE_ENV")) environment.set("NODE_ENV", nodeEnv);
  const shell = new Map<string, EnvVariable>(given);
  for (const { file, definitions } of files) {
    const own = new Map([...definitions].map(([name, { text }]) => [name, text]));
    const trails = new Map([...variables, ...shell].map(([name, { trail }]) => [name, trail]));
    let problem: { readonly name: string; readonly because: DroppedFile["because"] } | undefined;
    let characters = 0;
    // An object's order: names that are whole numbers come first, and what is filled in later sees what came earlier.
    for (const name of Object.keys(Object.fromEntries(own))) {
      const filled = fillIn(environment.get(name) ?? own.get(name) ?? "", { environment, own, trails });
      if (filled === undefined) {
        problem = { name, because: "circle" };
        break;
      }
      own.set(name, filled.value);
      trails.set(name, filled.trail);
      characters += filled.characters;
      if (characters > mostCharacters) {
        problem = { name, because: "size" };
        break;
      }
    }
    if (problem !== undefined) {
      dropped.push({ file, line: definitions.get(problem.name)?.line ?? 1, ...problem });
      continue;
    }
    for (const [name, value] of own) {
      environment.set(name, value);
      const definition = definitions.get(name);
      const trail = trails.get(name);
      const set = shell.get(name);
      // What the shell sets stays, but Next.js fills it in where a file defines the variable, too.
      if (set !== undefined && trail !== undefined)
        shell.set(name, { text: set.text, line: set.line, file: set.file, trail, value });
      if (set !== undefined) continue;
      if (variables.has(name) || definition === undefined || trail === undefined) continue;
      variables.set(name, { ...definition, trail, value, file });
    }
  }
  return { variables: new Map([...variables, ...shell]), dropped };
}

interface Scope {
  readonly environment: ReadonlyMap<string, string>;
  readonly own: ReadonlyMap<string, string>;
  readonly trails: ReadonlyMap<string, Trail>;
}

/** Beyond this many references a value counts as circular. Next.js notices later, by running out of stack. */
const mostReferences = 1_000;

/** And so does a value that has grown beyond this many characters: `$&` and the like can double it with every step. */
const longestValue = 1_000_000;

/**
 * A file that comes to more characters than this, each counted as often as it is copied, is refused. Values that double each
 * other make gigabytes of a file of 100 KB, for Next.js as well.
 */
const mostCharacters = 50_000_000;

/**
 * Fills in the references of a value, as dotenv-expand 10.0.0 does: the last one first, and again in what took its place,
 * until none is left. Quotes of any kind make no difference; `\$` is a dollar sign. Undefined where it never ends.
 */
function fillIn(text: string, { environment, own, trails }: Scope): Filled | undefined {
  const steps: ExpandedReference[] = [];
  let value = text;
  let characters = value.length;
  for (let count = 0; count <= mostReferences; count++) {
    const reference = lastReference(value);
    if (reference === undefined) return { value: value.replaceAll("\\$", "$"), trail: trailOf(steps), characters };
    const { written, name, fallback } = reference;
    const above = environment.get(name);
    const beside = own.get(name);
    const found = [above, fallback, beside].find((candidate) => candidate !== undefined && candidate !== "");
    steps.push({
      name,
      isUnknown: found === undefined && above === undefined && beside === undefined,
      isOverruled: found === fallback && beside !== undefined && beside !== "" && beside !== found,
      from: found === above || found === beside ? trails.get(name) : undefined,
    });
    // This replaces the first place where the same text occurs, not necessarily the last one, and reads `$&` and the
    // like in what was found: so does Next.js.
    value = value.replace(written, found ?? "");
    characters += value.length;
    if (value.length > longestValue) return undefined;
  }
  return undefined;
}

interface Filled {
  readonly value: string;
  readonly trail: Trail;
  /** How many characters were written in the course of it. */
  readonly characters: number;
}

interface Reference {
  readonly written: string;
  readonly name: string;
  readonly fallback?: string;
}

/** The reference at the last dollar sign without a backslash before it. Where that is not a reference, earlier ones do not count. */
function lastReference(text: string): Reference | undefined {
  let at = text.lastIndexOf("$");
  while (at > 0 && text[at - 1] === "\\") at = text.lastIndexOf("$", at - 1);
  if (at === -1) return undefined;
  const match = /^\$\{?(\w+)(?::-([^}\\]*))?\}?/.exec(text.slice(at));
  if (match?.[1] === undefined) return undefined;
  const [written, name, fallback] = match;
  return fallback === undefined ? { written, name } : { written, name, fallback };
}

/** That a file does not count, and why. */
export function notCounting({ file, line, name, because }: DroppedFile): Finding {
  if (because === "size") {
    return {
      rule: "unreadable-file",
      severity: "error",
      value: name,
      place: { file, line, key: name },
      message: `"${name}" and the values above it expand to more than 50 million characters`,
      remedy: "write values that do not repeat each other",
    };
  }
  return {
    rule: "circular-reference",
    severity: "error",
    value: name,
    place: { file, line, key: name },
    message: `"${name}" refers to itself, so Next.js drops the whole file`,
    remedy: `write the value of ${name} without a reference to ${name}; write a literal dollar sign as \\$`,
  };
}
