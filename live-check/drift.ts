import { ofConfigurationAlone } from "../__tests__/messenger/every-property";
import { UserError } from "../lib/base/errors";
import { type DriftKind } from "../lib/audit/drift";
import { isObject, type JsonObject, textIn } from "../lib/platform/json-fields";
import { asWords, type Look, type Measured, NotMeasured } from "./findings";
import { descriptionOf, isOfRun, madeIn } from "./made";
import { entitiesIn, pathOf } from "./organisation";
import { type Means, timeUntil, within } from "./probe";
import { Pages } from "./pages";
import { hosts, type Project, type Stack } from "./project";

const [deployments, configurations] = [pathOf("deployment"), pathOf("configuration")];

const subjectName = "drift";

/** The stacks that Terraform deploys: one that is drifted, and one whose configuration says as much as it can. */
export const stacks: readonly Stack[] = [
  { name: subjectName, props: {} },
  { name: "full", props: ofConfigurationAlone },
];

/** What is deployed, and how it is changed by hand. */
export interface Subject extends Means {
  readonly project: Project;
  /** The id of a flow that the user has named. */
  readonly flow: string | undefined;
  readonly deploymentId: string;
  readonly configurationId: string;
}

/** A row of the drift table. */
interface Row {
  readonly what: string;
  readonly byHand: (subject: Subject) => Promise<unknown>;
  /** What `terraform plan -detailed-exitcode` ends with: 0 where it does not see the change. */
  readonly plan: 0 | 2;
  readonly audit: readonly DriftKind[];
  /** The command that undoes it. */
  readonly mender: "deploy" | "repair";
}

const edited = (changes: object): Row["byHand"] => edit(() => changes);

function edit(changes: (subject: Subject) => object): Row["byHand"] {
  return (subject) => subject.organisation.edit(subject.deploymentId, changes(subject));
}

const published: Row["byHand"] = ({ organisation, configurationId }) =>
  organisation.publish(configurationId, { languages: ["en-us", "de"] });

const rows: readonly Row[] = [
  {
    what: "a domain removed",
    byHand: edited({ allowedDomains: [hosts[0]] }),
    plan: 2,
    audit: ["domains"],
    mender: "deploy",
  },
  {
    what: "a domain added",
    byHand: edited({ allowedDomains: [...hosts, "stranger.example.net"] }),
    plan: 2,
    audit: ["domains"],
    mender: "deploy",
  },
  {
    what: "the order of the domains changed",
    byHand: edited({ allowedDomains: [hosts[1], hosts[0]] }),
    plan: 2,
    audit: ["domains"],
    mender: "deploy",
  },
  {
    what: "all domains allowed, the list emptied",
    byHand: edited({ allowAllDomains: true, allowedDomains: [] }),
    plan: 2,
    audit: ["domains"],
    mender: "deploy",
  },
  {
    what: "the list emptied",
    byHand: edited({ allowedDomains: [] }),
    plan: 0,
    audit: ["emptied-list"],
    mender: "repair",
  },
  {
    what: "the status set to Inactive",
    byHand: edited({ status: "Inactive" }),
    plan: 2,
    audit: ["status"],
    mender: "deploy",
  },
  {
    what: "the description changed",
    byHand: edit(({ run }) => ({ description: `${run.description} (changed by hand)` })),
    plan: 2,
    audit: ["attributes"],
    mender: "deploy",
  },
  {
    what: "a flow set",
    byHand: (subject) => {
      if (subject.flow === undefined) throw new NotMeasured("name an inbound message flow with --flow");
      return edited({ flow: { id: subject.flow } })(subject);
    },
    plan: 2,
    audit: ["attributes"],
    mender: "deploy",
  },
  {
    what: "a newer version published, the deployment not pointed to it",
    byHand: published,
    plan: 0,
    audit: ["newer-version-published"],
    mender: "repair",
  },
  {
    what: "a newer version published, and the deployment pointed to it",
    byHand: async (subject) => {
      const version = await published(subject);
      await edited({ configuration: { id: subject.configurationId, version } })(subject);
    },
    plan: 2,
    audit: ["newer-version-deployed"],
    mender: "repair",
  },
];

/** Deploys, and plans what was deployed. Answers what the drift table is played with; undefined where it failed. */
export async function deploy(
  look: Look,
  options: Omit<Subject, "deploymentId" | "configurationId">,
): Promise<Subject | undefined> {
  const { project } = options;
  for (const { name } of stacks) {
    const isDeployed = await look(`origins deploy (${name})`, "deployed", () => roll(project, "deploy", name));
    if (!isDeployed) continue;
    await look(`terraform plan after it (${name})`, "exit 0", () => plan(project, name));
    await look(`origins audit after it (${name})`, "equal", async () => (await audit(project, name)).words);
  }
  return find(options);
}

/** What the first stack has deployed. */
async function find(options: Omit<Subject, "deploymentId" | "configurationId">): Promise<Subject | undefined> {
  const { organisation, run } = options;
  const isOurs = isOfRun(run);
  const [found] = (await organisation.entities("deployment")).filter((entity) => {
    const made = madeIn("deployment", entity);
    return made !== undefined && isOurs(made) && made.name.endsWith(` ${subjectName}`);
  });
  const configuration = found?.["configuration"];
  const [deploymentId, configurationId] = [
    textIn(found ?? {}, "id"),
    textIn(isObject(configuration) ? configuration : {}, "id"),
  ];
  return deploymentId === undefined || configurationId === undefined
    ? undefined
    : { ...options, deploymentId, configurationId };
}

/** Plays the drift table: each change by hand, what a plan and an audit see of it, and what undoes it. */
export async function playDrift(look: Look, subject: Subject): Promise<void> {
  for (const { what, byHand, plan: planned, audit: kinds, mender } of rows) {
    const expected = sentence(`exit ${planned}`, kinds.join(", "), mender, "deployed", "restored");
    await look(what, expected, async (): Promise<Measured> => {
      let state = "not restored";
      try {
        await byHand(subject);
        const seen = await plan(subject.project, subjectName);
        const { words, details } = await audit(subject.project, subjectName);
        const mended = await roll(subject.project, mender, subjectName);
        state = await restored(subject);
        return {
          words: sentence(seen, words, mender, asWords(mended).words, state),
          details: { audit: details, mended },
        };
      } catch (error) {
        if (error instanceof NotMeasured) state = "restored";
        throw error;
      } finally {
        // The next row begins with what the program wants, if that can be had.
        if (state !== "restored") await roll(subject.project, "deploy", subjectName).catch(() => undefined);
      }
    });
  }
  await look("terraform plan after all", "exit 0", () => plan(subject.project, subjectName));
}

function sentence(planned: string, audited: string, mender: string, outcome: string, state: string): string {
  return `plan ${planned}; audit ${audited}; ${mender} ${outcome}; ${state}`;
}

/** Whether the deployment is as the program wants it, and still the same one. */
async function restored({ organisation, run, deploymentId, configurationId }: Subject): Promise<string> {
  const { status, json } = await organisation.ask("GET", `${deployments}/${deploymentId}`);
  if (status !== 200 || !isObject(json)) return `its id answers ${status}`;
  const listed = await organisation.call("GET", `${configurations}/${configurationId}/versions`);
  const versions = (entitiesIn(listed) ?? []).map((each) => Number(each["version"]));
  const newest = String(Math.max(...versions.filter((version) => !Number.isNaN(version))));
  const shown = await organisation.call("GET", `${configurations}/${configurationId}/versions/${newest}`);
  const wanted: JsonObject = {
    description: descriptionOf(run, subjectName),
    status: "Active",
    allowAllDomains: false,
    allowedDomains: hosts,
    flow: undefined,
    configuration: { id: configurationId, version: newest },
    languages: ["en-us"],
  };
  const configuration = isObject(json["configuration"]) ? json["configuration"] : {};
  const live: JsonObject = {
    ...json,
    flow: json["flow"] ?? undefined,
    configuration: { id: textIn(configuration, "id"), version: textIn(configuration, "version") },
    languages: shown["languages"],
  };
  const differing = Object.keys(wanted).filter((name) => JSON.stringify(live[name]) !== JSON.stringify(wanted[name]));
  return differing.length === 0 ? "restored" : `not restored: ${differing.join(", ")}`;
}

/** Deletes the deployment by hand: the one change that no command undoes. */
export async function playDeletion(look: Look, subject: Subject): Promise<void> {
  const { organisation, project, deploymentId } = subject;
  const pages = new Pages(organisation.endpoints.publicFiles);
  const isDeleted = await look("a deployment deleted by hand: the API answers 404", within(60), async () => {
    await organisation.call("DELETE", `${deployments}/${deploymentId}`);
    return timeUntil(
      subject,
      async () => (await organisation.ask("GET", `${deployments}/${deploymentId}`)).status === 404,
    );
  });
  if (!isDeleted) return;
  await look("origins audit after it", "deployment-gone", async () => (await audit(project, subjectName)).words);
  await look("origins deploy after it", "refused", () => roll(project, "deploy", subjectName));
  await look("origins deploy --recreate after it", "deployed under another id", async () => {
    const { words } = asWords(await roll(project, "deploy", subjectName, "--recreate"));
    const again = await find(subject);
    if (again === undefined) return `${words}, but no deployment exists`;
    return `${words} under ${again.deploymentId === deploymentId ? "the same" : "another"} id`;
  });
  await look("domains.json of the deleted deployment answers 403", within(60), () =>
    timeUntil(subject, async () => (await pages.file(deploymentId, "domains")).status === 403),
  );
}

/** `origins deploy` or `origins repair`: its outcome for the stack. Public files may follow later. */
async function roll(project: Project, command: string, stack: string, ...flags: readonly string[]): Promise<Measured> {
  const words = [command, stack, "--auto-approve", "--json", "--propagation-timeout", "1s", ...flags];
  const { code, output, errors } = await project.origins(...words);
  const [result] = listIn(output);
  const outcome = result === undefined ? undefined : textIn(result, "outcome");
  if (outcome === undefined) throw new UserError(lastLines(errors) || `origins ${command} ended with ${String(code)}`);
  const reason = textIn(result ?? {}, "reason");
  return reason === undefined ? outcome : { words: outcome, details: reason };
}

/** What `origins audit` finds, apart from what is on its way to the public files. */
async function audit(
  project: Project,
  stack: string,
): Promise<{ readonly words: string; readonly details: readonly string[] }> {
  const { code, output, errors } = await project.origins("audit", stack, "--json");
  const [result] = listIn(output);
  const drifts = result?.["drifts"];
  if (!Array.isArray(drifts)) throw new UserError(lastLines(errors) || `origins audit ended with ${String(code)}`);
  const found = drifts.filter(isObject).filter(({ kind }) => kind !== "propagation");
  const kinds = [...new Set(found.flatMap((drift) => textIn(drift, "kind") ?? []))];
  return { words: kinds.join(", ") || "equal", details: found.flatMap((drift) => textIn(drift, "message") ?? []) };
}

async function plan(project: Project, stack: string): Promise<string> {
  const { code, errors } = await project.plan(stack);
  if (code !== 0 && code !== 2) throw new UserError(lastLines(errors) || `terraform plan ended with ${String(code)}`);
  return `exit ${code}`;
}

function listIn(output: string): readonly JsonObject[] {
  try {
    const json: unknown = JSON.parse(output);
    return Array.isArray(json) ? json.filter(isObject) : [];
  } catch {
    return [];
  }
}

/** The end of what a command printed, short enough for a record. */
function lastLines(printed: string): string {
  return printed.trim().split("\n").slice(-12).join("\n").slice(-1_500);
}
