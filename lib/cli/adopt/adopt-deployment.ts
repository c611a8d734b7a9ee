import { type Adoptable, readAdoptable } from "../../audit/adoptable";
import { errorMessage, UserError } from "../../base/errors";
import { Http } from "../../base/http";
import { printable } from "../../base/printable";
import { adopt, type AdoptionProgram, type Note } from "../../codegen/adoption";
import { type ComparedDomains, type EntryAdvice, environmentNameOf, kindOf } from "../../codegen/environment";
import { type Deployment } from "../../genesys/deployment";
import { findRegion } from "../../genesys/regions";
import { unlessInterrupted } from "../../operations/progress";
import { type EnvironmentKind } from "../../origins/rule";
import { liveEndpoints, type LiveEndpoints } from "../../platform/endpoints";
import { declaredEnvironments, environmentsFile } from "../../programs/environments-file";
import { type NextEnvironment } from "../../sources/next-environment";
import { confirmOnTerminal } from "../terminal/confirm";
import { colors, printAside, printReport, printResult } from "../terminal/output";
import { fileEdits, type FileEdit, inheritedProperties, programFiles, writeEdits } from "./files";
import { type ProgramFiles, renderSections, type Section, adoptionSections } from "./sections";

/** Where to look. */
export interface ReadOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly interruption: AbortSignal;
  /** The AWS name of the region; it wins over the variable. */
  readonly region?: string;
}

/**
 * The deployment of that id or name, with what belongs to it.
 *
 * @throws UserError if there is none or more than one, if credentials are missing, or if Genesys Cloud does not answer
 */
export async function findAdoptable(idOrName: string, options: ReadOptions): Promise<Adoptable> {
  const endpoints = endpointsIn(options);
  const { credentials } = endpoints;
  if (credentials === undefined) {
    throw new UserError(
      "Missing credentials for the platform API: set GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET " +
        "(or GENESYSCLOUD_ACCESS_TOKEN), and GENESYSCLOUD_REGION.",
    );
  }
  const reading = await unlessInterrupted(options.interruption, () =>
    readAdoptable(new Http(), { ...endpoints, credentials }, idOrName),
  );
  switch (reading.outcome) {
    case "found":
      if (reading.adoptable.deployment.status === "Deleting") {
        throw new UserError(`"${reading.adoptable.deployment.name}" is being deleted and cannot be adopted.`);
      }
      return reading.adoptable;
    case "ambiguous":
      throw new UserError(
        `${reading.deployments.length} deployments are called "${idOrName}".\n\n` +
          `Specify one of them by its id:\n${lines(reading.deployments)}`,
      );
    case "unknown":
      throw new UserError(unknownDeployment(idOrName, reading.nearest, reading.count));
    case "not-asked":
    case "refused":
    case "blocked-by-proxy":
    case "malformed":
    case "unreachable":
      throw new UserError(`The deployment could not be read: ${reading.reason}.`);
  }
}

function endpointsIn({ environment, region }: ReadOptions): LiveEndpoints {
  try {
    // A stack says whether it has a gateway; here the variable does.
    const gateway = (environment["GENESYSCLOUD_GATEWAY_HOST"] ?? "") !== "";
    return liveEndpoints(environment, {
      gateway,
      ...(region !== undefined && { awsRegion: region, place: "--region" }),
    });
  } catch (error) {
    throw new UserError(`Cannot determine the Genesys Cloud endpoint: ${errorMessage(error)}.`);
  }
}

function unknownDeployment(asked: string, nearest: readonly Deployment[], count: number): string {
  const what = `The organisation has no deployment with the id or the name "${asked}"`;
  if (count === 0) return `${what}: it has none at all.\n\nIs GENESYSCLOUD_REGION the region of your organisation?`;
  return nearest.length === 0
    ? `${what}; it has ${count}.\n\nAdmin > Message > Messenger Deployments shows them. Is it the right organisation?`
    : `${what}.\n\nDo you mean:\n${lines(nearest)}`;
}

function lines(deployments: readonly Deployment[]): string {
  return deployments
    .map(({ id, name, status, configuration }) => `  ${id}  "${name}", ${status}, configuration ${configuration.id}`)
    .join("\n");
}

/** The shape of `origins adopt --json`. */
export function adoptionJson(adoption: AdoptionProgram, sections: readonly Section[]): object {
  const { deployment, configuration, environment, environmentName, properties, domains, changes, notes } = adoption;
  return {
    deployment,
    configuration,
    environment: {
      name: environmentName,
      isDeclared: environment === undefined,
      ...(environment && {
        kind: environment.kind,
        addresses: environment.addresses,
        allowAllDomains: environment.allowAllDomains,
        acknowledge: environment.acknowledge,
      }),
    },
    properties,
    allowedDomains: domains,
    expectedChanges: changes,
    notes,
    program: sections,
  };
}

/** What to know before the program is deployed, for people. */
export function renderAdoption(adoption: AdoptionProgram): string {
  const { deployment, configuration, environmentName, environment, domains, notes } = adoption;
  const known = environment === undefined ? "which the program declares" : `which is new: ${environment.kind}`;
  const named = printable(JSON.stringify(deployment.name));
  const head = [
    colors.bold(`${named} is adopted for the environment "${environmentName}", ${known}`),
    `  deployment     ${printable(deployment.id)}`,
    `  configuration  ${printable(`${configuration.id}, version ${configuration.version}`)}`,
  ];
  const list = [colors.bold(countsOf(domains)), ...listLines(domains)];
  const more = notes.length === 0 ? [] : ["", colors.bold("Before you deploy"), ...notes.map(noteLine)];
  return [...head, "", ...list, ...more, "", colors.bold(expectedPlan(adoption))].join("\n");
}

function countsOf({ live, derived, kept }: ComparedDomains): string {
  return `Allowed domains: ${live} in Genesys Cloud, ${derived} derived by the program, ${kept} in both`;
}

function listLines({ dropped, added, others, equal }: ComparedDomains): readonly string[] {
  if (equal) return ["  ✔ the lists are equal"];
  const entry =
    (mark: string) =>
    ({ message, advice }: EntryAdvice) =>
      `  ${mark} ${printable(`${message}: ${advice}`)}`;
  return [
    ...dropped.map(entry(colors.red("-"))),
    ...added.map(entry(colors.green("+"))),
    ...others.map((message) => `  ${colors.yellow("~")} ${printable(message)}`),
  ];
}

function noteLine({ level, text }: Note): string {
  const mark = { problem: colors.red("✖"), warning: colors.yellow("!"), remark: "•" }[level];
  return `  ${mark} ${printable(text)}`;
}

/** What the next `origins plan` says. */
export function expectedPlan({ changes }: AdoptionProgram): string {
  const parts = Object.entries(changes).flatMap(([resource, names]) =>
    names.length === 0 ? [] : [`the ${resource} (${names.join(", ")})`],
  );
  const summary = `The plan: 2 to import, 0 to add, ${parts.length} to change`;
  return parts.length === 0 ? summary : `${summary}: ${parts.join(" and ")}`;
}

/** What the command can be told. */
export interface AdoptFlags {
  readonly environment?: string;
  readonly kind?: EnvironmentKind;
  readonly environments?: string;
  readonly region?: string;
  readonly newest?: boolean;
  readonly write?: boolean;
  readonly autoApprove?: boolean;
  readonly json?: boolean;
}

/** Reads the deployment, prints the program that takes it over, and writes it where that was asked for; answers the exit code. */
export async function adoptDeployment(idOrName: string, flags: AdoptFlags, interruption: AbortSignal): Promise<number> {
  const declared = await declaredEnvironments(flags.environments);
  const region = findRegion((flags.region ?? process.env["GENESYSCLOUD_REGION"] ?? "").toLowerCase())?.awsRegion;
  const options = {
    environment: process.env,
    interruption,
    ...(flags.region !== undefined && { region: flags.region }),
  };
  const adoptable = await findAdoptable(idOrName, options);
  const name = flags.environment ?? environmentNameOf(adoptable.deployment.name);
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    throw new UserError(`Invalid environment name "${name}": use letters, digits, "-" and "_", such as "production".`);
  }
  const own = declared.find((environment) => environment.name === name);
  const adoption = adopt({
    deployment: adoptable.answer,
    domains: adoptable.deployment,
    configuration: {
      reproduced: flags.newest === true ? adoptable.newest : adoptable.shown,
      newest: adoptable.newest,
      ...(adoptable.draft !== undefined && { draft: adoptable.draft }),
    },
    sharing: adoptable.sharing,
    environment: { name, kind: own?.kind ?? flags.kind ?? kindOf(name), ...(own && { allowList: own.allowList }) },
    ...(region !== undefined && { region }),
  });
  const files = programFiles(environmentsFile(flags.environments));
  show(adoption, own, { ...flags, files });
  if (flags.write === true) await write(adoption, files, flags.autoApprove === true, interruption);
  return adoption.notes.some(({ level }) => level === "problem") ? 1 : 0;
}

function show(
  adoption: AdoptionProgram,
  own: NextEnvironment | undefined,
  { json = false, files }: { readonly json?: boolean; readonly files: ProgramFiles },
): void {
  const sections = adoptionSections(adoption, files);
  printAside(`${renderAdoption(adoption)}\n`);
  const inherited = inheritedProperties(adoption, files.main);
  if (inherited.length > 0) {
    printAside(
      `  ! Every Messenger of the app sets ${inherited.join(", ")}, but this one does not, so the plan shows a change. ` +
        `Set its values in ${files.messengers}.\n`,
    );
  }
  for (const { value } of own?.allowList.late ?? []) {
    printAside(`  • ${value} is known only to Terraform: its value may be among the live entries.\n`);
  }
  if (json) {
    printResult(adoptionJson(adoption, sections));
  } else printReport(renderSections(sections));
}

async function write(
  adoption: AdoptionProgram,
  files: ProgramFiles,
  isApproved: boolean,
  interruption: AbortSignal,
): Promise<void> {
  const edits = fileEdits(adoption, files);
  const refused = edits.flatMap(({ file, edit }) => ("impossible" in edit ? [`  ${file}: ${edit.impossible}`] : []));
  if (refused.length > 0) {
    throw new UserError(
      `Nothing was written. Edit these files by hand:\n${refused.join("\n")}\n\nPaste the code that is printed above.`,
    );
  }
  if (!isApproved && !(await confirmOnTerminal(interruption)(`\nWrite this into ${namesOf(edits)}?`))) {
    printAside("Nothing was written.");
    return;
  }
  writeEdits(edits);
  printAside(`\nWritten: ${namesOf(edits)}. Next: npx origins plan ${adoption.environmentName}`);
}

function namesOf(edits: readonly FileEdit[]): string {
  return edits.map(({ file, isNew }) => (isNew ? `${file} (new)` : file)).join(", ");
}
