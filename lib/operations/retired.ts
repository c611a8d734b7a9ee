import { existsSync } from "node:fs";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
import { UserError } from "../base/errors";
import { Http } from "../base/http";
import { blocksOf, isRecord, type JsonRecord, recordAt } from "../base/json";
import { PlatformApi } from "../platform/platform-api";
import { configurationType, deploymentType } from "../terraform/declared-messengers";
import { localStateFile, readLocalState } from "../terraform/local-state";
import { rememberedDeploymentIds } from "../terraform/remembered-deployment";
import { type StackBackend, type SynthesizedStack } from "../terraform/stacks";
import { parseState, type State } from "../terraform/state";
import { managedDeployments } from "./examine";
import { endpointsOf, type Project } from "./project";

/** A resource of a state that is Genesys Cloud's. */
export interface RetiredResource {
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
 * program. They are looked for where the states of declared stacks are. A remote backend does not list its states.
 */
export async function undeclaredStates(project: Project): Promise<readonly RetiredStack[]> {
  const { environment } = project.options;
  const declared = new Set(project.stacks.map(({ name }) => name));
  const found = new Map<string, RetiredStack>();
  for (const stack of project.stacks.filter(({ backend }) => backend.type === "local")) {
    const pattern = namedPath(await localStateFile(stack, environment), stack.name);
    if (pattern === undefined) continue;
    for (const name of await namesIn(pattern)) {
      if (declared.has(name) || found.has(name)) continue;
      const retired = retiredIn(name, parsed((await readLocalState(pattern.pathOf(name))).text));
      if (retired !== undefined) found.set(name, retired);
    }
  }
  return [...found.values()];
}

function parsed(text: string): State | undefined {
  try {
    return parseState(text);
  } catch {
    return undefined; // it is not a state: some other file goes by such a name
  }
}

/** A path that depends on the name of a stack. */
interface NamedPath {
  /** The folder of what is named after the stack. */
  readonly folder: string;
  /** What stands around the name there. */
  readonly before: string;
  readonly after: string;
  readonly pathOf: (name: string) => string;
}

function namedPath(path: string, name: string): NamedPath | undefined {
  const segments = path.split(sep);
  const index = segments.findLastIndex((segment) => wholeWord(name).test(segment));
  const segment = segments[index];
  if (segment === undefined) return undefined;
  const at = segment.search(wholeWord(name));
  const [before, after] = [segment.slice(0, at), segment.slice(at + name.length)];
  const folder = segments.slice(0, index).join(sep);
  const rest = segments.slice(index + 1);
  return { folder, before, after, pathOf: (other) => join(folder, `${before}${other}${after}`, ...rest) };
}

async function namesIn({ folder, before, after, pathOf }: NamedPath): Promise<readonly string[]> {
  const entries = await readdir(folder).catch(() => []);
  return entries
    .filter((entry) => entry.startsWith(before) && entry.endsWith(after) && entry.length > before.length + after.length)
    .map((entry) => entry.slice(before.length, entry.length - after.length))
    .filter((name) => /^[\w-]+$/.test(name) && existsSync(pathOf(name)))
    .sort();
}

/** The name by itself, not a part of a longer one. */
function wholeWord(name: string): RegExp {
  return new RegExp(`(?<![\\w-])${name.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)}(?![\\w-])`);
}

function retiredIn(name: string, state: State | undefined): RetiredStack | undefined {
  if (state === undefined || rememberedDeploymentIds(state).length === 0) return undefined;
  return { name, state, resources: resourcesIn(state) };
}

function resourcesIn({ content }: State): readonly RetiredResource[] {
  return blocksOf(content, "resources")
    .filter(({ mode }) => mode === "managed")
    .flatMap((resource) => {
      const { module, type, name } = resource;
      const address = [...(typeof module === "string" ? [module] : []), String(type), String(name)].join(".");
      const attributes = recordAt(blocksOf(resource, "instances")[0] ?? {}, "attributes");
      const text = (key: string): string => (typeof attributes[key] === "string" ? attributes[key] : "");
      return [{ address, type: String(type), id: text("id"), name: text("name") }];
    });
}

/** A retired stack, with the folder that Terraform runs in for it. */
export interface FoundRetired extends RetiredStack {
  readonly stack: SynthesizedStack;
}

/**
 * Finds the state of a stack that the program does not declare: where it would be if the stack were declared like one of the others,
 * whatever their backend is.
 *
 * @throws UserError where the program declares it, and where no such state has a deployment
 */
export async function findRetired(project: Project, name: string): Promise<FoundRetired> {
  if (!/^[\w-]+$/.test(name)) throw new UserError(`Invalid stack name "${name}": use letters, digits, "-" and "_".`);
  if (project.stacks.some((stack) => stack.name === name || stack.environment === name)) {
    throw new UserError(
      `The program declares "${name}", so the next deploy would create it again. Remove it from the program first.`,
    );
  }
  const tried = new Set<string>();
  for (const sibling of project.stacks) {
    const stack = inPlaceOf(sibling, name);
    const place = JSON.stringify(recordAt(stack?.content ?? {}, "terraform", "backend"));
    if (stack === undefined || tried.has(place)) continue;
    tried.add(place);
    await writeStack(stack, {});
    const state = await project.terraform(stack).pullState();
    const retired = retiredIn(name, state);
    if (retired !== undefined) return { ...retired, stack };
  }
  const known = (await undeclaredStates(project)).map((each) => `"${each.name}"`);
  throw new UserError(
    `No state of a stack "${name}" has a deployment, where the other stacks of the program have theirs.` +
      (known.length === 0 ? "" : ` The program does not declare ${known.join(", ")} either.`),
  );
}

/** A stack of that name with the backend and the provider of another one; undefined where the name of that one decides nothing. */
function inPlaceOf(sibling: SynthesizedStack, name: string): SynthesizedStack | undefined {
  const { content = {}, backend } = sibling;
  const terraform = recordAt(content, "terraform");
  const other = renamed(terraform["backend"] ?? terraform["cloud"], sibling.name, name);
  if (JSON.stringify(other) === JSON.stringify(terraform["backend"] ?? terraform["cloud"])) return undefined;
  const key = terraform["backend"] === undefined ? "cloud" : "backend";
  const { awsRegion, gateway, repository } = sibling;
  const moved: StackBackend = {
    ...backend,
    ...(backend.localPath !== undefined && { localPath: String(renamed(backend.localPath, sibling.name, name)) }),
  };
  return {
    name,
    folder: join(dirname(sibling.folder), name),
    backend: moved,
    gateway,
    dependencies: [],
    messengers: [],
    ...(awsRegion !== undefined && { awsRegion }),
    ...(repository !== undefined && { repository }),
    content: { terraform: { ...terraform, [key]: other }, provider: content["provider"] ?? {} },
  };
}

function renamed(value: unknown, from: string, to: string): unknown {
  if (typeof value === "string") return value.replace(wholeWord(from), to);
  if (Array.isArray(value)) return value.map((each: unknown) => renamed(each, from, to));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, renamed(inner, from, to)]));
}

async function writeStack({ folder, content = {} }: SynthesizedStack, more: JsonRecord): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "cdk.tf.json"), JSON.stringify({ ...content, ...more }, undefined, 2));
}

/** What may become of a retired stack. */
export type Retirement = "empty" | "release" | "destroy";

/**
 * Lets go of what a retired stack has, or deletes it.
 *
 * @throws UserError where the plan would do anything else
 */
export async function removeRetired(
  project: Project,
  { stack, resources, state }: FoundRetired,
  retirement: Exclude<Retirement, "empty">,
): Promise<void> {
  const removed = resources.map(({ address }) => ({ from: address, lifecycle: { destroy: false } }));
  await writeStack(stack, retirement === "release" ? { removed } : {});
  const terraform = project.terraform(stack);
  await terraform.backUp(state, "before-retirement");
  const plan = await terraform.plan();
  const expected = retirement === "release" ? "forget" : "delete";
  const others = plan.changes.filter(({ action }) => action !== expected);
  if (others.length > 0 || plan.changes.length === 0) {
    await terraform.discard(plan);
    const what = others.map(({ address, action }) => `${action} ${address}`).join(", ");
    throw new UserError(`Unexpected plan of "${stack.name}"; nothing was applied: ${what || "it does nothing"}.`);
  }
  await terraform.apply(plan);
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

/** Looks for them in the organisations of the stacks. An organisation that does not answer has none: the audit says so anyway. */
export async function strayDeployments(project: Project): Promise<readonly StrayDeployment[]> {
  const { environment } = project.options;
  const declared = new Set(
    project.stacks.flatMap(({ name, environment: own }) => [name, ...(own === undefined ? [] : [own])]),
  );
  const organisations = new Map(
    project.stacks.map((stack) => [JSON.stringify(endpointsOf(stack, environment)), stack] as const),
  );
  const candidates: StrayDeployment[] = [];
  for (const stack of organisations.values()) {
    try {
      for await (const page of platformApiOf(project, stack).deployments()) {
        for (const { id, name, description = "" } of page) {
          const made = /^Managed as code, for the environment "(.+)": /.exec(description)?.[1];
          if (made !== undefined && !declared.has(made)) candidates.push({ id, name, environment: made });
        }
      }
    } catch {
      // Without credentials, or without an answer.
    }
  }
  if (candidates.length === 0) return [];
  const states = await project.each(project.stacks, (stack) =>
    project
      .terraform(stack)
      .pullState()
      .then(
        (state) => managedDeployments(stack, state),
        () => [],
      ),
  );
  const managed = new Set(states.flat());
  return candidates.filter(({ id }) => !managed.has(id));
}
