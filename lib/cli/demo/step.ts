import { createSpinner } from "nanospinner";

/**
 * Does one thing with visible progress: a spinner on a terminal, one line with the time it took anywhere else.
 *
 * @param text what is being done, such as "cdktf deploy"; the same line ends with the seconds
 */
export async function step<Result>(text: string, work: () => Promise<Result>): Promise<Result> {
  const started = performance.now();
  // A terminal that reports no width (some recorders do) would send the spinner into an endless search for its lines.
  const animated = process.stdout.isTTY && process.stdout.columns > 0;
  const spinner = animated ? createSpinner(text).start() : undefined;
  const took = (): string => `${text} (${((performance.now() - started) / 1000).toFixed(1)} s)`;
  try {
    const result = await work();
    if (spinner === undefined) console.log(`  ✔ ${took()}`);
    else spinner.success({ text: took() });
    return result;
  } catch (error) {
    if (spinner === undefined) console.log(`  ✖ ${took()}`);
    else spinner.error({ text: took() });
    throw error;
  }
}
