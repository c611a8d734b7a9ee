import { createHash } from "node:crypto";

/** Whose state it is: everything that tells one state from another in a place that many share. */
export interface StateName {
  /** The application, for bucket, database or organisation may hold the states of several. */
  readonly application: string;
  /** The stack's id. */
  readonly stack: string;
  /** The environment's name; stacks that are made one environment a run may all have the same id. */
  readonly environment: string;
}

/** What the states of an application go under that gives itself no name. */
export const defaultApplication = "genesys-messenger";

/** How a kind of backend writes a name: by these rules, or by a function. */
export type Spelling = Written | ((name: StateName) => string);

/** The rules for the characters and the length of a name. */
interface Written {
  /** What a part may look like to be written as it is. The separator never occurs in such a part. */
  readonly plain: RegExp;
  readonly separator: string;
  /** Stands for everything that the backend refuses. */
  readonly dash: "-" | "_";
  /** The longest name, in characters. */
  readonly longest: number;
}

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A folder for each part: keys of object storage. Amazon, Google and Azure all stop at 1,024, file ending included. */
export const path: Written = { plain: /^(?!\.+$)[A-Za-z0-9._-]+$/, separator: "/", dash: "-", longest: 900 };

/** One word of letters, digits, `-` and `_`, at most 90: HCP Terraform's workspaces, and one segment of any address. */
export const segment: Written = { plain: kebab, separator: "_", dash: "-", longest: 90 };

/** A name that PostgreSQL takes without quotes and does not cut: it stops at 63 bytes. */
export const identifier: Written = { plain: kebab, separator: "__", dash: "_", longest: 63 };

/** The end of a Kubernetes secret's name, which the backend also makes a label's value of: letters, digits, `-` and `.`. */
export const label: Written = { plain: kebab, separator: ".", dash: "-", longest: 63 };

/** Whether an application's name can be written as it is, everywhere. */
export function isApplicationName(name: string): boolean {
  return kebab.test(name) && name.length <= 40;
}

/**
 * The name as a backend accepts it. Different names never come out the same: one that cannot be written as it is, because
 * it is too long or has other characters, ends in a piece of its digest.
 */
export function spell(name: StateName, spelling: Spelling): string {
  if (typeof spelling === "function") return spelling(name);
  const { application, stack, environment } = name;
  const { plain, separator, dash, longest } = spelling;
  const parts = stack === environment ? [application, stack] : [application, stack, environment];
  const dashed = (part: string): string => (dash === "-" ? part : part.replaceAll("-", dash));
  const written = parts.map(dashed).join(separator);
  if (parts.every((part) => plain.test(part)) && written.length <= longest) return written;
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 12);
  const readable = parts.map((part) => dashed(readablePart(part))).filter((part) => part !== "");
  return `${readable.join(separator).slice(0, longest - digest.length - 1)}${dash}${digest}`;
}

/** Outside the blocks of Latin letters in which Unicode has no place left: there, every version of Node.js decomposes alike. */
const unsettled = /[^\p{ASCII}\u00a0-\u024f\u1e00-\u1eff\uff01-\uff5e]+/gu;

function readablePart(part: string): string {
  return part
    .replace(unsettled, "-")
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
