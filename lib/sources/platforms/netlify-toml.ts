import { nonEmpty, object } from "../../base/shape";
import { checkGiven } from "../../base/shape-check";
import { type Finding } from "../../origins/finding";
import { type AddressSource, type SourceContext, type SourceReading } from "../address-source";
import { callOf, pathTo } from "../call-site";
import { type LinedTable, type LinedValue, tableAt } from "../formats/lined-value";
import { leavingOut } from "../leave-out";
import { fileIn, readParsedFile } from "../formats/text-file";
import { addressesInLayers, plainLayer } from "../env/env-variables";
import { parseToml } from "../formats/toml-text";
import { selectionOf, variableFields, type VariableOptions, type VariableSelection } from "../env/variable-selection";

/** Which deploy of a Netlify site is meant, and which of its variables hold page addresses. */
export interface NetlifyTomlOptions extends VariableOptions {
  /**
   * The deploy context: `production`, `deploy-preview`, `branch-deploy`, `dev`, …, or the name of a branch, which means that
   * branch over `branch-deploy`.
   * @default "production"
   */
  readonly context?: string;
  /**
   * The branch that is deployed, if its name is also a context: it wins.
   * @default none
   */
  readonly branch?: string;
}

/**
 * Page addresses in the variables of a `netlify.toml`: `[context.<branch>.environment]` over
 * `[context.<context>.environment]` over `[build.environment]`, as Netlify's build merges them; the name of a context may end
 * in `*`. The variables of Netlify's UI are not in the file.
 *
 * @param path the file, or the folder that holds it
 * @throws when an argument is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * netlifyToml("netlify.toml"); // production
 * netlifyToml("apps/shop", { context: "deploy-preview", variables: "NEXT_PUBLIC_SITE_URL" });
 * netlifyToml("netlify.toml", { context: "staging" }); // the branch staging
 * netlifyToml("netlify.toml", { context: "production", branch: "main" });
 * ```
 */
export function netlifyToml(path: string, options: NetlifyTomlOptions = {}): AddressSource {
  checkGiven(callOf("netlifyToml", path), [
    ["path", pathTo('a file, such as "netlify.toml"'), path],
    ["options", optionsShape, options],
  ]);
  const { context = "production", branch = predefined.includes(context) ? undefined : context } = options;
  const selection = selectionOf(options);
  const deploy = { context: predefined.includes(context) ? context : "branch-deploy", branch };
  return leavingOut(options.leaveOut, { read: (given) => readNetlify({ path, deploy, selection }, given) });
}

const optionsShape = object<NetlifyTomlOptions>({
  context: nonEmpty('a deploy context, such as "production"'),
  branch: nonEmpty("the name of a branch"),
  ...variableFields,
});

/** The contexts that Netlify itself has: without a section, they have what every build has. */
const predefined = ["production", "deploy-preview", "branch-deploy", "dev", "dev-server", "preview-server"];

interface Deploy {
  readonly context: string;
  readonly branch: string | undefined;
}

interface Call {
  readonly path: string;
  readonly deploy: Deploy;
  readonly selection: VariableSelection;
}

function readNetlify({ path, deploy, selection }: Call, { root }: SourceContext): SourceReading {
  const chosen = fileIn(root, path, ["netlify.toml"]);
  if ("finding" in chosen) return { addresses: [], findings: [chosen.finding] };
  const read = readParsedFile(root, chosen.path, { name: "TOML", parse: parseToml });
  if (!read.ok) return { addresses: [], findings: [read.finding] };
  const { file, value } = read;

  const contexts = tableAt(value, "context");
  const ofContext = contextsOf(contexts, deploy.context);
  const ofBranch = deploy.branch === undefined ? [] : contextsOf(contexts, deploy.branch);
  if (deploy.branch !== undefined && ofBranch.length === 0)
    return { addresses: [], findings: [noContext(file, contexts, deploy.branch)] };

  // Later ones win where several patterns match, and the branch wins over the context.
  const winning = [...ofContext, ...ofBranch].toReversed();
  const layers = [...winning.map(([, section]) => environmentOf(section)), tableAt(value, "build", "environment")];
  const name = ofBranch.at(-1)?.[0] ?? ofContext.at(-1)?.[0] ?? deploy.context;
  const section = header(name);
  const home = {
    place: { file, line: winning[0]?.[1].line ?? tableAt(value, "build")?.line ?? 1 },
    shown: `${section} or [build.environment] of ${file}`,
    add: (variable: string) => `add ${variable} = "https://…" to ${section}`,
    call: `netlifyToml("${path}", { …, variables: "NEXT_PUBLIC_…" })`,
    elsewhere: "the variables of Netlify's UI are not in the file",
  };
  return addressesInLayers(
    layers.map((table) => plainLayer(file, table)),
    home,
    selection,
  );
}

type Section = readonly [name: string, section: LinedTable];

/** The sections for a context or a branch: the one of that name, or else those of the patterns that match. */
function contextsOf(contexts: LinedTable | undefined, name: string): readonly Section[] {
  const exact = tableAt(contexts, name);
  if (exact !== undefined) return [[name, exact]];
  const all = [...(contexts?.entries ?? [])].flatMap(([key, value]) =>
    value.kind === "table" ? [[key, value] as const] : [],
  );
  return all.filter(([pattern]) => pattern.endsWith("*") && name.startsWith(pattern.slice(0, -1)));
}

/** `environment` of a context is short for `build.environment`; where both are there, the one below counts. */
function environmentOf(section: LinedTable): LinedTable | undefined {
  const keys = [...section.entries.keys()];
  const long = tableAt(section, "build", "environment");
  const isReplaced = keys.indexOf("build") > keys.indexOf("environment") && section.entries.has("build");
  const short: LinedTable | undefined = isReplaced ? undefined : tableAt(section, "environment");
  return short ?? long;
}

function noContext(file: string, contexts: LinedValue | undefined, name: string): Finding {
  const names = contexts?.kind === "table" ? [...contexts.entries.keys()].join(", ") : "";
  const section = header(name);
  return {
    rule: "missing-environment",
    severity: "error",
    value: name,
    place: { file, ...(contexts === undefined ? {} : { line: contexts.line }) },
    message: `"${name}" is not a context of ${file}`,
    remedy: names === "" ? `add ${section}` : `add ${section}, or use one of ${names}`,
  };
}

/** The header of the section for a context's variables. */
function header(name: string): string {
  return `[context.${/^[\w-]+$/.test(name) ? name : `"${name}"`}.environment]`;
}
