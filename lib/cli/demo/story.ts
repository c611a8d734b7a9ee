import { type Sandbox } from "../../sandbox";
import { type NextEnvironment } from "../../sources";
import { colors } from "../colors";
import { visitorsWords } from "../report/plan-report";
import { asPlanned } from "../stacks/plan-stack";
import { Project, type ProjectOptions } from "../stacks/project";
import { step } from "../step";
import { UserError } from "../../base/errors";
import { editByHand } from "./by-hand";
import { deployAll, messengerOf, planned } from "./deployed";
import { type Page, visit } from "./pages";
import { printReport } from "../output";

/** A site that is none of the team's; RFC 2606 keeps the name free. */
const stranger = "stranger.example.net";

/** From the derived allow-lists to two drifts that a deploy has repaired. Every claim it prints was checked. */
export async function story(
  environments: readonly NextEnvironment[],
  options: ProjectOptions,
  sandbox: Sandbox,
): Promise<void> {
  const started = performance.now();
  heading("The same as Terraform configuration, one stack per environment");
  const project = await Project.open(options);
  const deploy = (): Promise<void> => step("origins deploy", ({ progress }) => deployAll(project, progress));

  const { product, version } = project.binary;
  heading(`Deployed by ${product} ${version} to a Genesys Cloud of your own, at ${sandbox.url}`);
  await deploy();

  heading("Does the Messenger start? What its own check says on each page");
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

  heading(`Somebody edits ${broken.name}'s list by hand: ${removed} goes, ${stranger} comes`);
  await step("PUT /api/v2/webdeployments/deployments/…", () =>
    editByHand(sandbox, id, (domains) => [...domains.filter((domain) => domain !== removed), stranger]),
  );
  await visit(sandbox.url, id, [
    { host: removed, expected: "blocked" },
    { host: stranger, expected: "starts" },
  ]);
  heading("What the plan says, and what a deploy makes of it");
  const messenger = await messengerOf(project, broken);
  const changes = await step(`${project.program} plan (${broken.name})`, () => planned(project, broken));
  const words = visitorsWords(changes, [asPlanned(messenger)]);
  if (words.length === 0) throw new UserError("The plan shows no drift, though the list was edited by hand.");
  for (const { message } of words) printReport(`  • ${message}`);
  await repaired();

  heading(`Somebody empties ${broken.name}'s list: the drift that ${project.program} plan does not see`);
  await step("PUT /api/v2/webdeployments/deployments/…", () => editByHand(sandbox, id, () => []));
  await visit(sandbox.url, id, everyPage(broken, "blocked"));
  const unseen = await step(`${project.program} plan (${broken.name})`, () => planned(project, broken));
  if (unseen.length > 0) throw new UserError("The plan shows the emptied list, which it is not known to do.");
  printReport("  • The plan shows no changes: an apply would never restore the list");
  const { audit } = await step("origins audit", () => messengerOf(project, broken));
  if (!audit.drifts.some(({ kind }) => kind === "emptied-list"))
    throw new UserError("The audit missed the empty list.");
  for (const { message } of audit.drifts) printReport(`  • ${message}`);
  heading("Deployed again: the state is made to say what is live, so that the plan sees it");
  await repaired();

  const pages = environments.reduce((sum, { allowList }) => sum + allowList.domains.length, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  heading(
    `Done in ${seconds} s: ${environments.length} environments, ${pages} allowed domains, ` +
      `two drifts found and repaired, one of them invisible to ${project.program} plan, no deployment replaced`,
  );
}

export function heading(text: string): void {
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
