import { type Command } from "commander";
import { type Sandbox } from "genesys-cloud-sandbox";
import { UserError } from "../../base/errors";
import { Http } from "../../base/http";
import { type DomainPolicy, policyAdmits } from "../../genesys/host-check";
import { examine, type ExaminedMessenger, type ExaminedStack } from "../../operations/examine";
import { isDeployed } from "../../operations/outcome";
import { asPlanned } from "../../operations/plan-stack";
import { Project, type ProjectOptions } from "../../operations/project";
import { applyPlan, repairAndPlan } from "../../operations/stack-deploy";
import { type Progress } from "../../operations/progress";
import { PublicFiles } from "../../platform/public-files";
import { loadEnvironments } from "../../programs/environments-file";
import { type NextEnvironment } from "../../sources/next-environment";
import { findTerraform, howToGetTerraform, oldestTerraform } from "../../terraform/binary";
import { type ResourceChange } from "../../terraform/plan";
import { synthesise } from "../../terraform/synthesise";
import { anyRefused, renderReport, reportOn } from "../report/environment-report";
import { visitorsWords } from "../report/plan-report";
import { interruptible } from "../terminal/interruption";
import { colors, colors as pc, printReport } from "../terminal/output";
import { step } from "../terminal/step";
import { terminalWidth } from "../terminal/table";
import { loadSandbox, openSandbox, sandboxed } from "./sandbox";
import { terminalOptions } from "./terminal-options";

/** Where the platform API answers, and who asks. */
interface Organization {
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Edits a deployment's allowed domains as a person would in Genesys Cloud's own pages: outside Terraform. The API has no
 * partial update, so the whole deployment is read and written back.
 */
async function editByHand(
  organization: Organization,
  deploymentId: string,
  edit: (domains: readonly string[]) => readonly string[],
): Promise<DomainPolicy> {
  const token = await accessToken(organization);
  const url = new URL(`/api/v2/webdeployments/deployments/${deploymentId}`, organization.url);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const deployment = (await answer(await fetch(url, { headers }))) as DomainPolicy;
  const body = JSON.stringify({ ...deployment, allowedDomains: edit(deployment.allowedDomains) });
  return (await answer(await fetch(url, { method: "PUT", headers, body }))) as DomainPolicy;
}

async function accessToken({ url, clientId, clientSecret }: Organization): Promise<string> {
  const response = await fetch(new URL("/oauth/token", url), {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  return ((await answer(response)) as { readonly access_token: string }).access_token;
}

async function answer(response: Response): Promise<unknown> {
  if (response.ok) return response.json();
  throw new UserError(`${response.url} answered ${response.status}: ${await response.text()}`);
}

/** A page that a visitor opens, and whether the Messenger should start on it. */
interface Page {
  readonly host: string;
  readonly expected: "starts" | "blocked";
}

/**
 * Asks for the deployment's public list, as a browser on each page would, and shows what the Messenger's own check
 * decides there.
 *
 * @throws UserError when a page does not turn out as expected: the story would not be true
 */
async function visit(publicFiles: string, deploymentId: string, pages: readonly Page[]): Promise<void> {
  const live = await new PublicFiles(new Http(), publicFiles).domains(deploymentId);
  if (live.outcome !== "served") {
    const reason = "reason" in live ? live.reason : "the deployment does not exist";
    throw new UserError(`The allowed domains of deployment ${deploymentId} cannot be read: ${reason}.`);
  }
  for (const { host, expected } of pages) {
    const outcome = policyAdmits(live.content, host) ? "starts" : "blocked";
    printReport(outcome === "starts" ? `  ${pc.green("✔")} ${host}` : `  ${pc.red("✖")} ${host} ${pc.red("blocked")}`);
    if (outcome !== expected) throw new UserError(`Expected "${host}" to be "${expected}", but it is "${outcome}".`);
  }
}

const options = { recreate: false, makeNew: false, onlyDrift: false, mayDestroy: false };

/** What `origins deploy --auto-approve` does with every stack, without its report. */
async function deployAll(project: Project, progress: Progress): Promise<void> {
  const outcomes = await project.each(
    await examineAll(project),
    async (examined) => {
      const planned = await repairAndPlan(examined, options);
      return "outcome" in planned ? planned : applyPlan(planned);
    },
    progress,
  );
  for (const outcome of outcomes) {
    if (isDeployed(outcome)) continue;
    throw new UserError(`The stack "${outcome.stack.name}" was not deployed:\n\n${outcome.reason ?? outcome.outcome}`);
  }
}

/** The Messenger of an environment: what is declared, remembered and live of it. */
async function messengerOf(project: Project, { name }: NextEnvironment): Promise<ExaminedMessenger> {
  const stacks = project.stacks.filter(({ environment }) => environment === name);
  const [messenger] = (await examineAll(project, stacks)).flatMap(({ messengers }) => messengers);
  if (messenger !== undefined) return messenger;
  throw new UserError(
    `No stack deploys the environment "${name}".\n\nUse MessengerStack, named after the environment.`,
  );
}

/** What a plan would change of an environment. */
async function planned(project: Project, { name }: NextEnvironment): Promise<readonly ResourceChange[]> {
  const stack = project.stacks.find(({ environment }) => environment === name);
  if (stack === undefined) return [];
  const terraform = project.terraform(stack);
  const plan = await terraform.plan();
  await terraform.discard(plan);
  return plan.hasChanges ? plan.changes : [];
}

async function examineAll(project: Project, stacks = project.stacks): Promise<readonly ExaminedStack[]> {
  return (await examine(project, stacks)).map((each) => {
    if ("problem" in each) throw each.problem;
    return each;
  });
}

/** A site that does not belong to the team; RFC 2606 reserves the name. */
const stranger = "stranger.example.net";

/** From the derived allow-lists to two drifts that a deploy has repaired. Every claim it prints was checked. */
async function story(
  environments: readonly NextEnvironment[],
  options: ProjectOptions,
  sandbox: Sandbox,
): Promise<void> {
  const started = performance.now();
  heading("The same as Terraform configuration, one stack per environment");
  const project = await Project.open(options);
  const deploy = (): Promise<void> => step("origins deploy", ({ progress }) => deployAll(project, progress));

  const found = findTerraform(options.environment);
  const program = "version" in found ? `${found.product} ${found.version}` : project.program;
  heading(`Deployed by ${program} to the embedded Genesys Cloud at ${sandbox.url}`);
  await deploy();

  heading("Does the Messenger start? The result of its own check on each page");
  for (const environment of environments) {
    printReport(colors.bold(environment.name));
    await visit(sandbox.url, await deploymentId(project, environment), everyPage(environment, "starts"));
  }

  const broken = environments.find(({ kind }) => kind === "production") ?? firstOf(environments);
  const id = await deploymentId(project, broken);
  const removed = hostThatWouldBeBlocked(broken);
  const repaired = async (): Promise<void> => {
    await deploy();
    if ((await deploymentId(project, broken)) !== id) throw new UserError("The deployment was replaced.");
    await visit(sandbox.url, id, [...everyPage(broken, "starts"), { host: stranger, expected: "blocked" }]);
  };

  heading(`${broken.name}'s list is edited by hand: ${removed} removed, ${stranger} added`);
  await step("PUT /api/v2/webdeployments/deployments/…", () =>
    editByHand(sandbox, id, (domains) => [...domains.filter((domain) => domain !== removed), stranger]),
  );
  await visit(sandbox.url, id, [
    { host: removed, expected: "blocked" },
    { host: stranger, expected: "starts" },
  ]);
  heading("What the plan shows, and what a deploy does about it");
  const messenger = await messengerOf(project, broken);
  const changes = await step(`${project.program} plan (${broken.name})`, () => planned(project, broken));
  const words = visitorsWords(changes, [asPlanned(messenger)]);
  if (words.length === 0) throw new UserError("The plan shows no drift, though the list was edited by hand.");
  for (const { message } of words) printReport(`  • ${message}`);
  await repaired();

  heading(`${broken.name}'s list is emptied by hand: drift that ${project.program} plan does not detect`);
  await step("PUT /api/v2/webdeployments/deployments/…", () => editByHand(sandbox, id, () => []));
  await visit(sandbox.url, id, everyPage(broken, "blocked"));
  const unseen = await step(`${project.program} plan (${broken.name})`, () => planned(project, broken));
  if (unseen.length > 0) throw new UserError("The plan unexpectedly shows the emptied list.");
  printReport("  • The plan shows no changes: an apply would never restore the list");
  const { audit } = await step("origins audit", () => messengerOf(project, broken));
  if (!audit.drifts.some(({ kind }) => kind === "emptied-list"))
    throw new UserError("The audit missed the empty list.");
  for (const { message } of audit.drifts) printReport(`  • ${message}`);
  heading("Deployed again: the state is corrected to match what is live, so that the plan detects it");
  await repaired();

  const pages = environments.reduce((sum, { allowList }) => sum + allowList.domains.length, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  heading(
    `Done in ${seconds} s: ${environments.length} environments, ${pages} allowed domains, ` +
      `two drifts found and repaired, one of them invisible to ${project.program} plan, no deployment replaced`,
  );
}

function heading(text: string): void {
  printReport(`\n${colors.bold(colors.cyan(`▸ ${text}`))}\n`);
}

function everyPage({ allowList }: NextEnvironment, expected: Page["expected"]): readonly Page[] {
  return allowList.domains.map((host) => ({ host, expected }));
}

async function deploymentId(project: Project, environment: NextEnvironment): Promise<string> {
  const { audit } = await messengerOf(project, environment);
  if (audit.deploymentId !== undefined) return audit.deploymentId;
  throw new UserError(`The environment "${environment.name}" has no deployment.`);
}

/** Removing a host blocks its pages only where no parent of it stays in the list. */
function hostThatWouldBeBlocked({ name, allowList }: NextEnvironment): string {
  const { domains } = allowList;
  const host = domains.find((candidate) => !domains.some((other) => candidate.endsWith(`.${other}`)));
  if (host === undefined) throw new UserError(`The environment "${name}" has no allowed domain to remove.`);
  return host;
}

function firstOf<Item>([first]: readonly Item[]): Item {
  if (first === undefined) throw new UserError("There are no environments.");
  return first;
}

export function register(command: Command): void {
  command
    .option("--environments <file>", "the file that exports the environments (default: environments.ts)")
    .action(async ({ environments }: { readonly environments?: string }) => {
      const declared = await loadEnvironments(environments);
      process.exitCode = await interruptible((interruption) => demo(declared, interruption));
    });
}

async function demo(environments: readonly NextEnvironment[], interruption: AbortSignal): Promise<number> {
  const sandboxPackage = await loadSandbox();
  heading("The allow-lists derived from the application's own files");
  const reports = reportOn(environments);
  printReport(reports.map((report) => renderReport(report, { width: terminalWidth() })).join("\n\n"));
  if (anyRefused(reports)) throw new UserError("A rule refuses an address above, so nothing was deployed.");

  const terraform = findTerraform(process.env);
  if (!("version" in terraform)) {
    heading("The same as Terraform configuration, one stack per environment");
    await step("synthesis", () => synthesise({ folder: ".", environment: process.env, interruption }));
    throw new UserError(
      `Deploying, drift and repair could not be shown: they need Terraform or OpenTofu ${oldestTerraform} or newer ` +
        `(${terraform.reason}).\n\n${howToGetTerraform.join("\n")}`,
    );
  }
  const { defaultStateFile } = sandboxPackage;
  const sandbox = await openSandbox(sandboxPackage, { stateFile: defaultStateFile });
  try {
    const flags = { lockTimeout: "30s", parallelism: 4 };
    const options = { ...flags, ...terminalOptions({}), environment: sandboxed(sandbox), interruption };
    await story(environments, options, sandbox);
    const remark = `The sandbox keeps its organisation in ${defaultStateFile}; "origins sandbox" runs any command against it.`;
    printReport(colors.dim(remark));
    return 0;
  } finally {
    await sandbox.close();
  }
}
