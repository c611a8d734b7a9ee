import { positiveInteger } from "./cursor-page";

/** A list as the platform pages it by number. */
export interface NumberPage<Entity> {
  readonly entities: readonly Entity[];
  readonly pageSize: number;
  /** Counted from 1. */
  readonly pageNumber: number;
  readonly pageCount: number;
  /** How many there are on all pages together. */
  readonly total: number;
  readonly selfUri: string;
  readonly firstUri: string;
  readonly lastUri: string;
  readonly nextUri?: string;
  readonly previousUri?: string;
}

const defaultPageSize = 25;

/** One page of a list, by `pageSize` and `pageNumber`. A page beyond the last one is empty. */
export function numberPage<Entity>(
  all: readonly Entity[],
  { path, query }: { readonly path: string; readonly query: URLSearchParams },
): NumberPage<Entity> {
  const pageSize = positiveInteger(query, "pageSize") ?? defaultPageSize;
  const pageNumber = positiveInteger(query, "pageNumber") ?? 1;
  const pageCount = Math.ceil(all.length / pageSize);
  const link = (page: number): string => {
    const parameters = new URLSearchParams(query);
    parameters.set("pageSize", String(pageSize));
    parameters.set("pageNumber", String(page));
    return `${path}?${parameters.toString()}`;
  };
  return {
    entities: all.slice((pageNumber - 1) * pageSize, pageNumber * pageSize),
    pageSize,
    pageNumber,
    pageCount,
    total: all.length,
    selfUri: link(pageNumber),
    firstUri: link(1),
    lastUri: link(Math.max(1, pageCount)),
    ...(pageNumber < pageCount && { nextUri: link(pageNumber + 1) }),
    ...(pageNumber > 1 && { previousUri: link(pageNumber - 1) }),
  };
}
