import { TerraformStack } from "cdktf";
import { type AllowedDomain } from "../origins/listed-domains";
import { AllowList } from "../origins/allow-list";
import { type Finding } from "../origins/finding";
import { type Host } from "../origins/hostname";
import { parseAddress } from "../origins/address";
import { type NextEnvironment } from "../sources/next-environment";
import { deploymentType, isLiteral } from "../terraform/declared-messengers";
import { isRecord, type JsonRecord, recordAt } from "../base/json";
import { isConstructTree, messengersIn, record, type Subject, synthesised } from "./subject";

/** What one Messenger, or one environment, makes Genesys serve. */
export interface Served {
  /** The Messenger's path in the app, the environment's name, or the resource's address. */
  readonly name: string;
  /** The entries that admit something, each with who wrote it; what is known at apply only is `late`. */
  readonly allowList: AllowList;
  /** Entries that admit nothing, such as `https://www.example.com`. */
  readonly malformed: readonly string[];
  /** What the rules say; nothing where a synthesised stack is all there is. */
  readonly findings: readonly Finding[];
}

/**
 * What each Messenger of a subject makes Genesys serve: read from what Terraform is given, so that aspects and overrides
 * count, with the sources that the environment knows.
 *
 * @throws if there is no Messenger
 */
export function servedBy(subject: Subject): readonly Served[] {
  const served = everyServed(subject);
  if (served.length > 0) return served;
  throw new Error(
    `${nameOf(subject)} contains no Messenger, so it has no allowed domains.\n\n` +
      "Write the stack that makes the WebMessenger.",
  );
}

function nameOf(subject: Subject): string {
  if (!isConstructTree(subject)) return "What was synthesised";
  return subject.node.path === "" ? "The app" : `"${subject.node.path}"`;
}

function everyServed(subject: Subject): readonly Served[] {
  if (typeof subject === "string") {
    return Object.entries(recordAt(record(subject), "resource", deploymentType)).map(([name, block]) =>
      serve(`${deploymentType}.${name}`, block),
    );
  }
  if (!isConstructTree(subject)) return [{ ...subject, malformed: [], allowList: subject.allowList }];
  const stacks = new Map<TerraformStack, JsonRecord>();
  return messengersIn(subject).map((messenger) => {
    const stack = TerraformStack.of(messenger);
    const declared = stacks.get(stack) ?? recordAt(synthesised(stack), "resource", deploymentType);
    stacks.set(stack, declared);
    return serve(messenger.node.path, declared[messenger.deployment.friendlyUniqueId], messenger);
  });
}

/** What the program knows of a deployment and its resource does not say. */
interface Known {
  readonly environment: NextEnvironment;
  readonly findings: readonly Finding[];
}

function serve(name: string, block: unknown, known?: Known): Served {
  const { allow_all_domains: flag = false, allowed_domains: list = [] } = isRecord(block) ? block : {};
  const { entries: declared = [], late = [] } = known?.environment.allowList ?? {};
  const byHost = new Map(declared.map((entry) => [entry.host, entry]));
  const texts = (Array.isArray(list) ? list : [list]).map(String);
  const unresolved = [flag, ...texts].filter((value) => typeof value === "string" && !isLiteral(value)).map(String);
  const entries: AllowedDomain[] = unresolved.length > 0 ? [...declared] : [];
  const malformed: string[] = [];
  for (const text of texts.filter(isLiteral)) {
    const host = hostOf(text);
    if (host === undefined) malformed.push(text);
    else entries.push(byHost.get(host) ?? { host, sources: [{ value: text, place: { file: name } }] });
  }
  // One expression merges the addresses that are known at apply with the others; each of those has a name already.
  const unnamed = late.length > 0 && !Array.isArray(list) ? [] : unresolved;
  const expressions = unnamed.map((text) => ({ value: shortened(text), place: { file: name } }));
  const allowList = new AllowList(entries, { allowAllDomains: flag === true, late: [...late, ...expressions] });
  return { name, allowList, malformed, findings: known?.findings ?? [] };
}

function shortened(expression: string): string {
  return expression.length > 80 ? `${expression.slice(0, 79)}…` : expression;
}

/** The host that an entry is; an entry that is written in any other way matches no page. */
function hostOf(entry: string): Host | undefined {
  const parsed = parseAddress(entry);
  return parsed.ok && parsed.address.host === entry ? parsed.address.host : undefined;
}
