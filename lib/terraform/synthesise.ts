/** How an app is synthesised. */
export interface SynthesisOptions {
  /** The folder of cdktf.json. */
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** When it fires, the app gets one SIGINT and is waited for. */
  readonly interruption?: AbortSignal;
}

/** What a synthesis wrote and said. */
export interface Synthesis {
  /** The absolute path of the folder that it wrote, such as `cdktf.out`. */
  readonly outdir: string;
  /** What the app printed to its standard output and standard error, and the warnings of its constructs. */
  readonly said: string;
}

/**
 * Runs the app of a cdktf project as `cdktf synth` does, without cdktf-cli.
 *
 * @throws StackError with all that the app said, when it fails or writes nothing
 */
export function synthesise(options: SynthesisOptions): Promise<Synthesis> {
  return Promise.reject(new Error(`not written yet: ${options.folder}`));
}
