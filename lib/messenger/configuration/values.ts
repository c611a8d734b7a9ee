import { nonEmpty, textWhere } from "../../base/shape";

/** A colour as `#rrggbb` or `#rgb`. */
export const colour = textWhere('a hex colour, such as "#0b5fff"', (text) => /^#([0-9a-f]{3}){1,2}$/i.test(text));

/** An absolute `https` URL: a page over https shows nothing that comes over http. */
export const httpsUrl = textWhere('an https URL, such as "https://www.example.com/logo.svg"', isHttpsUrl);

/** The same, or an empty string: the provider sends one where a value is missing, so a program has to say so. */
export const httpsUrlOrNone = textWhere(
  'an https URL, such as "https://www.example.com/logo.svg", or "" for none',
  (text) => text === "" || isHttpsUrl(text),
);

/** A CSS selector. */
export const selector = nonEmpty('a CSS selector, such as "#buy"');

/** The name that something is recorded under. */
export const recordedName = nonEmpty("the name that it is recorded under");

/** A list, or nothing where it is empty: the provider cannot tell an empty list of blocks from none. */
export function unlessEmpty<Name extends string, Item>(
  name: Name,
  items: readonly Item[] | undefined,
): Partial<Record<Name, Item[]>>;
export function unlessEmpty<Item>(name: string, items: readonly Item[] = []): Record<string, Item[]> {
  return items.length === 0 ? {} : { [name]: [...items] };
}

function isHttpsUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}
