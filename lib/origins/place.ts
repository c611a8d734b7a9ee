import { printable } from "./printable";

/** Where an address was written: the answer to "which file said so". */
export interface Place {
  /** The file, relative to the project's folder, with forward slashes. */
  readonly file: string;
  /** The line, counted from 1. Absent where the whole file is meant. */
  readonly line?: number;
  /** What held the value there: a variable of an env file, a key of a configuration. */
  readonly key?: string;
  /**
   * Whether a program computed the value there, so that it is not written like this.
   * @default false
   */
  readonly computed?: boolean;
}

/** An address as somebody wrote it, before anything judged it. */
export interface WrittenAddress {
  readonly value: string;
  readonly place: Place;
}

/** Orders addresses by where they were written: file by file, from the top down. */
export function comparePlaces(one: WrittenAddress, other: WrittenAddress): number {
  return (
    compareText(one.place.file, other.place.file) ||
    (one.place.line ?? 0) - (other.place.line ?? 0) ||
    compareText(one.place.key ?? "", other.place.key ?? "") ||
    compareText(one.value, other.value)
  );
}

/** By code unit, so that the order is the same under every locale. */
export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** `examples/storefront/.env.production:3 NEXT_PUBLIC_SITE_URL`, fit for a terminal. */
export function formatPlace({ file, line, key, computed }: Place): string {
  const position = line === undefined ? file : `${file}:${line}`;
  const place = key === undefined ? position : `${position} ${key}`;
  return printable(computed === true ? `${place}, computed` : place);
}
