import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pastable, type PreparedCommand, prepareCommand, type Surroundings } from "../../lib/cli/stand-in";
import { type CommandLine } from "../../lib/terraform/command-line";
import { Genesys } from "../audit/genesys";
import { testOnPosix } from "../posix";
import { deploymentAddress, environmentOf, type LiveShop, liveShop, shopStack } from "./scripted-project";

const start = Genesys.inTests();
let project: string;
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "stand-in-")));
});
afterEach(() => {
  rmSync(project, { recursive: true });
});

/** What was done by hand since the last deploy. @returns the text of the state file */
type Story = (shop: LiveShop, genesys: Genesys) => string;

const lastDeploy: Story = ({ state }) => state().text;
const emptied: Story = ({ live, state }, genesys) => {
  genesys.edit(live, { allowedDomains: [] });
  return state().text;
};
const deleted: Story = ({ live, state }, genesys) => {
  genesys.delete(live);
  return state().text;
};
const unpublished: Story = ({ live, state }, genesys) => {
  genesys.delete(live);
  const configuration = { id: genesys.draft(), version: "DRAFT", description: "" };
  return state({ without: [deploymentAddress], configuration }).text;
};

/** Synthesises a stack with a local state into its folder. */
function synthesised(content: object, state: string): string {
  const folder = join(project, "cdktf.out", "stacks", "shop");
  mkdirSync(folder, { recursive: true });
  const path = join(project, "terraform.shop.tfstate");
  writeFileSync(path, state);
  writeFileSync(
    join(folder, "cdk.tf.json"),
    JSON.stringify({ ...content, terraform: { backend: { local: { path } } } }),
  );
  const shop = {
    constructPath: "shop",
    synthesizedStackPath: "stacks/shop/cdk.tf.json",
    workingDirectory: "stacks/shop",
  };
  writeFileSync(join(project, "cdktf.out", "manifest.json"), JSON.stringify({ stacks: { shop } }));
  return folder;
}

interface Given extends Partial<Surroundings> {
  readonly story?: Story;
  /** @default that of the shop */
  readonly content?: object;
}

/** Prepares the folder of the stack for a command, and returns what it printed as well. */
async function prepared(
  { story = lastDeploy, content = shopStack("shop").content ?? {}, environment, ...surroundings }: Given,
  line: Pick<CommandLine, "kind" | "lockTimeout">,
): Promise<{ readonly command: PreparedCommand; readonly said: readonly string[] }> {
  const genesys = await start();
  const folder = synthesised(content, story(liveShop(genesys), genesys));
  const said: string[] = [];
  const command = await prepareCommand(
    { detailedExitCode: false, ...line },
    {
      folder,
      program: join(project, "terraform"),
      environment: { ...environmentOf(genesys), ...environment },
      interruption: new AbortController().signal,
      say: (text) => said.push(text),
      ...surroundings,
    },
  );
  return { command, said };
}

const aborted: Given = { interruption: AbortSignal.abort() };
const withoutCredentials: Given = { environment: { GENESYSCLOUD_OAUTHCLIENT_ID: "" } };
const notLooked = /^drift of "shop" that Terraform does not see was not looked for: /;

test.each<[string, Given, CommandLine["kind"], PreparedCommand, readonly RegExp[]]>([
  ["a plan of a stack that is as it should be", {}, "plan", {}, []],
  ["an apply of a stack that is as it should be", {}, "apply", {}, []],
  ["an apply of a stack without a Messenger", { content: {}, ...withoutCredentials }, "apply", {}, []],
  ["an apply in a folder without a stack of a core", { folder: tmpdir() }, "apply", {}, []],
  [
    "a plan that does not show an emptied list",
    { story: emptied },
    "plan",
    { seesDrift: true },
    [/^"shop" has drift that this plan does not show, and that an apply undoes: the list is empty: .* old entries$/],
  ],
  ["a plan that shows a deleted deployment", { story: deleted }, "plan", {}, []],
  [
    "an apply that would create a deleted deployment again",
    { story: deleted },
    "apply",
    { refused: true },
    [/^"shop" is not changed: shop: the deployment .* no longer exists.*; .* origins deploy shop --recreate$/],
  ],
  [
    "a plan without credentials",
    withoutCredentials,
    "plan",
    {},
    [new RegExp(`${notLooked.source}Missing credentials for the platform API: .* GENESYSCLOUD_REGION\\.$`)],
  ],
  ["an apply without credentials", withoutCredentials, "apply", {}, [notLooked]],
  [
    "an apply of a state that cannot be read, in one line",
    { story: () => "[]" },
    "apply",
    {},
    [new RegExp(`${notLooked.source}Terraform's state is not a JSON object\\. Nothing was changed\\. .*\\.$`)],
  ],
  [
    "a plan that is interrupted",
    aborted,
    "plan",
    {},
    [new RegExp(`${notLooked.source}Interrupted while reading .*\\.$`)],
  ],
  ["an apply that is interrupted", aborted, "apply", { refused: true }, [/^"shop" is not changed: Interrupted .*\.$/]],
  [
    "an apply whose region is invalid, without a secret",
    {
      environment: {
        GENESYS_SANDBOX_URL: "",
        GENESYSCLOUD_REGION: "my-oauth-secret",
        GENESYSCLOUD_OAUTHCLIENT_SECRET: "my-oauth-secret",
      },
    },
    "apply",
    { refused: true },
    [/^"shop" is not changed: Cannot determine .* Invalid region "(?!my-oauth)[^"]+" \(GENESYSCLOUD_REGION\): /],
  ],
])("%s", async (_, given, kind, command, said) => {
  expect(await prepared(given, { kind })).toEqual({
    command,
    said: said.map((words) => expect.stringMatching(words) as string),
  });
});

describe("an apply whose state is corrected", () => {
  /** A program that notes how it is called, and what it is given. */
  function recordingTerraform(): () => { readonly calls: readonly string[]; readonly pushed: string } {
    const script = `#!/bin/sh\necho "$@" >> ${project}/calls\nif [ "$1" = state ]; then cat > ${project}/pushed; fi\n`;
    writeFileSync(join(project, "terraform"), script, { mode: 0o755 });
    const text = (file: string): string => readFileSync(join(project, file), "utf8");
    return () => ({ calls: text("calls").trim().split("\n"), pushed: text("pushed") });
  }

  testOnPosix.each<[string, Pick<CommandLine, "lockTimeout">, string]>([
    ["waits for no lock, as Terraform does not", {}, "0s"],
    ["waits for the lock for as long as the command would", { lockTimeout: "90s" }, "90s"],
  ])("%s", async (_, line, lockTimeout) => {
    const calls = recordingTerraform();
    const { command, said } = await prepared({ story: emptied }, { kind: "apply", ...line });
    expect(command).toEqual({ seesDrift: true });
    expect(said).toEqual([
      expect.stringMatching(
        /^corrected the state of "shop", so that drift is undone: the list is empty: .*\.tfstate"\)$/,
      ),
    ]);
    expect(calls()).toEqual({
      calls: [`init -input=false -no-color -lock-timeout=${lockTimeout}`, `state push -lock-timeout=${lockTimeout} -`],
      pushed: expect.stringContaining('"allowed_domains":null') as string,
    });
    const [, backup = ""] = /\(a copy of the state: "(.*)"\)$/.exec(said[0] ?? "") ?? [];
    expect(readFileSync(backup, "utf8")).toBe(readFileSync(join(project, "terraform.shop.tfstate"), "utf8"));
  });

  testOnPosix("plans without a refresh where that would hide what was corrected", async () => {
    recordingTerraform();
    const { command } = await prepared({ story: unpublished }, { kind: "apply" });
    expect(command).toEqual({ seesDrift: true, parameters: ["-refresh=false"] });
  });

  testOnPosix("is refused where the state cannot be written, without a control character", async () => {
    // U+202E turns the direction of what follows.
    const failing = '#!/bin/sh\nif [ "$1" = state ]; then printf "Error: no \\342\\200\\256space" >&2; exit 1; fi\n';
    writeFileSync(join(project, "terraform"), failing, { mode: 0o755 });
    const { command, said } = await prepared({ story: emptied }, { kind: "apply" });
    expect(command).toEqual({ refused: true });
    expect(said).toEqual([expect.stringMatching(/^"shop" is not changed: .*no \\u\{202e\}space/)]);
  });
});

test.each([
  ["terraform import type.name id", String.raw`terraform import type\.name id`],
  [
    "(terraform -chdir=a.b state rm type.name && terraform -chdir=a.b import type.name id)",
    String.raw`(terraform -chdir=a.b state rm type\.name && terraform -chdir=a.b import type\.name id)`,
  ],
  ['"type.name" is marked as tainted', '"type.name" is marked as tainted'],
])("a core's CLI does not find the address in a command: %s", (text, expected) => {
  expect(pastable(text)).toBe(expected);
});
