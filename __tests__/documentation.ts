import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "..");

/** The pages that users read, by their paths from the project's folder. */
export const pages: readonly string[] = [
  "README.md",
  ...readdirSync(join(root, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** A block of code on a page. */
export interface Fence {
  readonly language: string;
  readonly text: string;
  /** The paragraph above it. */
  readonly above: string;
}

/** The text of a page. */
export function textOf(page: string): string {
  return readFileSync(join(root, page), "utf8");
}

/** The blocks of code in a text, without the indentation of a list that they are part of. */
export function fencesIn(text: string): readonly Fence[] {
  return [...text.matchAll(/^( *)```(\w+)[^\n]*\n([^]*?)\n *```$/gm)].map(
    ({ 1: indent = "", 2: language = "", 3: code = "", index }) => ({
      language,
      text: `${code.replaceAll(new RegExp(`^${indent}`, "gm"), "")}\n`,
      above: text.slice(0, index).trimEnd().split("\n\n").at(-1)?.trim() ?? "",
    }),
  );
}

/** The blocks of one language on a page. */
export function examplesOf(page: string, language = "ts"): readonly string[] {
  return fencesIn(textOf(page))
    .filter((fence) => fence.language === language)
    .map(({ text }) => text);
}

/** A link that leads to a file, or to a heading in one. */
export interface Link {
  readonly page: string;
  /** The absolute path, with the heading's anchor if there is one. */
  readonly target: string;
}

/** The links and pictures of a page, by its absolute path, but for links to web sites. */
export function linksOf(page: string): readonly Link[] {
  const prose = readFileSync(page, "utf8").replaceAll(/^ *```.*?^ *```$/gms, "");
  return [...prose.matchAll(/\]\(([^()\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^(?:https?|mailto):/.test(link))
    .map((link) => ({ page, target: link.startsWith("#") ? page + link : resolve(dirname(page), link) }));
}

/** Whether the file of a link exists, and the heading in it. */
export function leadsSomewhere({ target }: Link): boolean {
  const [file = "", anchor] = target.split("#");
  if (!existsSync(file)) return false;
  return anchor === undefined || anchorsIn(readFileSync(file, "utf8")).includes(anchor);
}

/** The anchors of a page's headings, as GitHub makes them: a second heading of the same letters gets a number. */
function anchorsIn(text: string): readonly string[] {
  const seen = new Map<string, number>();
  const headings = text.replaceAll(/^ *```.*?^ *```$/gms, "").matchAll(/^#+ (.+)$/gm);
  return Array.from(headings, ([, heading = ""]) => {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-");
    const before = seen.get(anchor) ?? 0;
    seen.set(anchor, before + 1);
    return before === 0 ? anchor : `${anchor}-${before}`;
  });
}
