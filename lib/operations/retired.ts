import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { errorMessage, UserError } from "../base/errors";
import { Http } from "../base/http";
import { blocksOf, isRecord, type JsonRecord, parseRecord, recordAt } from "../base/json";
import { environmentOfDescription } from "../genesys/deployment";
import { PlatformApi } from "../platform/platform-api";
import { configurationType, deploymentType } from "../terraform/declared-messengers";
import { currentWorkspace, localStateFile, readLocalState } from "../terraform/local-state";
import { rememberedDeploymentIds } from "../terraform/remembered-deployment";
import { type Plan, type StackTerraform } from "../terraform/stack-terraform";
import { type SynthesizedStack } from "../terraform/stacks";
import { parseState, type State } from "../terraform/state";
import { unsavedState } from "../terraform/unsaved-state";
import { managedDeployments } from "./examine";
import { endpointsOf, type Project } from "./project";

/** An object that a state has: of any provider. */
export interface RetiredResource {
  /** The resource's address without the keys of `count` and `for_each`, as a `removed` block names it. */
  readonly address: string;
  readonly type: string;
  readonly id: string;
  readonly name: string;
}

/** A stack that the program does not declare, with a state that still has a deployment. */
export interface RetiredStack {
  readonly name: string;
  readonly state: State;
  readonly resources: readonly RetiredResource[];
}

/**
 * Local states that no stack of the program has and that still have deployments: what is left of an environment that was removed from the
 * program. They are looked for where the states of declared stacks are. A remote backend does not list its states. A state whose
 * deployments are in the states of declared stacks, too, is left out: it is what a renamed stack left behind.
 */
export async function undeclaredStates(project: Project): Promise<readonly RetiredStack[]> {
  const { environment } = project.options;
  const declared = new Set(project.stacks.flatMap(namesOf));
  const local = project.stacks.filter(({ backend }) => backend.type === "local");
  const files = new Set(await Promise.all(local.map((stack) => localStateFile(stack, environment))));
  const found = new Map<string, RetiredStack>();
  for (const stack of local) {
    for (const { name, file } of await besides(stack, environment)) {
      if (declared.has(name) || found.has(name) || files.has(file)) continue;
      const retired = retiredIn(name, await stateIn(file));
      if (retired !== undefined) found.set(name, retired);
    }
  }
  if (found.size === 0) return [];
  const managed = await managedIds(project);
  return [...found.values()].filter((each) => deploymentsOf(each).some(({ id }) => !managed.has(id)));
}

function namesOf({ name, environment }: SynthesizedStack): readonly string[] {
  return environment === undefined ? [name] : [name, environment];
}

async function stateIn(file: string): Promise<State | undefined> {
  try {
    return parseState((await readLocalState(file)).text);
  } catch {
    return undefined; // it is not a state: something else goes by such a name
  }
}

/** Stands for the name of a stack in a path; it is valid in a file's name and occurs in none. */
const anyName = "\u{f8ff}";

/** The files that would be states of other stacks, if those were declared like this one. */
async function besides(
  stack: SynthesizedStack,
  environment: NodeJS.ProcessEnv,
): Promise<readonly { readonly name: string; readonly file: string }[]> {
  const workspace = { ...environment, TF_WORKSPACE: await currentWorkspace(stack.folder, environment) };
  const pattern = await localStateFile(inPlaceOf(stack, { from: stack.name, to: anyName }, "name"), workspace);
  const segments = pattern.split(sep);
  const index = segments.findIndex((segment) => segment.includes(anyName));
  const [before, after] = segments[index]?.split(anyName) ?? [];
  if (before === undefined || after === undefined) return [];
  const entries = await readdir(segments.slice(0, index).join(sep)).catch(() => []);
  return entries
    .filter((entry) => entry.startsWith(before) && entry.endsWith(after) && entry.length > before.length + after.length)
    .map((entry) => entry.slice(before.length, entry.length - after.length))
    .filter((name) => stackName.test(name))
    .sort()
    .map((name) => ({ name, file: pattern.replaceAll(anyName, name) }))
    .filter(({ file }) => existsSync(file));
}

const stackName = /^[\w-]+$/;

function retiredIn(name: string, state: State | undefined): RetiredStack | undefined {
  if (state === undefined || rememberedDeploymentIds(state).length === 0) return undefined;
  return { name, state, resources: resourcesIn(state) };
}

function resourcesIn({ content }: State): readonly RetiredResource[] {
  return blocksOf(content, "resources")
    .filter(({ mode }) => mode === "managed")
    .flatMap((resource) => {
      const { module, type, name } = resource;
      const modules = typeof module === "string" ? [module.replace(instanceKey, "")] : [];
      const address = [...modules, String(type), String(name)].join(".");
      return blocksOf(resource, "instances").map((instance) => {
        const attributes = recordAt(instance, "attributes");
        const text = (key: string): string => (typeof attributes[key] === "string" ? attributes[key] : "");
        return { address, type: String(type), id: text("id"), name: text("name") };
      });
    });
}

/** What an address has behind a module with `count` or `for_each`, such as `["shop"]`. */
const instanceKey = /\[(?:\d+|"(?:[^"\\]|\\.)*")\]/g;

/** The ids of the deployments that declared stacks manage. A state that cannot be read has none: it may be another pipeline's business. */
async function managedIds(project: Project): Promise<ReadonlyMap<string, string>> {
  const found = await project.each(project.stacks, async (stack) => {
    const state = await project
      .terraform(stack)
      .pullState()
      .catch(() => undefined);
    return managedDeployments(stack, state).map((id) => [id, stack.name] as const);
  });
  return new Map(found.flat());
}

/** A retired stack, with the folder that Terraform runs in for it. */
export interface FoundRetired extends RetiredStack {
  readonly stack: SynthesizedStack;
  /** What declared stacks manage of it, by the deployment's id: the name of the stack. */
  readonly managed: ReadonlyMap<string, string>;
}

/**
 * Finds the state of a stack that the program does not declare: where it would be if the stack were declared like one of the others,
 * whatever their backend is. The folder that Terraform runs in is as it was when the work is done, unless it has a state that could not be saved.
 *
 * @throws UserError where the program declares it, and where no such state has a deployment
 */
export async function withRetired<Result>(
  project: Project,
  name: string,
  work: (found: FoundRetired) => Promise<Result>,
): Promise<Result> {
  if (!stackName.test(name)) throw new UserError(`Invalid stack name "${name}": use letters, digits, "-" and "_".`);
  if (project.stacks.some((stack) => namesOf(stack).includes(name))) {
    throw new UserError(
      `The program declares "${name}", so the next deploy would create it again. Remove it from the program first.`,
    );
  }
  const folders = new Set(project.stacks.map(({ folder }) => join(dirname(folder), name)));
  const restore = await Promise.all([...folders].map(remembered));
  try {
    return await work(await findRetired(project, name));
  } finally {
    for (const each of restore) await each();
  }
}

/** How to make a folder what it is now. */
async function remembered(folder: string): Promise<() => Promise<void>> {
  const isThere = existsSync(folder);
  const files = [programFile, ".terraform.lock.hcl"].map((each) => join(folder, each));
  const before = await Promise.all(files.map((file) => readFile(file).catch(() => undefined)));
  const hadData = existsSync(join(folder, ".terraform"));
  return async () => {
    if (unsavedState(folder) !== undefined) return;
    if (!isThere) {
      await rm(folder, { recursive: true, force: true });
      return;
    }
    for (const [index, file] of files.entries()) {
      const content = before[index];
      await (content === undefined ? rm(file, { force: true }) : writeFile(file, content));
    }
    if (!hadData) await rm(join(folder, ".terraform"), { recursive: true, force: true });
  };
}

async function findRetired(project: Project, name: string): Promise<FoundRetired> {
  const { environment } = project.options;
  const declared = await Promise.all(project.stacks.map((stack) => placeOf(stack, environment)));
  const tried = new Set(declared);
  const problems: unknown[] = [];
  for (const stack of project.stacks.flatMap((sibling) => candidates(sibling, name))) {
    const place = await placeOf(stack, environment);
    if (tried.has(place)) continue;
    tried.add(place);
    await writeStack(stack, environment);
    const state = await project
      .terraform(stack)
      .pullState()
      .catch((error: unknown) => {
        if (!isMissing(stack, error)) problems.push(error);
        return undefined;
      });
    const retired = retiredIn(name, state);
    if (retired === undefined) continue;
    const managed = await managedIds(project);
    const ids = deploymentsOf(retired).map(({ id }) => id);
    return { ...retired, stack, managed: new Map([...managed].filter(([id]) => ids.includes(id))) };
  }
  const known = (await undeclaredStates(project)).map((each) => `"${each.name}"`);
  throw new UserError(
    `No state of a stack "${name}" has a deployment, where the other stacks of the program have theirs.` +
      (known.length === 0 ? "" : ` The program does not declare ${known.join(", ")} either.`) +
      problems
        .slice(0, 1)
        .map((problem) => `\n\nNot every state could be read: ${errorMessage(problem)}`)
        .join(""),
  );
}

/** Where a state is: the file of a local one, otherwise what the stack says of its backend. */
async function placeOf(stack: SynthesizedStack, environment: NodeJS.ProcessEnv): Promise<string> {
  if (stack.backend.type === "local") return localStateFile(stack, environment);
  const { backend, cloud } = recordAt(stack.content ?? {}, "terraform");
  return JSON.stringify(backend ?? cloud);
}

/** What PostgreSQL says of a schema that was not made. */
function isMissing({ backend }: SynthesizedStack, error: unknown): boolean {
  return backend.type === "pg" && /(?:relation|schema) "[^"]+" does not exist/.test(errorMessage(error));
}

/** What of a backend has the name of the stack in it: the argument that names the state, or every text. */
type Renaming = "name" | "everywhere";

/** Where the state of a stack of that name may be, if it was declared like another one. */
function candidates(sibling: SynthesizedStack, name: string): readonly SynthesizedStack[] {
  const { environment } = sibling;
  const pairs: readonly Renamed[] = [
    { from: sibling.name, to: name },
    // A brand's stack, such as shop-production, has the name of its environment in its state's name as well.
    ...(environment === undefined || environment === sibling.name
      ? []
      : [
          {
            from: sibling.name,
            to: name,
            also: { from: environment, to: otherEnvironment(sibling.name, environment, name) },
          },
          { from: environment, to: name },
        ]),
  ];
  return (["name", "everywhere"] as const).flatMap((renaming) =>
    pairs.map((pair) => inPlaceOf(sibling, pair, renaming)),
  );
}

/** The environment of the other stack, where the name of a stack is that of its environment with something before or behind it. */
function otherEnvironment(stack: string, environment: string, other: string): string {
  const [before, after] = stack.split(environment);
  if (before === undefined || after === undefined) return other;
  const isAlike = other.startsWith(before) && other.endsWith(after) && other.length > before.length + after.length;
  return isAlike ? other.slice(before.length, other.length - after.length) : other;
}

interface Renamed {
  readonly from: string;
  readonly to: string;
  readonly also?: { readonly from: string; readonly to: string };
}

/** A stack of that name with the backend and the provider of another one. */
function inPlaceOf(sibling: SynthesizedStack, { from, to, also }: Renamed, renaming: Renaming): SynthesizedStack {
  const { content = {}, backend, folder } = sibling;
  const { awsRegion, gateway, repository } = sibling;
  const terraform = recordAt(content, "terraform");
  const rename = (text: string): string => {
    // The environment stands behind the stack, and may be a part of its name.
    const before = also === undefined ? text : renamed(text, also, backend.type);
    return renamed(before, { from, to }, backend.type);
  };
  const own = resolve(folder, "../../..") + sep;
  const renamePath = (path: string): string =>
    path.startsWith(own) ? own + rename(path.slice(own.length)) : rename(path);
  const kind = terraform["backend"] === undefined ? "cloud" : "backend";
  return {
    name: to,
    folder: join(dirname(folder), to),
    backend: {
      ...backend,
      ...(backend.localPath !== undefined && { localPath: renamePath(backend.localPath) }),
      ...(backend.localWorkspaces !== undefined && { localWorkspaces: renamePath(backend.localWorkspaces) }),
    },
    gateway,
    dependencies: [],
    messengers: [],
    ...(awsRegion !== undefined && { awsRegion }),
    ...(repository !== undefined && { repository }),
    content: {
      ...neededByProviders(content),
      terraform: {
        ...terraform,
        ...(terraform[kind] !== undefined && {
          [kind]: mapTexts(terraform[kind], backend.type === "local" ? renamePath : rename, renaming),
        }),
      },
    },
  };
}

/** The provider blocks, with what they may refer to. */
function neededByProviders(content: JsonRecord): JsonRecord {
  const { provider = {}, variable, locals, data } = content;
  const written = JSON.stringify([provider, locals ?? {}]);
  return {
    provider,
    ...(variable !== undefined && written.includes("var.") && { variable }),
    ...(locals !== undefined && written.includes("local.") && { locals }),
    ...(data !== undefined && written.includes("data.") && { data }),
  };
}

/** The last place of the name that is not a part of a longer word: before it stands what many states share, such as a folder or the application. */
function renamed(text: string, { from, to }: Renamed, backendType: string): string {
  const dashed = backendType === "pg" ? (name: string) => name.replaceAll("-", "_") : (name: string) => name;
  const spelled = text.includes(from) ? from : dashed(from);
  const word = new RegExp(
    `(?<![A-Za-z0-9])${spelled.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}(?![A-Za-z0-9])`,
    "g",
  );
  // The ending of a file's name is no name, unless it is the only one there.
  const places = [...text.matchAll(word)].map(({ index }) => index);
  const at = places.findLast((index) => !/^\.tfstate$/.test(text.slice(index - 1))) ?? places.at(-1);
  return at === undefined ? text : text.slice(0, at) + dashed(to) + text.slice(at + spelled.length);
}

/** The arguments that name a state, whatever the backend is. */
const namingArguments: ReadonlySet<string> = new Set([
  ...["path", "workspace_dir", "key", "prefix", "schema_name", "secret_suffix", "name"],
  ...["address", "lock_address", "unlock_address"],
]);

function mapTexts(value: unknown, map: (text: string) => string, renaming: Renaming, key = ""): unknown {
  if (typeof value === "string") return renaming === "everywhere" || namingArguments.has(key) ? map(value) : value;
  if (Array.isArray(value)) return value.map((each: unknown) => mapTexts(each, map, renaming, key));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, map, renaming, name)]));
}

const programFile = "cdk.tf.json";

/** Writes the stack for Terraform to run in, and forgets that the folder was prepared for another backend. */
async function writeStack(
  { folder, backend, content = {} }: SynthesizedStack,
  environment: NodeJS.ProcessEnv,
  more: JsonRecord = {},
): Promise<void> {
  await mkdir(folder, { recursive: true });
  // Terraform makes the schema of a state that it looks for, unless it is told not to.
  const skip = { skip_schema_creation: true, skip_table_creation: true, skip_index_creation: true };
  const terraform = recordAt(content, "terraform");
  const asked = backend.type === "pg" ? { backend: { pg: { ...recordAt(terraform, "backend", "pg"), ...skip } } } : {};
  const written = { ...content, terraform: { ...terraform, ...asked } as JsonRecord, ...more };
  await writeFile(join(folder, programFile), JSON.stringify(written, undefined, 2));
  const data = environment["TF_DATA_DIR"] ?? "";
  const preparedFor = resolve(folder, data === "" ? ".terraform" : data, "terraform.tfstate");
  if (!preparedFor.startsWith(folder + sep)) return;
  const { type, config = {} } = recordAt(
    parseRecord(await readFile(preparedFor, "utf8").catch(() => "")) ?? {},
    "backend",
  );
  const wanted = recordAt(written.terraform, "backend", backend.type);
  const isSame =
    type === backend.type &&
    isRecord(config) &&
    Object.entries(wanted).every(([name, value]) => JSON.stringify(config[name]) === JSON.stringify(value));
  if (!isSame) await rm(preparedFor, { force: true });
}

/** What may become of a retired stack. */
export type Retirement = "empty" | "release" | "destroy";

/**
 * Refuses what would take something from a stack that the program declares.
 *
 * @throws UserError that names the stack
 */
export async function refuseManaged(project: Project, found: FoundRetired, retirement: Retirement): Promise<void> {
  if (retirement === "release") return;
  for (const [id, stack] of found.managed) {
    throw new UserError(
      `The deployment "${id}" is in the state of the stack "${stack}" as well, which the program declares. ` +
        `Take it out of the old state only: origins retire ${found.name} --release`,
    );
  }
  if (retirement === "empty") return;
  const [own, configurations] = [deploymentsOf(found), configurationsOf(found)].map(
    (resources) => new Set(resources.map(({ id }) => id)),
  );
  if (configurations === undefined || configurations.size === 0) return;
  for await (const page of platformApiOf(project, found.stack).deployments()) {
    for (const { id, name, configuration } of page) {
      if (own?.has(id) === true || !configurations.has(configuration.id)) continue;
      throw new UserError(
        `The deployment "${name}" (${id}) shows the configuration "${configuration.id}" of "${found.name}", too. ` +
          `Give it another one first, or use origins retire ${found.name} --release.`,
      );
    }
  }
}

/**
 * Lets go of what a retired stack has, or deletes it. What was deleted by hand leaves the state.
 *
 * @throws UserError where the plan would do anything else, and where this version of Terraform cannot do it
 */
export async function removeRetired(
  project: Project,
  { stack, resources, state }: FoundRetired,
  retirement: Exclude<Retirement, "empty">,
): Promise<void> {
  const addresses = [...new Set(resources.map(({ address }) => address))];
  const removed = addresses.map((from) => ({ from, lifecycle: { destroy: false } }));
  const { environment } = project.options;
  await writeStack(stack, environment, retirement === "release" ? { removed } : {});
  const terraform = project.terraform(stack);
  await terraform.backUp(state, "before-retirement");
  const plan = await planOf(terraform, state, retirement).catch((error: unknown) => {
    throw retirement === "release" ? releaseProblem(project, error) : error;
  });
  const expected = retirement === "release" ? "forget" : "delete";
  const others = plan.changes.filter(({ action }) => ![expected, "no-op", "read"].includes(action));
  if (others.length > 0 || (retirement === "release" && plan.changes.length === 0)) {
    await terraform.discard(plan);
    const what = others.map(({ address, action }) => `${action} ${address}`).join(", ");
    throw new UserError(`Unexpected plan of "${stack.name}"; nothing was applied: ${what || "it does nothing"}.`);
  }
  await terraform.apply(plan);
}

async function planOf(terraform: StackTerraform, state: State, retirement: Retirement): Promise<Plan> {
  if (state.readFrom !== undefined) await terraform.pushState(state); // a killed run had emptied the file
  // What is released stays as it is, whatever Genesys Cloud says of it.
  return terraform.plan({ refresh: retirement === "destroy" });
}

/** What an older version says of a block that it does not know. */
function releaseProblem({ program }: Project, error: unknown): unknown {
  if (!/(?:named|type)\s+"(?:removed|lifecycle)"/.test(errorMessage(error))) return error;
  return new UserError(
    `Releasing requires Terraform 1.7 or newer, or OpenTofu: this version of ${program} does not support \`removed\` blocks. Nothing was changed.`,
  );
}

/** The deployments of a retired stack. */
export function deploymentsOf({ resources }: RetiredStack): readonly RetiredResource[] {
  return resources.filter(({ type }) => type === deploymentType);
}

/** Its configurations. */
export function configurationsOf({ resources }: RetiredStack): readonly RetiredResource[] {
  return resources.filter(({ type }) => type === configurationType);
}

/** The client of the organisation that a stack is in. @throws UserError without credentials */
export function platformApiOf(project: Project, stack: SynthesizedStack): PlatformApi {
  const endpoints = endpointsOf(stack, project.options.environment);
  const { credentials } = endpoints;
  if (credentials === undefined) throw new UserError("Missing credentials for the platform API.");
  return new PlatformApi(new Http(), endpoints, credentials);
}

/** A deployment that this package made for an environment that the program does not declare; no state of the project has it. */
export interface StrayDeployment {
  readonly id: string;
  readonly name: string;
  readonly environment: string;
}

/**
 * Looks for them in the organisations of the stacks. An organisation that does not answer has none: the audit says so anyway.
 *
 * @param undeclared what {@link undeclaredStates} answers: it is named already
 */
export async function strayDeployments(
  project: Project,
  undeclared: readonly RetiredStack[],
): Promise<readonly StrayDeployment[]> {
  const { environment } = project.options;
  const declared = new Set(project.stacks.flatMap(namesOf));
  const organisations = new Map(
    project.stacks.map((stack) => [JSON.stringify(endpointsOf(stack, environment)), stack] as const),
  );
  const strays: StrayDeployment[] = [];
  for (const stack of organisations.values()) {
    try {
      for await (const page of platformApiOf(project, stack).deployments()) {
        for (const { id, name, description = "" } of page) {
          const made = environmentOfDescription(description);
          if (made !== undefined && !declared.has(made)) strays.push({ id, name, environment: made });
        }
      }
    } catch {
      // Without credentials, or without an answer.
    }
  }
  if (strays.length === 0) return [];
  const named = undeclared.flatMap((stack) => deploymentsOf(stack).map(({ id }) => id));
  const managed = new Set([...(await managedIds(project)).keys(), ...named]);
  return strays.filter(({ id }) => !managed.has(id));
}
