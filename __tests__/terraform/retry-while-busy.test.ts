import { TerraformError, type TerraformFailure } from "../../lib/terraform/failure";
import { retryWhileBusy } from "../../lib/terraform/terraform-in-folder";

const fails = (failure: TerraformFailure): TerraformError =>
  new TerraformError(failure, { stackName: "shop", command: "init", exitCode: 1 }, failure);

describe("while another run creates a state in the same database", () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  /** Runs a command that is locked out for some milliseconds; answers how it ended and how often it was tried. */
  async function lockedFor(milliseconds: number, timeLimit: number): Promise<{ end: string; tries: number }> {
    const free = Date.now() + milliseconds;
    let tries = 0;
    const running = retryWhileBusy({ timeLimit }, () => {
      tries += 1;
      return Date.now() < free ? Promise.reject(fails("creation-locked")) : Promise.resolve("done");
    }).catch((error: unknown) => (error instanceof TerraformError ? error.failure : "other"));
    await jest.advanceTimersByTimeAsync(120_000);
    return { end: await running, tries };
  }

  test("a command is repeated until it is let in", async () => {
    expect(await lockedFor(0, 0)).toEqual({ end: "done", tries: 1 });
    expect((await lockedFor(50, 0)).end).toBe("done");
    expect((await lockedFor(60_000, 90_000)).end).toBe("done");
  });

  test("it gives up after the lock timeout, but not before ten seconds", async () => {
    expect((await lockedFor(9_000, 0)).end).toBe("done");
    expect((await lockedFor(60_000, 0)).end).toBe("creation-locked");
    expect((await lockedFor(60_000, 30_000)).end).toBe("creation-locked");
  });

  test("a file that another run is writing is read again for two seconds", async () => {
    const runs = async (milliseconds: number): Promise<string> => {
      const whole = Date.now() + milliseconds;
      const command = (): Promise<string> =>
        Date.now() < whole ? Promise.reject(fails("half-written")) : Promise.resolve("done");
      const running = retryWhileBusy({ timeLimit: 60_000 }, command).catch((error: unknown) =>
        error instanceof TerraformError ? error.failure : "other",
      );
      await jest.advanceTimersByTimeAsync(120_000);
      return running;
    };
    await expect(runs(1_000)).resolves.toBe("done");
    await expect(runs(5_000)).resolves.toBe("half-written");
  });

  test("every other failure is final", async () => {
    let tries = 0;
    const command = (): Promise<never> => {
      tries += 1;
      return Promise.reject(fails("locked"));
    };
    await expect(retryWhileBusy({ timeLimit: 60_000 }, command)).rejects.toMatchObject({ failure: "locked" });
    expect(tries).toBe(1);
  });
});
