import { type Finding } from "../../origins/finding";
import { type Step, type Trail, trailOf } from "./env-trail";
import { type Definition } from "./env-text";

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
  /** Why it holds no address, whatever its value: as the rest of a sentence that begins with its name. */
  readonly unreadable?: { readonly rule: string; readonly rest: string; readonly remedy: string };
}

/**
 * A file that does not count: Next.js drops it whole, because a variable in it refers to itself, or it comes to so much that
 * Next.js, too, would hardly read it.
 */
export interface DroppedFile {
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
export interface ShellEnvironment {
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
  const steps: Step[] = [];
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

/** The reference at the last dollar sign without a backslash before it. Where that is none, earlier ones do not count. */
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
      message: `"${name}" and the values above it come to more than 50 million characters once they are filled in`,
      remedy: "write values that do not repeat each other",
    };
  }
  return {
    rule: "circular-reference",
    severity: "error",
    value: name,
    place: { file, line, key: name },
    message: `"${name}" refers to itself, so Next.js drops the whole file`,
    remedy: `write the value of ${name} without a reference to ${name}; a dollar sign that means itself is written \\$`,
  };
}
