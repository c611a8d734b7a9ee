import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { backUpState, parseState, type State } from "../../lib/terraform/state";
import { testOnPosix } from "../posix";
import { stateText } from "./state-text";

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "state-backup-")), "project", "backups");
});
afterEach(() => {
  rmSync(join(folder, "..", ".."), { recursive: true });
});

function state(serial = 7): State {
  const parsed = parseState(stateText({ top: { serial } }));
  if (parsed === undefined) throw new Error("There is no state.");
  return parsed;
}

describe("a copy of a state", () => {
  test("is the state as it was printed, beside a file that keeps the folder out of Git", async () => {
    const file = await backUpState(folder, "shop", state(), "before repair");
    expect(readFileSync(file, "utf8")).toBe(stateText());
    expect(readFileSync(join(folder, ".gitignore"), "utf8")).toBe("*\n");
  });

  testOnPosix("can only be read by this user", async () => {
    const file = await backUpState(folder, "shop", state(), "before repair");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test.each([
    ["shop", "before repair", /^shop-serial-7-before_repair-[0-9a-f]{8}\.tfstate$/],
    ["shop/de..*", "x", /^shop_de\.\._-serial-7-x-[0-9a-f]{8}\.tfstate$/],
  ])("of %j, %j is named after its stack, its serial and the reason", async (stack, reason, name) => {
    await backUpState(folder, stack, state(), reason);
    expect(readdirSync(folder)).toEqual([".gitignore", expect.stringMatching(name)]);
  });

  test("is kept once for the same state, and beside those of other states", async () => {
    const other = parseState(stateText({ deployment: { id: "d-2" } })) ?? state();
    const files = [state(), state(), other, state(8)].map((each) => backUpState(folder, "shop", each, "x"));
    expect(new Set(await Promise.all(files)).size).toBe(3);
    expect(readdirSync(folder)).toHaveLength(4);
  });
});
