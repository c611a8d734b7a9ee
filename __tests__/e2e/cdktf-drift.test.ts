import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { textOf } from "../documentation";
import { installedPackages, needsNode } from "../from-npm";
import { isFull, someOf } from "../in-full";
import { CoreCli, type Variant } from "./core-cli";
import { type Core } from "./cores";
import { type LiveDeployment } from "./origins-project";
import { needsTerraform } from "./terraform";

jest.setTimeout(600_000); // several deploys each, on machines that do other things as well

/** What the deploy after a drift does. */
type Effect =
  /** Afterwards everything is as it was, under the same id. */
  | "restores"
  /** It ends with 1, and changes nothing. */
  | "refuses"
  /** It ends well, and leaves what it says. */
  | "reports"
  /** It ends well, and does what the program says. */
  | "applies";

interface Drift {
  /** Which change of the row it is, where there are several. */
  readonly change?: string;
  /** Makes it; answers the program of the deploy where that is another one. */
  readonly make: (deployed: CoreCli) => Promise<Variant | undefined> | Promise<void>;
  readonly effect: Effect;
  /** What is printed about it. */
  readonly says?: RegExp;
  /** Takes away what the deploy leaves. */
  readonly cleanUp?: (deployed: CoreCli) => Promise<unknown>;
  /** Whether `npm test` tries it as well, on these cores. */
  readonly always?: readonly Core[];
}

const edit =
  (changes: object) =>
  ({ project }: CoreCli): Promise<void> =>
    project.edit("production", changes);

/** The drift that `origins deploy` knows, by the rows of the table in docs/drift.md. */
const table: Readonly<Record<string, readonly Drift[]>> = {
  "a domain, their order, all domains allowed, description, flow, status": [
    {
      change: "a domain and the order",
      make: edit({ allowedDomains: ["www.example.com", "stranger.example.net"] }),
      effect: "restores",
    },
    { change: "all domains allowed", make: edit({ allowAllDomains: true, allowedDomains: [] }), effect: "restores" },
    { change: "description", make: edit({ description: "by hand" }), effect: "restores" },
    {
      change: "flow",
      async make({ project }) {
        const flow = { id: "by-hand", name: "By hand", type: "inboundshortmessage" };
        project.genesys.store.change(({ flows }) => flows.set(flow.id, flow));
        await project.edit("production", { flow: { id: flow.id } });
      },
      effect: "restores",
    },
    { change: "status", make: edit({ status: "Inactive" }), effect: "restores" },
  ],
  "**the list emptied**: every page blocked": [
    {
      make: edit({ allowedDomains: [] }),
      effect: "restores",
      says: /corrected the state of "production", so that drift is undone: the list is empty/,
      always: ["cdktf"],
    },
  ],
  "**a configuration version published**": [
    {
      async make({ project }) {
        await project.publish("production");
      },
      effect: "restores",
      says: /so that drift is undone: version \d+ of the configuration was published by hand/,
    },
  ],
  "**… and the deployment pointed to it**": [
    {
      async make({ project }) {
        const version = await project.publish("production");
        const { id } = (await project.live("production")).configuration;
        await project.edit("production", { configuration: { id, version } });
      },
      effect: "restores",
      says: /so that drift is undone: the deployment shows version \d+ of its configuration, which was published by hand/,
      always: ["cdktn"],
    },
  ],
  "the deployment deleted": [
    {
      async make(deployed) {
        await deployed.byHand("DELETE", `deployments/${deployed.project.remembered("production").deployment ?? ""}`);
      },
      effect: "refuses",
      says: /"production" is not changed: .* no longer exists.*origins deploy production --recreate/,
      cleanUp: ({ project }) => project.origins("deploy", "production", "--auto-approve", "--recreate"),
    },
  ],
  "none: adopted by the program, not in a state yet": [
    {
      async make({ project, state }) {
        const { deployment: deploymentId, configuration: configurationId } = project.remembered("production");
        rmSync(state);
        return Promise.resolve({ props: { adopt: { deploymentId, configurationId } } });
      },
      effect: "restores",
      says: /2 to import, 0 to add, 0 to change, 0 to destroy|2 imported, 0 added, 0 changed, 0 destroyed/,
    },
  ],
  "none: an interrupted creation left a taint": [
    {
      async make({ state }) {
        const content = readFileSync(state, "utf8");
        const tainted = content.replace(/(_deployment"[^]*?"instances": \[\s*\{)/, '$1 "status": "tainted",');
        writeFileSync(state, tainted);
        return Promise.resolve(undefined);
      },
      effect: "restores",
      says: /is marked as tainted, because its creation was cut short, but it exists/,
    },
  ],
  "**a run killed while it wrote the local state file**, now empty": [
    {
      async make({ state }) {
        copyFileSync(state, `${state}.backup`);
        writeFileSync(state, "");
        return Promise.resolve(undefined);
      },
      effect: "restores",
      says: /is empty, because a run was killed while it wrote it: it is restored from/,
    },
  ],
  "a second deployment, created because an answer was lost": [
    {
      async make(deployed) {
        await deployed.byHand("POST", "deployments", await deployed.project.live("production"));
      },
      effect: "reports",
      says: /"production" has drift that an apply does not undo: there is a second deployment "/,
      async cleanUp(deployed) {
        const known = deployed.project.remembered("production").deployment;
        for (const id of await deployed.project.liveIds("deployment")) {
          if (id !== known) await deployed.byHand("DELETE", `deployments/${id}`);
        }
      },
      always: ["cdktf"],
    },
  ],
  "a side of `video` left out of the program that Genesys still has": [
    {
      async make(deployed) {
        await deployed.succeeds("deploy", { props: { video: { user: { allowCamera: true } } } });
        return { props: { video: {} } };
      },
      effect: "reports",
      says: /has drift that an apply does not undo: Genesys has blocks that the program omits \(.*video.*user.*\)/,
      cleanUp: (deployed) => deployed.succeeds("deploy"),
    },
  ],
  "none: an output or a resource of any provider is new or left the program": [
    {
      change: "new",
      make: () => Promise.resolve({ note: "new" }),
      effect: "applies",
      says: /Resources: 1 added, 0 changed, 0 destroyed/,
    },
    {
      change: "left the program",
      async make(deployed) {
        await deployed.succeeds("deploy", { note: "new" });
      },
      effect: "applies",
      says: /Resources: 0 added, 0 changed, 1 destroyed/,
    },
  ],
  "the public files still old": [
    {
      async make({ project }) {
        project.genesys.api.faults.add("stale 3600s");
        await project.edit("production", { allowedDomains: ["www.example.com"] });
      },
      effect: "reports",
      says: /has drift that an apply does not undo: the public file domains\.json is still the old one/,
      cleanUp({ project }) {
        project.genesys.api.faults.clear();
        return project.edit("production", {}); // so that the files follow
      },
    },
  ],
};

/** What the last column of the documentation's table says of each effect. */
const words: Readonly<Record<Effect, RegExp>> = {
  restores: /^(?:restores|publishes|imports|keeps)\b/,
  refuses: /^refuses\b/,
  reports: /^reports\b/,
  applies: /^applies\b/,
};

/** The cells of the table in docs/drift.md, row by row. */
const documented = textOf("docs/drift.md")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .split("|")
      .map((cell) => cell.trim())
      .slice(1, -1),
  );

test("the documentation's table has these rows, and says what becomes of them", () => {
  const [head = [], ...rows] = documented;
  const column = head.findIndex((cell) => cell.includes("origins-terraform"));
  expect(rows.filter(([title]) => !/^-+$/.test(title ?? "")).map(([title]) => title)).toEqual(Object.keys(table));
  for (const [title, drifts] of Object.entries(table)) {
    const cell = rows.find(([first]) => first === title)?.[column];
    for (const { effect } of drifts) expect(cell).toMatch(words[effect]);
  }
});

/** What a repair must bring back. */
const restored = (live: LiveDeployment): object => ({
  ...Object.fromEntries(restoredProperties.map((name) => [name, live[name]])),
  configuration: live.configuration.id,
});
const restoredProperties = [
  "id",
  "name",
  "description",
  "allowAllDomains",
  "allowedDomains",
  "flow",
  "status",
] as const;

function drifts(core: Core, environment: () => NodeJS.ProcessEnv): void {
  let deployed: CoreCli;
  beforeAll(async () => {
    deployed = await CoreCli.start(core, { environment: environment() });
    await expect(deployed.project.origins("deploy", "production", "--auto-approve")).resolves.toMatchObject({
      code: 0,
    });
  });
  afterAll(async () => {
    await deployed.project.close();
  });

  const all = Object.entries(table).flatMap(([title, changes]) =>
    changes.map((drift) => ({ ...drift, what: drift.change === undefined ? title : `${title}: ${drift.change}` })),
  );
  const tried = someOf(all, ({ always }) => always?.includes(core) === true);

  test.each(tried)("$what: $effect", async ({ make, effect, says, cleanUp }) => {
    const { project } = deployed;
    const before = await project.live("production");
    const { deployment, configuration } = project.remembered("production");
    const variant = (await make(deployed)) ?? {};
    project.takeWrites();

    const { code, stdout, stderr } = await deployed.run("deploy", variant);
    const said = `${stdout}${stderr}`.replaceAll(/\n *production +/g, " ");
    if (says !== undefined) expect(said).toMatch(says);
    expect({ code, said }).toEqual({ code: effect === "refuses" ? 1 : 0, said });
    expect(
      project.takeWrites().filter((call) => /^(?:POST (?:deployments|configurations)|DELETE .*)$/.test(call)),
    ).toEqual([]);
    expect(project.remembered("production")).toMatchObject({ deployment, configuration });
    if (effect !== "refuses") {
      const live = await project.live("production");
      expect(restored(live)).toEqual(restored(before));
      expect(live.configuration.version).toBe(project.remembered("production").version);
    }
    await cleanUp?.(deployed);
    await expect(project.origins("audit", "production")).resolves.toMatchObject({ code: 0 });
    if (isFull)
      expect((await deployed.run("diff", effect === "applies" ? variant : {})).stdout).toContain("No changes.");
  });
}

needsTerraform("drift and the CLI of a core, with origins-terraform in Terraform's place", () => {
  describe("cdktf deploy", () => {
    drifts("cdktf", () => ({}));
  });

  needsNode(24, "cdktn deploy on Node 24", (node) => {
    drifts("cdktn", () => {
      const bin = join(installedPackages("cdktn-cli@0.24.0"), "node_modules", ".bin");
      return { PATH: `${bin}${delimiter}${node().environment.PATH}` };
    });
  });
});
