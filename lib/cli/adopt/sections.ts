import { type Adoption, environmentText, messengerText } from "../../adoption";
import { quote } from "../../adoption/literal";

/** A piece of program, and the file that it belongs into. */
export interface Section {
  readonly file: string;
  /** What it is there. */
  readonly what: string;
  readonly text: string;
}

/** The file that holds what each environment's Messenger is made from. */
export const messengersFile = "messengers.ts";

/**
 * The pieces of program that take the deployment over, ready to paste.
 *
 * @param library what the program imports from: the package, but for its own examples
 */
export function sectionsOf(
  adoption: Adoption,
  { environments, library }: { environments: string; library: string },
): readonly Section[] {
  const { environment } = adoption;
  return [
    ...(environment === undefined
      ? []
      : [
          {
            file: environments,
            what: "one more element of environments",
            text: `${environmentText(environment)},`,
          },
        ]),
    {
      file: messengersFile,
      what: "what the Messenger of an environment is made from, beside what all have in common",
      text: messengersProgram(library, messengerText(adoption, 2)),
    },
    {
      file: "main.ts",
      what: "into the properties of the stack, as the last of them",
      text: "...messengers[environment.name],",
    },
  ];
}

/** A whole `messengers.ts` with one property. */
export function messengersProgram(library: string, property: string): string {
  return [
    `import { type MessengerStackProps } from ${quote(library)};`,
    "",
    "/** What the Messenger of each environment is made from, beside what all have in common. */",
    'export const messengers: Readonly<Record<string, Omit<MessengerStackProps, "environment">>> = {',
    `  ${property},`,
    "};",
    "",
  ].join("\n");
}

/** The sections as one text: each under the name of its file. */
export function renderSections(sections: readonly Section[]): string {
  return sections.map(({ file, what, text }) => `// ${file}: ${what}\n${text.trimEnd()}`).join("\n\n");
}
