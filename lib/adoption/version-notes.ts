import { type Adoption, type AdoptionInput } from "./adoption";
import { changedArguments, importedConfiguration } from "./configuration";
import { type Note } from "./notes";

/** What it means that pages show an older version than the newest. */
export function versionOn(input: AdoptionInput, { configuration, changes }: Omit<Adoption, "notes">): readonly Note[] {
  const { version, newest } = configuration;
  if (version === newest) return [];
  const { reproduced } = input.configuration;
  const deployed = String(reproduced["version"]) === version;
  const means = !deployed
    ? `The program is version ${newest}: the deploy shows it on all pages.`
    : changes.configuration.length === 0
      ? `Both say the same as far as the provider manages them: the deploy points the deployment to version ${newest}, and no ` +
        "visitor notices."
      : `The program is what pages show, version ${version}: the deploy publishes that again as the newest. Version ${newest} ` +
        `differs in ${changes.configuration.join(", ")}; --newest takes that one.`;
  return [
    warning(
      `Pages show version ${version} of the configuration, and version ${newest} was published since. Terraform imports the newest, and ` +
        `always points a deployment to the newest. ${means}`,
    ),
  ];
}

/** What becomes of edits that nobody published. */
export function draftOn({ configuration: { draft, newest } }: AdoptionInput): readonly Note[] {
  if (draft === undefined) return [];
  const edited = changedArguments(importedConfiguration(draft), newest);
  return edited.length === 0
    ? []
    : [
        warning(
          `The configuration has a draft that nobody published: ${edited.join(", ")}. Terraform looks at published versions alone; the first ` +
            "change that it deploys replaces the draft. Publish it first, or write it into the program.",
        ),
      ];
}

function warning(text: string): Note {
  return { level: "warning", text };
}
