import { type Problem } from "../base/problem";
import { type Adoption, type AdoptionInput } from "./adoption";
import { type ArgumentDifference } from "../genesys/argument-differences";
import { draftOn, versionOn } from "./version-notes";

/** Something to know before the program is deployed. */
export interface Note {
  /** `problem`: the program cannot be deployed as it is; `warning`: somebody has to decide; `remark`: it is as it is. */
  readonly level: "problem" | "warning" | "remark";
  /** Sentences. */
  readonly text: string;
}

/** What else was found. */
interface Found {
  /** Fields of Genesys that the provider does not manage. */
  readonly unmanaged: readonly string[];
  /** What synthesis refuses. */
  readonly refusals: readonly Problem[];
  /** What the provider refuses. */
  readonly untaken: readonly ArgumentDifference[];
}

/** What the text of the program does not say. */
export function notesOn(input: AdoptionInput, adoption: Omit<Adoption, "notes">, found: Found): readonly Note[] {
  return [
    ...refusedOn(adoption, found),
    ...listOn(input, adoption),
    ...statusOn(input),
    ...versionOn(input, adoption),
    ...draftOn(input),
    ...sharingOn(input, adoption),
    ...untakenOn(found),
    ...unmanagedOn(found),
    ...deprecatedOn(adoption),
  ];
}

function refusedOn({ environment }: Omit<Adoption, "notes">, { refusals }: Found): readonly Note[] {
  return [
    ...refusals.map(({ message }) => problemOf(`Synthesis refuses the program. ${message}.`)),
    ...(environment?.refused ?? []).map(({ message, remedy, rule }) =>
      rule === "empty-list"
        ? problemOf(
            "The live list is empty: every page is blocked now. Name the pages in the addresses before you deploy.",
          )
        : warning(`${message}, which no environment may admit (${rule}): the deploy drops it, or ${remedy}.`),
    ),
  ];
}

function listOn(
  { domains: { allowAllDomains } }: AdoptionInput,
  { environment }: Omit<Adoption, "notes">,
): readonly Note[] {
  const broken = Object.keys(environment?.acknowledge ?? {});
  const rules = broken.join(", ");
  return [
    ...(allowAllDomains ? [warning("Every site of the web can show the Messenger: all domains are allowed.")] : []),
    ...(broken.length > 0 && !allowAllDomains
      ? [
          warning(
            `Live entries break rules of the environment (${rules}): the entry accepts that, so that nothing changes. Decide.`,
          ),
        ]
      : []),
  ];
}

function statusOn({ deployment: { status } }: AdoptionInput): readonly Note[] {
  if (status === "Active" || status === undefined) return [];
  const doomed =
    status === "Inactive"
      ? "The override leaves that alone. While it lasts a change of the deployment fails, because the provider waits for Active: " +
        "take the override out to have it made Active, and visitors see the Messenger."
      : "Terraform waits for Active with every change: look in Genesys Cloud why it is not.";
  return [warning(`The deployment is ${JSON.stringify(status)}, so no page shows the Messenger. ${doomed}`)];
}

function sharingOn({ sharing }: AdoptionInput, { configuration: { id } }: Omit<Adoption, "notes">): readonly Note[] {
  if (sharing.length === 0) return [];
  const others = sharing.map((other) => `"${other.name}" (${other.id})`).join(", ");
  return [
    warning(
      `The configuration ${id} is shown by ${others} too. Adopt it once: a Messenger in the same stack that is given ` +
        "configuration: thatMessenger.configuration and adopt: { deploymentId } takes the other deployment over, and follows every version.",
    ),
  ];
}

function untakenOn({ untaken }: Found): readonly Note[] {
  return untaken.map(({ path, live }) =>
    warning(
      `The provider refuses ${path.join(".")} = ${JSON.stringify(live)}, which Genesys has: the program says nothing of it, so the first ` +
        "deploy takes it away. Give the property a value that it takes.",
    ),
  );
}

function unmanagedOn({ unmanaged }: Found): readonly Note[] {
  const fields = [...new Set(unmanaged)];
  return fields.length === 0
    ? []
    : [
        warning(
          `Genesys has what this version of the provider does not manage: ${fields.join(", ")}. Importing leaves it alone; the first ` +
            "change of the same object is sent without it, which may clear it.",
        ),
      ];
}

function deprecatedOn({ properties: { journeyEvents } }: Omit<Adoption, "notes">): readonly Note[] {
  const deprecated = ["excludedQueryParameters", "searchQueryParameters", "shouldKeepUrlFragment"];
  const events = typeof journeyEvents === "object" && journeyEvents !== null ? Object.keys(journeyEvents) : [];
  const used = deprecated.filter((name) => events.includes(name));
  return used.length === 0
    ? []
    : [
        remark(
          `Genesys ignores ${used.map((name) => `journeyEvents.${name}`).join(", ")}; they are there so that nothing changes.`,
        ),
      ];
}

function problemOf(text: string): Note {
  return { level: "problem", text };
}

function warning(text: string): Note {
  return { level: "warning", text };
}

function remark(text: string): Note {
  return { level: "remark", text };
}
