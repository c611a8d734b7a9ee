import { colors as pc } from "../colors";
import { type AllowListDifference } from "../../origins";
import { type Sandbox } from "../../sandbox";
import { type NextEnvironment } from "../../sources";
import { type ResourceChange, type TerraformBinary } from "../../terraform";
import { UserError } from "../user-error";
import { editByHand } from "./by-hand";
import { type Page, visit } from "./pages";
import { type Outputs, type Project } from "./project";
import { step } from "../step";

/** A site that is none of the team's; RFC 2606 keeps the name free. */
const stranger = "stranger.example.net";

/** From the derived allow-lists to a drift that a deploy has repaired. Every claim it prints was checked. */
export async function story(
  environments: readonly NextEnvironment[],
  project: Project,
  sandbox: Sandbox,
  terraform: TerraformBinary,
): Promise<void> {
  const started = performance.now();
  heading("The same as Terraform configuration, one stack per environment");
  await step("cdktf synth", () => project.synthesise());

  heading(`Deployed to a Genesys Cloud of your own, at ${sandbox.url}`);
  const outputs = await step(`cdktf deploy '*' (${terraform.product} ${terraform.version})`, () => project.deploy());

  heading("Does the Messenger start? What its own check says on each page");
  for (const environment of environments) {
    console.log(pc.bold(environment.name));
    await visit(sandbox.url, deploymentIdIn(outputs, environment), everyPageStarts(environment));
  }

  const broken = environments.find(({ kind }) => kind === "production") ?? firstOf(environments);
  const deploymentId = deploymentIdIn(outputs, broken);
  const removed = hostThatWouldBeBlocked(broken);
  heading(`Somebody edits ${broken.name}'s list by hand: ${removed} goes, ${stranger} comes`);
  await step("PUT /api/v2/webdeployments/deployments/…", () =>
    editByHand(sandbox, deploymentId, (domains) => [...domains.filter((domain) => domain !== removed), stranger]),
  );
  await visit(sandbox.url, deploymentId, [
    { host: removed, expected: "blocked" },
    { host: stranger, expected: "starts" },
  ]);

  heading("What the plan says");
  const drift = await step(`terraform plan (${broken.name})`, () => project.plan(broken.name));
  if (drift.exitCode !== 2) throw new UserError("The plan shows no drift, though the list was edited by hand.");
  for (const { message } of driftOf(broken, drift.changes).differences) console.log(`  • ${message}`);

  heading("Deployed again");
  const repaired = await step("cdktf deploy '*'", () => project.deploy());
  if (deploymentIdIn(repaired, broken) !== deploymentId) throw new UserError("The deployment was replaced.");
  await visit(sandbox.url, deploymentId, [
    { host: removed, expected: "starts" },
    { host: stranger, expected: "blocked" },
  ]);
  const after = await step(`terraform plan (${broken.name})`, () => project.plan(broken.name));
  if (after.exitCode !== 0) throw new UserError("The plan still shows changes after the deploy.");

  const pages = environments.reduce((sum, { allowList }) => sum + allowList.domains.length, 0);
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  heading(
    `Done in ${seconds} s: ${environments.length} environments, ${pages} allowed domains, ` +
      `one drift found and repaired, no deployment replaced`,
  );
}

export function heading(text: string): void {
  console.log(`\n${pc.bold(pc.cyan(`▸ ${text}`))}\n`);
}

function everyPageStarts({ allowList }: NextEnvironment): readonly Page[] {
  return allowList.domains.map((host) => ({ host, expected: "starts" }));
}

function deploymentIdIn(outputs: Outputs, { name }: NextEnvironment): string {
  const id = outputs[name]?.["deployment_id"];
  if (typeof id === "string") return id;
  throw new UserError(
    `The stack "${name}" has no output deployment_id.\n\nUse MessengerStack, named after the environment.`,
  );
}

/** Removing a host blocks its pages only where no parent of it stays in the list. */
function hostThatWouldBeBlocked({ name, allowList }: NextEnvironment): string {
  const { domains } = allowList;
  const host = domains.find((candidate) => !domains.some((other) => candidate.endsWith(`.${other}`)));
  if (host === undefined) throw new UserError(`The environment "${name}" has no allowed domain to remove.`);
  return host;
}

/** The plan's view of the live list, compared with what the environment derives. */
function driftOf({ name, allowList }: NextEnvironment, changes: readonly ResourceChange[]): AllowListDifference {
  const deployment = changes.find(({ type }) => type === "genesyscloud_webdeployments_deployment");
  const live = deployment?.before?.["allowed_domains"];
  if (!Array.isArray(live)) throw new UserError(`The plan of "${name}" does not say what Genesys serves now.`);
  return allowList.diff({ allowAllDomains: false, allowedDomains: live.map(String) });
}

function firstOf<Item>([first]: readonly Item[]): Item {
  if (first === undefined) throw new UserError("There are no environments.");
  return first;
}
