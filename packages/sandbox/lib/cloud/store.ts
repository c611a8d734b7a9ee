import { seedState } from "./seed";
import { type OrganizationState } from "./state";
import { lockStateFile, readStateFile, writeStateFile } from "./state-file";

/** Where a store keeps its state. */
interface StoreOptions {
  /**
   * The state's file; its folder is made when it is missing.
   *
   * @default none: the state lives in memory and ends with the process
   */
  readonly file?: string;
  /**
   * Start with a fresh organisation, whatever the file holds.
   *
   * @default false
   */
  readonly reset?: boolean;
}

/**
 * The memory of the embedded Genesys Cloud: the state, and the file that it outlives the process in.
 *
 * @example
 * ```ts
 * const store = Store.open({ file: ".sandbox/state.json" });
 * const deployment = store.change((state) => createDeployment(state, settings, stamp));
 * await store.saved(); // the file holds it now
 * store.close();
 * ```
 */
export class Store {
  /**
   * Opens the file's state, or a fresh organisation where there is no file yet.
   *
   * @throws {@link StateFileError} when the file cannot be read as a state; an `Error` when another sandbox holds it.
   */
  static open({ file, reset = false }: StoreOptions = {}): Store {
    if (file === undefined) return new Store(seedState(), undefined, () => undefined);
    const release = lockStateFile(file);
    try {
      const kept = reset ? undefined : readStateFile(file);
      const store = new Store(kept ?? seedState(), file, release);
      if (kept === undefined) store.write();
      return store;
    } catch (error) {
      release();
      throw error;
    }
  }

  private pending: Promise<void> | undefined;
  private closed = false;

  private constructor(
    private current: OrganizationState,
    private readonly file: string | undefined,
    private readonly release: () => void,
  ) {}

  /** What is remembered now. Only {@link change} may change it. */
  get state(): Readonly<OrganizationState> {
    return this.current;
  }

  /** Runs an operation that changes the state, and sees to it that the file follows. */
  change<Result>(operation: (state: OrganizationState) => Result): Result {
    const result = operation(this.current);
    this.schedule();
    return result;
  }

  /** Forgets everything: a fresh organisation. */
  reset(): void {
    this.current = seedState();
    this.schedule();
  }

  /**
   * Resolves when the file holds every change made so far: an answer sent after it survives a kill. Changes of one turn of
   * the event loop share one write, so many requests at once do not pay for a write each.
   *
   * @throws when the file cannot be written.
   */
  async saved(): Promise<void> {
    await this.pending;
  }

  /** Writes what is left and lets another process open the file. The store must not be changed afterwards. */
  close(): void {
    if (this.closed) return;
    try {
      if (this.pending !== undefined) this.write();
    } finally {
      this.closed = true;
      this.release();
    }
  }

  private schedule(): void {
    if (this.closed) throw new Error("The sandbox's store is closed and cannot be changed.");
    if (this.file === undefined || this.pending !== undefined) return;
    const write = new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        this.pending = undefined;
        try {
          if (!this.closed) this.write();
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    // Callers that await saved() see the failure; a change that is not awaited must not end the process.
    write.catch(() => undefined);
    this.pending = write;
  }

  private write(): void {
    if (this.file !== undefined) writeStateFile(this.file, this.current);
  }
}
