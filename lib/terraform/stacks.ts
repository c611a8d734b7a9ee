import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { settingSecrets } from "../base/env-secrets";
import { knownSecrets } from "../base/secrets";
import { constructPath, type DeclaredMessenger, declaredMessengers, isLiteral } from "./declared-messengers";
import { blocksOf, isRecord, type JsonRecord, parseRecord, recordAt } from "../base/json";
import { errorCode, StackError } from "../base/errors";
import { provenanceFile, readProvenance, type RecordedDomains } from "../origins/provenance";

/** One stack, as the last synthesis wrote it. */
export interface SynthesizedStack {
  readonly name: string;
  /** The absolute path of the folder that Terraform runs in. */
  readonly folder: string;
  /** The output `environment` that a MessengerStack writes: the name of the application's environment. */
  readonly environment?: string;
  readonly backend: StackBackend;
  /** The provider block's `aws_region`; absent where the environment variable decides. */
  readonly awsRegion?: string;
  /** Whether the provider block has a `gateway`. */
  readonly gateway: boolean;
  /** The names of the stacks that must be deployed before. */
  readonly dependencies: readonly string[];
  /** The deployments that the stack declares, in the order of their addresses. */
  readonly messengers: readonly DeclaredMessenger[];
  /** The path from the project's folder to the repository's root, as the synthesis recorded it. */
  readonly repository?: string;
  /** Why it is not known where allowed domains of the stack come from; absent where it is. */
  readonly sourcesUnknown?: {
    /** A sentence without a full stop; it names the file. */
    readonly message: string;
    /** Whether there is no record at all. */
    readonly isMissing: boolean;
  };
  /** The stack in Terraform's JSON syntax, as it was synthesised. */
  readonly content?: JsonRecord;
}

/** Where a stack's state is kept. */
export interface StackBackend {
  /** Such as `local`, `s3` or `pg`; `cloud` for HCP Terraform, `local` also where the stack names none. */
  readonly type: string;
  /** The path of a local backend's state as it is written: relative to the stack's folder, or absolute. */
  readonly localPath?: string;
  /** The folder of a local backend's other workspaces, where the stack moves it. */
  readonly localWorkspaces?: string;
}

/**
 * Reads the stacks that the last synthesis wrote: those of its manifest, whatever other folders lie beside them.
 *
 * @param outdir the folder of the synthesis, such as `cdktf.out`
 * @throws StackError when nothing was synthesised, or when a file is broken
 */
export function readStacks(outdir: string): readonly SynthesizedStack[] {
  const file = join(outdir, "manifest.json");
  const entries = readManifest(file);
  const nameOf = new Map(entries.map(([name, entry]) => [entry["constructPath"], name]));
  return entries.map(([name, entry]) => {
    const { synthesizedStackPath: path, workingDirectory, dependencies } = entry;
    if (typeof path !== "string" || typeof workingDirectory !== "string") {
      throw broken(file, `does not say where the stack "${name}" is`);
    }
    const paths: readonly unknown[] = Array.isArray(dependencies) ? dependencies : [];
    return {
      name,
      folder: resolve(outdir, workingDirectory),
      ...readStack(join(outdir, path)),
      dependencies: paths.map((path) => nameOf.get(path) ?? String(path)),
    };
  });
}

function readManifest(file: string): readonly (readonly [string, JsonRecord])[] {
  const { stacks } = readJson(file, "Nothing was synthesised");
  if (!isRecord(stacks)) throw broken(file, "names no stacks");
  return Object.entries(stacks).map(([name, entry]) => {
    if (!isRecord(entry)) throw broken(file, `does not say where the stack "${name}" is`);
    return [name, entry];
  });
}

function readStack(file: string): Omit<SynthesizedStack, "name" | "folder" | "dependencies"> {
  if (!file.endsWith(".json")) {
    throw new StackError(
      `"${file}" is written in Terraform's own language.\n\nSynthesise without --hcl (and without hclOutput in the app).`,
    );
  }
  const stack = readJson(file, "A stack of the manifest is missing");
  // What a program has written out instead of leaving it to the environment may stand in Terraform's messages.
  knownSecrets.add(...settingSecrets([stack["terraform"], stack["provider"]]));
  const environment = literal(recordAt(stack, "output", "environment")["value"]);
  const providers = blocksOf(recordAt(stack, "provider"), "genesyscloud");
  const provider = providers.find((block) => block["alias"] === undefined) ?? providers[0] ?? {};
  const awsRegion = literal(provider["aws_region"]);
  return {
    ...(environment !== undefined && { environment }),
    backend: readBackend(recordAt(stack, "terraform")),
    ...(awsRegion !== undefined && { awsRegion }),
    gateway: blocksOf(provider, "gateway").length > 0,
    ...withSources(stack, join(dirname(file), provenanceFile)),
    content: stack,
  };
}

type Sources = Pick<SynthesizedStack, "messengers" | "repository" | "sourcesUnknown">;

/** The deployments with what the synthesis recorded of their allowed domains. Without the record, everything but the sources is known. */
function withSources(stack: JsonRecord, file: string): Sources {
  const messengers = declaredMessengers(stack);
  const unknown = (problem: string, isMissing = false): Pick<SynthesizedStack, "sourcesUnknown"> => ({
    sourcesUnknown: { message: `"${relative("", file)}" ${problem}`, isMissing },
  });
  if (messengers.length === 0) return { messengers };
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const code = errorCode(error) ?? "unknown";
    if (code !== "ENOENT") return { messengers, ...unknown(`cannot be read (${code})`) };
    // Only a WebMessenger has its sources recorded.
    const isExpected = messengers.some(({ address }) => constructPath(stack, address)?.endsWith("/Deployment"));
    return { messengers, ...(isExpected && unknown("is missing", true)) };
  }
  const reading = readProvenance(text);
  if (!reading.ok) return { messengers, ...unknown(reading.problem) };
  const { deployments, repository } = reading.provenance;
  const byAddress = new Map(deployments.map((each) => [each.address, each]));
  let outdated: DeclaredMessenger | undefined;
  const found = messengers.map((messenger) => {
    const recorded = byAddress.get(messenger.address);
    if (recorded === undefined) return messenger;
    if (isOf(recorded, messenger)) return { ...messenger, recorded };
    outdated ??= messenger;
    return messenger;
  });
  return {
    messengers: found,
    ...(repository !== undefined && { repository }),
    ...(outdated !== undefined && unknown(`records other allowed domains of "${outdated.address}" than the stack has`)),
  };
}

/** Whether the record and the deployment are of one synthesis: then their lists are equal. An expression may be of any. */
function isOf({ environment, overridden }: RecordedDomains, { policy }: DeclaredMessenger): boolean {
  if (policy === undefined) return true;
  const { allowAllDomains, allowedDomains } = overridden ?? environment.allowList.policy;
  return (
    policy.allowAllDomains === allowAllDomains &&
    policy.allowedDomains.length === allowedDomains.length &&
    policy.allowedDomains.every((domain, index) => domain === allowedDomains[index])
  );
}

function readBackend(terraform: JsonRecord): StackBackend {
  if (terraform["cloud"] !== undefined) return { type: "cloud" };
  const [type = "local"] = Object.keys(blocksOf(terraform, "backend")[0] ?? {});
  if (type !== "local") return { type };
  const { path, workspace_dir: workspaces } = blocksOf(recordAt(terraform, "backend"), "local")[0] ?? {};
  return {
    type,
    ...(typeof path === "string" && { localPath: path }),
    ...(typeof workspaces === "string" && { localWorkspaces: workspaces }),
  };
}

function literal(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && isLiteral(value) ? value : undefined;
}

const synthesiseAgain = "Run the command again without --skip-synth.";

function readJson(file: string, missing: string): JsonRecord {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new StackError(`${missing}: "${file}" cannot be read.\n\n${synthesiseAgain}`, { cause: error });
  }
  const record = parseRecord(text);
  if (record === undefined) throw broken(file, "is not a JSON object");
  return record;
}

function broken(file: string, problem: string): StackError {
  return new StackError(`"${file}" ${problem}, so it was not written by a synthesis.\n\n${synthesiseAgain}`);
}
