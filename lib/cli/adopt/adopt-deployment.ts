import { existsSync } from "node:fs";
import { adopt, type Adoption, environmentNameOf, kindOf } from "../../adoption";
import { findRegion } from "../../genesys/regions";
import { type EnvironmentKind } from "../../origins";
import { type NextEnvironment } from "../../sources";
import { confirmOnTerminal } from "../confirm";
import { declaredEnvironments, usualName, usualNames } from "../environments-file";
import { UserError } from "../../base/errors";
import { editsOf, type FileEdit, inheritedProperties, programFiles, writeEdits } from "./files";
import { adoptionJson } from "./json";
import { findAdoptable } from "./read";
import { renderAdoption } from "./report";
import { type ProgramFiles, renderSections, sectionsOf } from "./sections";
import { printReport, printAside, printResult } from "../output";

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
  const environmentsFile = flags.environments ?? usualNames.find((name) => existsSync(name)) ?? usualName;
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
    throw new UserError(
      `"${name}" is no name of an environment: write letters, digits, "-" and "_", such as "production".`,
    );
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
  const files = programFiles(environmentsFile);
  show(adoption, own, { ...flags, files });
  if (flags.write === true) await write(adoption, files, flags.autoApprove === true, interruption);
  return adoption.notes.some(({ level }) => level === "problem") ? 1 : 0;
}

function show(
  adoption: Adoption,
  own: NextEnvironment | undefined,
  { json = false, files }: { readonly json?: boolean; readonly files: ProgramFiles },
): void {
  const sections = sectionsOf(adoption, files);
  printAside(`${renderAdoption(adoption)}\n`);
  const inherited = inheritedProperties(adoption, files.main);
  if (inherited.length > 0) {
    printAside(
      `  ! Every Messenger of the app is given ${inherited.join(", ")}, which this one has not: the plan shows it as a change. ` +
        `Say in ${files.messengers} what this one is to have.\n`,
    );
  }
  for (const { value } of own?.allowList.late ?? []) {
    printAside(`  • ${value} is known to Terraform alone: what it comes to may be among the live entries.\n`);
  }
  if (json) {
    printResult(adoptionJson(adoption, sections));
  } else printReport(renderSections(sections));
}

async function write(
  adoption: Adoption,
  files: ProgramFiles,
  isApproved: boolean,
  interruption: AbortSignal,
): Promise<void> {
  const edits = editsOf(adoption, files);
  const refused = edits.flatMap(({ file, edit }) => ("impossible" in edit ? [`  ${file}: ${edit.impossible}`] : []));
  if (refused.length > 0) {
    throw new UserError(
      `Nothing was written, because a person has to:\n${refused.join("\n")}\n\nPaste what is printed above.`,
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
