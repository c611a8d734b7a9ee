import { writeFileSync } from "node:fs";
import { basename } from "node:path";
import { printable } from "../lib/base/printable";
import { redact } from "../lib/base/redact";
import { messageOf } from "../lib/cli/terminal/interruption";
import { UserError } from "../lib/base/errors";
import { printAside, printReport } from "../lib/cli/terminal/output";
import { noCredentials } from "../lib/operations/project";
import { renderTable, terminalWidth } from "../lib/cli/terminal/table";
import { regions } from "../lib/genesys/regions";
import { liveEndpoints } from "../lib/platform/endpoints";
import { type JsonObject, textIn } from "../lib/platform/json-fields";
import { type AwsRegion } from "../lib";
import { removalFinding, removeMade, reportLeft } from "./clean-up";
import { deploy, playDeletion, playDrift, stacks } from "./drift";
import { type Finding, Findings, type Group } from "./findings";
import { isOfRun, newRun, type Run } from "./made";
import { Organisation } from "./organisation";
import { lookAtPublicFiles, lookAtWebSocket } from "./pages";
import { lookAtApi, lookAtEntries } from "./platform";
import { type Means, Probe } from "./probe";
import { findBinary, hosts, Project } from "./project";
import { type Hidden, renderRecord } from "./record";

/** What the user wants. */
export interface CheckOptions {
  readonly only: readonly Group[];
  readonly flow: string | undefined;
  /** How long one wait for the platform may take, in milliseconds. */
  readonly patience: number;
  /** Where the record goes. */
  readonly record: string;
  /** Asks for a yes; always yes with `--yes`. */
  readonly confirm: (question: string) => Promise<boolean>;
}

/** The organisation that the environment means, and how Terraform reaches it. */
export interface Target {
  readonly organisation: Organisation;
  /** The answer of `GET /api/v2/organizations/me`. */
  readonly me: JsonObject;
  readonly region: AwsRegion;
  readonly gateway: string | undefined;
}

/** @throws UserError without credentials, or where the organisation cannot be read */
export async function connect(environment: NodeJS.ProcessEnv): Promise<Target> {
  const { GENESYSCLOUD_GATEWAY_HOST: host = "", GENESYSCLOUD_REGION: named = "" } = environment;
  const gateway = host === "" ? undefined : host;
  const endpoints = forUser(() => liveEndpoints(environment, { gateway: gateway !== undefined }));
  if (endpoints.credentials === undefined) throw new UserError(noCredentials);
  const region = regions.find(({ awsRegion }) => awsRegion === (named === "" ? "us-east-1" : named.toLowerCase()));
  if (region === undefined) throw new UserError(`Unknown region "${redact(named)}" (GENESYSCLOUD_REGION).`);
  const organisation = new Organisation(endpoints, endpoints.credentials);
  return {
    organisation,
    me: await organisation.call("GET", "/api/v2/organizations/me").catch((error: unknown) => {
      throw new UserError(messageOf(error));
    }),
    region: region.awsRegion,
    gateway,
  };
}

/** What is wrong with the environment is the user's to mend, and needs no stack trace. */
function forUser<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new UserError(messageOf(error));
  }
}

/** Asks, plays every part that is wanted, removes what was made and writes the record. Answers the exit code. */
export async function liveCheck(target: Target, options: CheckOptions, interruption: AbortSignal): Promise<0 | 1 | 2> {
  const { organisation } = target;
  const run = newRun(new Date());
  const leftovers = [...(await organisation.made("deployment")), ...(await organisation.made("configuration"))];
  if (leftovers.length > 0) {
    printAside(`Earlier runs left ${leftovers.length} objects behind. Remove them with --clean-up.`);
  }
  if (options.only.includes("deploy")) findBinary(); // nothing is made where the check could not be played
  printReport(announcement(target, run, options));
  if (!(await options.confirm("Create these objects now?"))) {
    printReport("Nothing was created.");
    return 1;
  }
  const findings = new Findings(interruption, options.only);
  const circumstances = { date: new Date().toISOString(), region: target.region, platform: platformOf(target) };
  const means = { organisation, run, interruption, patience: options.patience };
  const projects: Project[] = [];
  const versions: Record<string, string> = { Node: process.version };
  let end = "complete";
  try {
    await playAll(findings, means, target, options, projects, versions);
  } catch (error) {
    end = interruption.aborted ? "interrupted" : "stopped";
    const measured = interruption.aborted ? "interrupted" : messageOf(error);
    findings.add({ group: "clean-up", what: "the run", expected: "complete", measured, verdict: "not checked" });
  }
  const [project] = projects;
  printReport("\nRemoving what this run has made …");
  const removal = await removeMade(organisation, isOfRun(run), end === "complete" ? 0 : 2_000);
  findings.add(removalFinding(removal));
  await project?.remove();
  printReport(`\n${renderFindings(findings.all)}`);
  reportLeft(removal);
  write(options.record, renderRecord({ ...circumstances, versions, end }, findings.all, hiddenOf(target, project)));
  return exitCode(findings.all);
}

/** 2 where something differs from what the project expects, 1 where something could not be checked or was left behind. */
function exitCode(findings: readonly Finding[]): 0 | 1 | 2 {
  const has = (verdict: Finding["verdict"]): boolean => findings.some((each) => each.verdict === verdict);
  if (findings.some(({ group, verdict }) => group === "clean-up" && verdict === "differs")) return 1;
  return has("differs") ? 2 : has("not checked") ? 1 : 0;
}

async function playAll(
  findings: Findings,
  means: Means,
  target: Target,
  { only, flow }: CheckOptions,
  projects: Project[],
  versions: Record<string, string>,
): Promise<void> {
  const { interruption, run } = means;
  const isWanted = (...groups: readonly Group[]): boolean => groups.some((group) => only.includes(group));
  if (isWanted("public-files", "api", "websocket", "entries")) {
    const probe = await Probe.make(means);
    await findings.group("public-files", (look) => lookAtPublicFiles(look, means, probe));
    await probe.settled();
    await findings.group("websocket", (look) => lookAtWebSocket(look, means, probe));
    await findings.group("api", (look) => lookAtApi(look, means, probe));
    await findings.group("entries", (look) => lookAtEntries(look, means, probe));
  }
  if (!isWanted("deploy")) return;
  const gateway = target.gateway !== undefined;
  const project = await Project.make({ run, region: target.region, gateway, interruption }, stacks);
  projects.push(project);
  versions[project.binary.product] = project.binary.version;
  await findings.group("deploy", async (look) => {
    const subject = await deploy(look, { ...means, project, flow });
    versions["provider genesyscloud"] = (await project.providerVersion("drift")) ?? "unknown";
    if (subject === undefined) throw new UserError("No deployment found for the drift table");
    await findings.group("drift", (drift) => playDrift(drift, subject));
    await findings.group("deletion", (deletion) => playDeletion(deletion, subject));
  });
}

/** The organisation, for the person who is asked. */
export function described({ organisation, me, region }: Target): string {
  const [id, name] = ["id", "name"].map((field) => printable(textIn(me, field) ?? "unknown"));
  return `Organisation: ${name} (${id})\nRegion: ${region}, ${new URL(organisation.endpoints.api).host}`;
}

/** A record of the sandbox must not be taken for one of Genesys Cloud. */
function platformOf({ organisation, gateway }: Target): string {
  const { hostname } = new URL(organisation.endpoints.publicFiles);
  if (!hostname.startsWith("api-cdn.")) return "the sandbox of this project, not Genesys Cloud";
  return gateway === undefined ? "Genesys Cloud" : "Genesys Cloud, through a gateway";
}

function announcement(target: Target, run: Run, { flow, record }: CheckOptions): string {
  const domain = hosts[0].split(".").slice(1).join(".");
  return [
    described(target),
    "",
    "The check creates up to 7 configurations and 6 deployments there. It changes and deletes nothing else, and removes them at the",
    "end, also after Ctrl+C.",
    `- Names: "${run.name} …"`,
    `- Allowed domains: below ${domain}, for moments also others, invalid ones and all; nothing answers there`,
    ...(flow === undefined
      ? []
      : [`- One deployment names the flow "${printable(flow)}" for a moment; the flow is not changed`]),
    "- Time: about a quarter of an hour, longer where the platform is slow",
    `- Record: ${record}`,
    "",
  ].join("\n");
}

function renderFindings(findings: readonly Finding[]): string {
  return renderTable(
    [{ title: "part" }, { title: "what" }, { title: "expected" }, { title: "measured" }, { title: "verdict" }],
    findings.map(({ group, what, expected, measured, verdict }) => [group, what, expected, short(measured), verdict]),
    { width: terminalWidth() },
  );
}

function short(text: string): string {
  const line = printable(text.replace(/\s+/g, " "));
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

function hiddenOf({ organisation, me, gateway }: Target, project: Project | undefined): Hidden {
  const { credentials } = organisation.endpoints;
  const clientId = credentials !== undefined && "clientId" in credentials ? credentials.clientId : undefined;
  return { organisation: me, clientId, folder: project?.folder, gateway };
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
    printReport(`\nRecord: ${file} (attach it to a ticket; its first lines say what is in it)`);
  } catch (error) {
    printAside(`\nThe record cannot be written to "${basename(file)}" (${messageOf(error)}). This is it:\n\n${text}`);
  }
}
