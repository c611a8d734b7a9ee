import { existsSync, readFileSync } from "node:fs";
import { extname, join, posix, relative } from "node:path";
import { type AdoptionProgram } from "../../codegen/adoption";
import { type Edit } from "../../codegen/syntax";
import { replaceFile } from "../../base/files";
import { parseAppCommand } from "../../programs/app-command";
import { readCdktfProject } from "../../terraform/synthesise";
import { commonProperties, libraryOf, moduleBeside, withEnvironment, withMessenger, withSpread } from "./edits";
import { isTyped, type ProgramFiles } from "./sections";

/** The library's name, where no file tells another. */
const packageName = "cdktf-genesys-messenger";

const usualMain = "main.ts";

/** A file and what becomes of it. */
export interface FileEdit {
  readonly file: string;
  /** Whether the file does not exist yet. */
  readonly isNew: boolean;
  readonly edit: Edit;
}

/** The files of the project in the working directory. */
export function programFiles(environments: string): ProgramFiles {
  const app = appCommand();
  const named = app === undefined ? usualMain : parseAppCommand(app, process.cwd()).file;
  const main = named ?? usualMain;
  const text = textIn(main);
  const ending = extname(main);
  const messengers = posix.join(posix.dirname(main), `messengers${ending}`);
  const usual = `./messengers${ending === ".ts" ? "" : ending.replace("ts", "js")}`;
  const module = text === undefined ? usual : moduleBeside(text, "messengers");
  return {
    environments,
    main,
    ...(named === undefined && { app }),
    messengers,
    messengersModule: module === "./messengers" ? usual : module,
    library: libraryIn(text ?? "", textIn(environments) ?? ""),
  };
}

/** What the constructs are imported from: as the main program does it, otherwise from beside what the environments import. */
function libraryIn(main: string, environments: string): string {
  const root =
    libraryOf(environments, "nextEnvironment")?.replace(/\/environments(?:\.[cm]?[jt]s)?$/, "") ?? packageName;
  const beside = root === packageName && libraryOf(main, "App") === "cdktn" ? `${packageName}/cdktn` : root;
  return libraryOf(main, "MessengerStack") ?? libraryOf(main, "WebMessenger") ?? beside;
}

/** The command of cdktf.json that runs the app. */
function appCommand(): string | undefined {
  return existsSync("cdktf.json") ? readCdktfProject("cdktf.json", process.env).app : undefined;
}

function textIn(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** What becomes of the files. Nothing is written. */
export function fileEdits(adoption: AdoptionProgram, files: ProgramFiles): readonly FileEdit[] {
  const { environments, main, app, messengers, messengersModule, library } = files;
  const edit = (file: string, change: (text: string) => Edit): FileEdit => {
    const text = textIn(file);
    return { file, isNew: false, edit: text === undefined ? { impossible: "the file does not exist" } : change(text) };
  };
  const text = textIn(messengers);
  return [
    ...(adoption.environment === undefined ? [] : [edit(environments, (text) => withEnvironment(text, adoption))]),
    { file: messengers, isNew: text === undefined, edit: withMessenger(text, adoption, library, isTyped(messengers)) },
    app === undefined
      ? edit(main, (text) => withSpread(text, adoption.environmentName, messengersModule))
      : {
          file: "cdktf.json",
          isNew: false,
          edit: { impossible: `"app" ("${app}") does not name the program to change` },
        },
  ];
}

/** What the app gives every Messenger and the adopted one does not say itself: that would be a change of it. */
export function inheritedProperties({ environmentName, properties }: AdoptionProgram, main: string): readonly string[] {
  const text = textIn(main);
  if (text === undefined) return [];
  return commonProperties(text, environmentName).filter((name) => !Object.hasOwn(properties, name));
}

/** Writes what was decided. */
export function writeEdits(edits: readonly FileEdit[]): void {
  for (const { file, edit } of edits) {
    if ("text" in edit) replaceFile(join(".", relative(".", file)), edit.text);
  }
}
