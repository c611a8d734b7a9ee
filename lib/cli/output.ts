import { printableJson, printableLines } from "../base/printable";

/** Prints a report, or a line of it, on the standard output. */
export function printReport(text: string): void {
  console.log(printableLines(text));
}

/** Prints what is not the command's result: an error, a warning, progress. */
export function printAside(text: string): void {
  console.error(printableLines(text));
}

/** Prints a result for programs: the same value, with every character escaped that a terminal would obey. */
export function printResult(value: unknown): void {
  console.log(printableJson(value));
}
