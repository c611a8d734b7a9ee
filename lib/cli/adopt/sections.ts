import { type AdoptionProgram } from "../../codegen/adoption";
import { environmentText, messengerText } from "../../codegen/program";
import { quoteLiteral } from "../../codegen/literal";

/** A piece of program, and the file that it belongs into. */
export interface Section {
  readonly file: string;
  /** What it is there. */
  readonly what: string;
  readonly text: string;
}

/** The files that the pieces belong into, and how they name each other. */
export interface ProgramFiles {
  readonly environments: string;
  /** The app's program, which makes the stacks. */
  readonly main: string;
  /** The command of cdktf.json, where it does not name the app's program: then `main` is a guess. */
  readonly app?: string | undefined;
  /** What each environment's Messenger is made from, in a file beside the app's program. */
  readonly messengers: string;
  /** What the app's program imports that file as, such as `./messengers`. */
  readonly messengersModule: string;
  /** What the messengers import the library's types from: the same entry of the package as the app's program. */
  readonly library: string;
}

/** The pieces of program that take the deployment over, ready to paste. */
export function adoptionSections(
  adoption: AdoptionProgram,
  { environments, main, messengers, messengersModule, library }: ProgramFiles,
): readonly Section[] {
  const { environment } = adoption;
  return [
    ...(environment === undefined
      ? []
      : [
          {
            file: environments,
            what: "an element to add to environments",
            text: `${environmentText(environment)},`,
          },
        ]),
    {
      file: messengers,
      what: "the properties of an environment's Messenger, in addition to the shared ones",
      text: messengersProgram(library, messengerText(adoption, 2), isTyped(messengers)),
    },
    {
      file: main,
      what: "an import, and the last property of the stack",
      text: `${messengersImport(messengersModule)}\n...messengers[environment.name],`,
    },
  ];
}

/** The line that imports the messengers. */
export function messengersImport(module: string): string {
  return `import { messengers } from ${quoteLiteral(module)};`;
}

/**
 * What the messengers are. Every property is optional: a spread of required ones would overwrite for certain what stands before it,
 * and the compiler refuses that (TS2783).
 */
export const messengersType = "Readonly<Record<string, Partial<MessengerStackProps>>>";

/** What version 0.1 wrote there. */
export const formerMessengersType = 'Readonly<Record<string, Omit<MessengerStackProps, "environment">>>';

/** Whether a program is TypeScript. */
export function isTyped(file: string): boolean {
  return /\.[cm]?ts$/.test(file);
}

/** A whole `messengers.ts` with one property, or a `messengers.js`. */
export function messengersProgram(library: string, property: string, typed = true): string {
  const what = "Properties of each environment's Messenger, in addition to the shared ones.";
  const type = messengersType.replace("MessengerStackProps", `import(${quoteLiteral(library)}).MessengerStackProps`);
  const head = typed
    ? [
        `import { type MessengerStackProps } from ${quoteLiteral(library)};`,
        "",
        `/** ${what} */`,
        `export const messengers: ${messengersType} = {`,
      ]
    : ["/**", ` * ${what}`, " *", ` * @type {${type}}`, " */", "export const messengers = {"];
  return [...head, `  ${property},`, "};", ""].join("\n");
}

/** The sections as one text: each under the name of its file. */
export function renderSections(sections: readonly Section[]): string {
  return sections.map(({ file, what, text }) => `// ${file}: ${what}\n${text.trimEnd()}`).join("\n\n");
}
