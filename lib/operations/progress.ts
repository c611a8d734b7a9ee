import { UserError } from "../base/errors";

/** Receives how much of a step is done. */
export type Progress = (done: number, total: number) => void;

/** Prints a line for people. */
export type Print = (line: string) => void;

/** What the work of a step can show meanwhile. */
export interface StepDisplay {
  readonly progress: Progress;
  readonly print: Print;
}

/**
 * Does one thing with visible progress.
 *
 * @param title what is being done, such as "terraform plan"
 * @param print where lines of the step go
 * @param succeeded whether the result is what was wanted: work on many stacks throws for none of them. @default always
 */
export type Step = <Result>(
  title: string,
  work: (display: StepDisplay) => Promise<Result>,
  print?: Print,
  succeeded?: (result: Result) => boolean,
) => Promise<Result>;

/**
 * What is only read is not waited for after an interruption.
 *
 * @throws UserError when the interruption comes first
 */
export function unlessInterrupted<Result>(interruption: AbortSignal, reading: () => Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      reject(new UserError("Interrupted while reading what Genesys Cloud serves."));
    };
    if (interruption.aborted) {
      stop();
      return;
    }
    interruption.addEventListener("abort", stop);
    reading()
      .then(resolve, reject)
      .finally(() => {
        interruption.removeEventListener("abort", stop);
      });
  });
}
