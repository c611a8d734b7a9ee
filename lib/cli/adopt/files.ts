import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Adoption } from "../../adoption";
import { replaceFile } from "../../files/replace-file";
import { readCdktfProject } from "../../terraform/cdktf-project";
import { commonProperties, type Edit, libraryOf, withEnvironment, withMessenger, withSpread } from "./edits";
import { messengersFile } from "./sections";

/** The library's name, where the environments file does not tell another. */
const packageName = "cdktf-genesys-messenger";

/** A file and what becomes of it. */
export interface FileEdit {
  readonly file: string;
  /** Whether there is no such file yet. */
  readonly isNew: boolean;
  readonly edit: Edit;
}

/** What the files of a project import the library from. */
export function libraryIn(environmentsFile: string): string {
  return (existsSync(environmentsFile) ? libraryOf(readFileSync(environmentsFile, "utf8")) : undefined) ?? packageName;
}

/** What becomes of the files of the project in the working directory. Nothing is written. */
export function editsOf(adoption: Adoption, environmentsFile: string): readonly FileEdit[] {
  const edit = (file: string, change: (text: string) => Edit): FileEdit => ({
    file,
    isNew: false,
    edit: existsSync(file) ? change(readFileSync(file, "utf8")) : { impossible: "there is no such file" },
  });
  const isNew = !existsSync(messengersFile);
  const main = mainFile();
  return [
    ...(adoption.environment === undefined ? [] : [edit(environmentsFile, (text) => withEnvironment(text, adoption))]),
    {
      file: messengersFile,
      isNew,
      edit: withMessenger(
        isNew ? undefined : readFileSync(messengersFile, "utf8"),
        adoption,
        libraryIn(environmentsFile),
      ),
    },
    edit(main, (text) => withSpread(text, adoption.environmentName)),
  ];
}

/** What the app gives every Messenger and the adopted one does not say itself: that would be a change of it. */
export function inheritedProperties({ environmentName, properties }: Adoption): readonly string[] {
  const file = mainFile();
  if (!existsSync(file)) return [];
  return commonProperties(readFileSync(file, "utf8"), environmentName).filter((name) => !(name in properties));
}

/** The app's program: the one that cdktf.json runs. */
function mainFile(): string {
  if (!existsSync("cdktf.json")) return "main.ts";
  const { app } = readCdktfProject("cdktf.json", process.env);
  return /(?:^|\s)([\w./-]+\.ts)(?=\s|$)/.exec(app)?.[1] ?? "main.ts";
}

/** Writes what was decided. */
export function writeEdits(edits: readonly FileEdit[]): void {
  for (const { file, edit } of edits) {
    if ("text" in edit) replaceFile(join(".", relative(".", file)), edit.text);
  }
}
