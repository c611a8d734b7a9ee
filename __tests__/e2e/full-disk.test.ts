import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { type MiddlewareHandler } from "hono";
import { StackTerraform } from "../../lib/terraform/stack-terraform";
import { TerraformError } from "../../lib/terraform/failure";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { StackFolder } from "./stack-folder";
import { needsTerraform, terraformCommand } from "./terraform";
import { someOf } from "../in-full";

function run([program = "", ...words]: readonly string[]): number | null {
  return spawnSync(program, words).status;
}

/** A separate file system that holds little. */
class SmallDisk {
  /** Undefined where this machine does not let one be mounted. */
  static mount(): SmallDisk | undefined {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "small-disk-")));
    for (const command of [["mount"], ["sudo", "-n", "mount"]]) {
      const words = ["-t", "tmpfs", "-o", "size=256k,mode=1777", "tmpfs", folder];
      if (run([...command, ...words]) === 0) return new SmallDisk(folder, command.slice(0, -1));
    }
    rmSync(folder, { recursive: true });
    return undefined;
  }

  private constructor(
    readonly folder: string,
    private readonly prefix: readonly string[],
  ) {}

  private get filler(): string {
    return join(this.folder, "filler");
  }

  fill(): void {
    try {
      for (;;) appendFileSync(this.filler, Buffer.alloc(512));
    } catch {
      // It is full.
    }
  }

  makeRoom(): void {
    rmSync(this.filler, { force: true });
  }

  remove(): void {
    run([...this.prefix, "umount", this.folder]);
    rmSync(this.folder, { recursive: true });
  }
}

const disk = SmallDisk.mount();
disk?.remove();
// Mounting is a right, not a program: CI cannot install it either.
const reason = "skipped: this machine does not let a file system be mounted";

(disk !== undefined
  ? needsTerraform
  : (name: string, tests: () => void) => {
      describe.skip(`${name} (${reason})`, tests);
    })("a disk that gets full during an apply", () => {
  let genesys: Genesys;
  let disk: SmallDisk;
  let shop: StackFolder;
  let onWrite: () => void = () => undefined;
  const before: MiddlewareHandler = async (c, next) => {
    if (/^(POST|PUT) .*\/(configurations|versions\/draft)$/.test(`${c.req.method} ${c.req.path}`)) onWrite();
    await next();
  };
  beforeAll(async () => {
    genesys = await Genesys.start({ api: { before } });
  });
  afterAll(() => genesys.close());
  beforeEach(() => {
    const mounted = SmallDisk.mount();
    if (mounted === undefined) throw new Error("These tests need to mount a file system.");
    disk = mounted;
    shop = new StackFolder(genesys.provider.reattach);
  });
  afterEach(() => {
    onWrite = () => undefined;
    disk.remove();
    shop.remove();
  });

  /** The stack with its state on the small disk, and where Terraform runs it. */
  function stackIn(folder: string, description: string): StackTerraform {
    const path = join(disk.folder, "shop.tfstate");
    shop.write({ configuration: { description }, backend: { local: { path } } });
    if (folder !== shop.stack.folder) {
      mkdirSync(folder, { recursive: true });
      cpSync(join(shop.stack.folder, "cdk.tf.json"), join(folder, "cdk.tf.json"));
    }
    const backend = { type: "local", localPath: path };
    return new StackTerraform(
      { ...shop.stack, folder, backend },
      { command: terraformCommand, environment: shop.environment },
    );
  }

  async function failedApply(terraform: StackTerraform): Promise<TerraformError> {
    const plan = await terraform.plan();
    onWrite = () => {
      disk.fill();
    };
    const error: unknown = await terraform.apply(plan).catch((reason: unknown) => reason);
    onWrite = () => undefined;
    if (error instanceof TerraformError) return error;
    throw new Error(`The apply did not fail: ${String(error)}`);
  }

  /** Does what a message says, in its order, as a person pastes it. */
  function follow({ message }: TerraformError): void {
    const steps = /make room on the disk, run (?<push>.+), then remove the file: (?<remove>rm .+)/.exec(
      message,
    )?.groups;
    if (steps === undefined) throw new Error(`The message names no steps:\n${message}`);
    disk.makeRoom();
    for (const step of [steps["push"], steps["remove"]]) {
      execFileSync("sh", ["-c", step ?? "false"], { env: shop.environment, stdio: "pipe" });
    }
  }

  const long = "x".repeat(9_000); // more than the block of the file system that the file has already
  const places: readonly (readonly [string, () => string])[] = [
    ["of the state", () => shop.stack.folder],
    ["of the state and of the stack's folder", () => join(disk.folder, "stacks", "shop")],
  ];
  const first = ["is created", () => Promise.resolve()] as const;
  const later = [
    "is changed",
    async (folder: string) => {
      const terraform = stackIn(folder, "short");
      await terraform.claimState();
      await terraform.apply(await terraform.plan());
    },
  ] as const;
  const disks = places.flatMap(([which, folder]) =>
    [first, later].map(([when, prepare]) => [which, when, folder, prepare] as const),
  );

  test.each(someOf(disks, (_, index) => index === 0 || index === 3))(
    "%s, while the Messenger %s: the message names the file and steps that work",
    async (_, __, folder, prepare) => {
      await prepare(folder());
      const terraform = stackIn(folder(), long);
      if (prepare === first[1]) await terraform.claimState();
      const error = await failedApply(terraform);
      expect(error.failure).toBe("unsaved");
      const file = /It is in "(?<file>[^"]+)"/.exec(error.message)?.groups?.["file"] ?? "";
      expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ version: 4 });
      expect([folder(), tmpdir()]).toContain(dirname(file));
      await expect(terraform.plan()).rejects.toMatchObject({
        failure: "unsaved",
        message: expect.stringContaining(basename(file)) as string,
      });

      follow(error);
      expect([file, join(folder(), "errored.tfstate")].filter(existsSync)).toEqual([]);
      const plan = await terraform.plan();
      await terraform.apply(plan); // what the apply did not come to
      const { entities } = await genesys.byHand("GET", "/api/v2/webdeployments/configurations");
      const state = await terraform.pullState();
      const made = entities as readonly { readonly id: string }[];
      expect(state?.text).toContain(made.at(-1)?.id);
      expect(plan.changes.filter(({ action, type }) => action === "create" && type.endsWith("configuration"))).toEqual(
        [],
      );
    },
  );

  test("where it is full before, nothing is changed", async () => {
    const terraform = stackIn(shop.stack.folder, long);
    await terraform.claimState();
    const plan = await terraform.plan();
    genesys.takeCalls();
    disk.fill();
    await expect(terraform.apply(plan)).rejects.toThrow("no space left on device");
    expect(genesys.takeCalls().filter((call) => !call.startsWith("GET "))).toEqual([]);
  });
});
