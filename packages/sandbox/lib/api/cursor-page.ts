import { badRequest } from "../cloud/context";

/** A list as the platform pages it by cursor. */
interface CursorPage<Entity> {
  readonly entities: readonly Entity[];
  /** How many there are on all pages together. */
  readonly total: number;
  readonly selfUri: string;
  /** Holds the next page's cursor in its parameter `after`; absent on the last page. */
  readonly nextUri?: string;
  /** Holds the previous page's cursor in its parameter `before`; absent on the first page. */
  readonly previousUri?: string;
}

const defaultPageSize = 300;

/**
 * One page of a list whose members are numbered in its order. A cursor is the number of the member at a page's edge, not
 * a position: what is created or deleted between two pages neither repeats a member nor skips one.
 *
 * Unknown of the platform: the order of its lists (here the order of creation), the largest page it gives (here any), and
 * what it answers to a cursor it never gave (here 400).
 */
export function cursorPage<Member, Entity>(
  members: Iterable<Member>,
  numberOf: (member: Member) => number,
  present: (member: Member) => Entity,
  { path, query }: { readonly path: string; readonly query: URLSearchParams },
): CursorPage<Entity> {
  const pageSize = positiveInteger(query, "pageSize") ?? defaultPageSize;
  const after = cursor(query, "after");
  const before = cursor(query, "before");
  if (after !== undefined && before !== undefined) throw badRequest(`"after" and "before" cannot be combined`);

  const all = [...members];
  let start = 0;
  if (after !== undefined) {
    const next = all.findIndex((member) => numberOf(member) > after);
    start = next === -1 ? all.length : next;
  }
  let end = Math.min(start + pageSize, all.length);
  if (before !== undefined) {
    const edge = all.findIndex((member) => numberOf(member) >= before);
    end = edge === -1 ? all.length : edge;
    start = Math.max(0, end - pageSize);
  }

  const page = all.slice(start, end);
  const link = (name: "after" | "before", edge: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.delete("after");
    parameters.delete("before");
    parameters.set("pageSize", String(pageSize));
    parameters.set(name, Buffer.from(String(edge)).toString("base64url"));
    return `${path}?${parameters.toString()}`;
  };
  const search = query.toString();
  const first = page.at(0) ?? all.at(start);
  const last = page.at(-1) ?? all.at(end - 1);
  return {
    entities: page.map(present),
    total: all.length,
    selfUri: search === "" ? path : `${path}?${search}`,
    ...(end < all.length && last !== undefined && { nextUri: link("after", numberOf(last)) }),
    ...(start > 0 && { previousUri: link("before", first === undefined ? Number.MAX_SAFE_INTEGER : numberOf(first)) }),
  };
}

function cursor(query: URLSearchParams, name: "after" | "before"): number | undefined {
  const value = query.get(name);
  if (value === null || value === "") return undefined;
  const edge = Buffer.from(value, "base64url").toString();
  const number = Number(edge);
  if (!/^\d+$/.test(edge) || !Number.isSafeInteger(number)) {
    throw badRequest(`invalid cursor "${value}": use the value of "${name}" from "nextUri" or "previousUri"`, [
      { errorCode: "invalid.value", fieldName: name },
    ]);
  }
  return number;
}

/** A parameter that must be a whole number from 1 on; undefined where it is absent. */
export function positiveInteger(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null || value === "") return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw badRequest(`invalid ${name} "${value}": expected a positive integer`, [
      { errorCode: "invalid.value", fieldName: name },
    ]);
  }
  return number;
}
