import { join } from "node:path";
import { object } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { type Finding } from "../../origins/finding";
import { type AddressSource, type SourceContext, type SourceReading } from "../address-source";
import { callOf, fileEnding, pathTo } from "../call-site";
import { type LinedValue, entryAt } from "../formats/lined-value";
import { leavingOut } from "../leave-out";
import { type ParsedFile, readParsedFile } from "../formats/text-file";
import { addressesInLayers, plainVariable, type VariableLayer } from "../env/env-variables";
import { selectionOf, variableFields, type VariableOptions, type VariableSelection } from "../env/variable-selection";
import { parseYaml } from "../formats/yaml-text";

/** Which environment of a Firebase App Hosting backend is meant, and which of its variables hold page addresses. */
export interface AppHostingOptions extends VariableOptions {
  /**
   * The environment's name: `apphosting.<environment>.yaml`, which must be there, over `apphosting.yaml`.
   * @default none: `apphosting.yaml` alone
   */
  readonly environment?: string;
}

/**
 * Page addresses in the variables of Firebase App Hosting's configuration, whether they are there for the build, at run
 * time, or both. A variable that holds a secret is a finding: its value is not in the file. Neither are the variables of
 * the Firebase console.
 *
 * @param folder the folder of the backend: its root directory
 * @throws when an argument is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * appHosting("apps/shop"); // apphosting.yaml
 * appHosting("apps/shop", { environment: "staging", variables: "NEXT_PUBLIC_SITE_URL" });
 * ```
 */
export function appHosting(folder: string, options: AppHostingOptions = {}): AddressSource {
  checkGiven(callOf("appHosting", folder), [
    ["folder", pathTo('the backend\'s folder, such as "apps/shop"'), folder],
    ["options", optionsShape, options],
  ]);
  const { environment } = options;
  const selection = selectionOf(options);
  return leavingOut(options.leaveOut, {
    read: (context) => readAppHosting(folder, environment, selection, context),
  });
}

const optionsShape = object<AppHostingOptions>({ environment: fileEnding, ...variableFields });

function readAppHosting(
  folder: string,
  environment: string | undefined,
  selection: VariableSelection,
  { root }: SourceContext,
): SourceReading {
  const names = [...(environment === undefined ? [] : [`apphosting.${environment}.yaml`]), "apphosting.yaml"];
  const reads = names.map((name) => readParsedFile(root, join(folder, name), { name: "YAML", parse: parseYaml }));
  // An environment's own file is enough, and without it the environment would silently have the addresses of all.
  const failures = reads.flatMap((read, index) => (read.ok || (read.missing && index > 0) ? [] : [read.finding]));
  if (failures.length > 0) return { addresses: [], findings: failures };

  const files = reads.filter((read) => read.ok);
  const readings = files.map(layerOf);
  const wrong = readings.flatMap((reading) => ("rule" in reading ? [reading] : []));
  if (wrong.length > 0) return { addresses: [], findings: wrong };
  const file = files[0]?.file ?? "";
  const home = {
    place: { file, line: lineOfEnv(files[0]) },
    shown: files.map((read) => read.file).join(", "),
    add: (name: string) => `add "- variable: ${name}" with its value to env of ${file}`,
    call: `appHosting("${folder}", { …, variables: "NEXT_PUBLIC_…" })`,
    elsewhere: "the variables of the Firebase console are not in the file",
  };
  return addressesInLayers(
    readings.flatMap((reading) => ("rule" in reading ? [] : [reading])),
    home,
    selection,
  );
}

type ReadFile = Extract<ParsedFile, { ok: true }>;

function lineOfEnv(read: ReadFile | undefined): number {
  return entryAt(read?.value, "env")?.line ?? 1;
}

/** The variables of a file. Of two with one name the last one counts. */
function layerOf({ file, value }: ReadFile): VariableLayer | Finding {
  const env = entryAt(value, "env");
  if (env === undefined || env.kind === "null") return new Map();
  if (env.kind !== "list") return noList(file, env);
  return new Map(
    env.items.flatMap((item) => {
      const name = entryAt(item, "variable");
      return name?.kind === "text" ? [[name.text, variableOf(file, item, name.line)] as const] : [];
    }),
  );
}

function variableOf(file: string, item: LinedValue, line: number): ReturnType<typeof plainVariable> {
  const secret = entryAt(item, "secret");
  const value = entryAt(item, "value");
  if (secret === undefined || secret.kind === "null")
    return plainVariable(file, value ?? { kind: "null", text: "", line });
  const variable = plainVariable(file, { kind: "null", text: "", line: secret.line });
  const rest = "is a secret, whose value is not in the file";
  const remedy = "a page address is not a secret: write it as value, or in the list of addresses";
  return { ...variable, unreadable: { rule: "secret-value", rest, remedy } };
}

function noList(file: string, { line }: LinedValue): Finding {
  return {
    rule: "invalid-config",
    severity: "error",
    value: "env",
    place: { file, line, key: "env" },
    message: `"env" is not a list`,
    remedy: 'write a list of variables: "- variable: NAME" with its value',
  };
}
