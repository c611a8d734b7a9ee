import pc from "picocolors";
import { environmentSecrets } from "../../base/env-secrets";
import { printableJson, printableLines } from "../../base/printable";
import { knownSecrets } from "../../base/secrets";
import { sandboxCredentials } from "../../genesys/sandbox-state";

/**
 * Colours on a terminal, or where `FORCE_COLOR` asks for them; none where `NO_COLOR`, `--no-color` or `FORCE_COLOR=0` refuses
 * them. picocolors itself also paints wherever `CI` is set, which fills the log of a pipeline that is read as text with escape
 * codes.
 */
export const colors = pc.createColors(
  wantsColors(pc.isColorSupported, process.stdout.isTTY, process.env["FORCE_COLOR"] ?? ""),
);

function wantsColors(supported: boolean, isTerminal: boolean, forced: string): boolean {
  if (["0", "false"].includes(forced)) return false;
  return supported && (isTerminal || forced !== "");
}

/** Whether the command was told to print JSON and has not done so yet. */
let owesResult = false;

/**
 * Begins a run of the command.
 *
 * @param environment its secrets are masked in everything that is printed from now on
 * @param json whether it was told to print JSON: then it prints a value also when it fails
 */
export function beginOutput(environment: NodeJS.ProcessEnv, { json }: { readonly json: boolean }): void {
  knownSecrets.add(...environmentSecrets(environment).filter((value) => value !== sandboxCredentials.clientSecret));
  owesResult = json;
}

/** Prints a report, or a line of it, on the standard output. */
export function printReport(text: string): void {
  console.log(outgoing(text));
}

/** Prints what is not the command's result: an error, a warning, progress. */
export function printAside(text: string): void {
  console.error(outgoing(text));
}

/** Prints a result for programs: the same value, with every secret masked and every character escaped that a terminal would obey. */
export function printResult(value: unknown): void {
  owesResult = false;
  const text = printableJson(value);
  // To look at the whole text is faster than to look at each value in it.
  console.log(knownSecrets.mask(text) === text ? text : printableJson(knownSecrets.maskValue(value)));
}

/** Prints the result of a command that failed, where one was asked for and none was printed. */
export function printFailedResult(message: string): void {
  if (owesResult) printResult({ error: message });
}

/** What may go out of a text that this process has composed: no secret of it, and nothing that a terminal or a pipeline would obey. */
export function outgoing(text: string): string {
  return printableLines(knownSecrets.mask(text), { colored: colors.isColorSupported });
}

/**
 * Masks secrets in what is printed past the functions above as well: by a user's module that this process has loaded, by a question, or by
 * a library.
 */
export function guardStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (chunk: Uint8Array | string, ...rest: unknown[]) => boolean;
    stream.write = (chunk: Uint8Array | string, ...rest: unknown[]): boolean => write(masked(chunk), ...rest);
  }
}

function masked(chunk: Uint8Array | string): Uint8Array | string {
  if (typeof chunk === "string") return knownSecrets.mask(chunk);
  const text = Buffer.from(chunk).toString();
  const plain = knownSecrets.mask(text);
  return plain === text ? chunk : Buffer.from(plain);
}
