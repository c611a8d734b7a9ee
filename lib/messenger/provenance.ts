import { type WebdeploymentsDeployment } from "@cdktf/provider-genesyscloud/lib/webdeployments-deployment";
import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import { type IConstruct } from "constructs";
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isRecord, recordAt } from "../base/json";
import { type DomainPolicy } from "../genesys/host-check";
import { AllowList } from "../origins/allow-list";
import { type Place, type WrittenAddress } from "../origins/finding";
import {
  printProvenance,
  type Provenance,
  provenanceFile,
  type RecordedDomains,
  type RecordedEnvironment,
} from "../origins/provenance";
import { isOutside, real, toPosix } from "../sources/call-site";
import { type NextEnvironment } from "../sources/next-environment";

/** What makes a deployment whose allowed domains are recorded: a WebMessenger. */
interface Recordable extends IConstruct {
  readonly deployment: WebdeploymentsDeployment;
  readonly environment: NextEnvironment;
  readonly findings: RecordedEnvironment["findings"];
}

/** Those of each stack; a stack that is gone takes them along. */
const recorded = new WeakMap<TerraformStack, Map<IConstruct, Recordable>>();

/**
 * Has the synthesis of the stack write `allowed-domains.json` beside its `cdk.tf.json`: where each allowed domain comes from. It is a
 * separate file, so that nothing changes of what Terraform is given and of what a snapshot test holds.
 */
export function recordProvenance(messenger: Recordable): void {
  const stack = TerraformStack.of(messenger);
  const known = recorded.get(stack);
  if (known !== undefined) {
    known.set(messenger, messenger);
    return;
  }
  const messengers = new Map<IConstruct, Recordable>([[messenger, messenger]]);
  recorded.set(stack, messengers);
  const { synthesizer } = stack;
  stack.synthesizer = {
    synthesize: (session) => {
      synthesizer.synthesize(session);
      // Some may have been removed from the tree since.
      const present = stack.node.findAll().flatMap((construct) => messengers.get(construct) ?? []);
      const { workingDirectory } = session.manifest.forStack(stack);
      const text = printProvenance(provenanceOf(present, process.cwd()));
      writeFileSync(join(session.outdir, workingDirectory, provenanceFile), text);
    },
  };
}

/** @param project the project's folder, in which the app runs */
function provenanceOf(messengers: readonly Recordable[], project: string): Provenance {
  const repository = repositoryOf(project);
  return {
    ...(repository !== undefined && { repository: toPosix(relative(project, repository)) || "." }),
    deployments: messengers.map((messenger) => recordedDomains(messenger, project, repository)),
  };
}

/** The nearest folder upwards that Git has made a repository or a worktree of. */
function repositoryOf(folder: string): string | undefined {
  if (existsSync(join(folder, ".git"))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : repositoryOf(above);
}

function recordedDomains(
  { deployment, environment, findings }: Recordable,
  project: string,
  repository: string | undefined,
): RecordedDomains {
  const { name, kind, place, acknowledge, allowAllDomains, allowList, root } = environment;
  const moved = placesFrom(project, root, repository);
  const address = `${deployment.terraformResourceType}.${deployment.friendlyUniqueId}`;
  const overridden = overriddenPolicy(deployment, allowList);
  return {
    address,
    environment: {
      name,
      kind,
      place: place && moved.place(place),
      acknowledge,
      allowAllDomains,
      allowList: moved.list(allowList),
      findings: findings.map((finding) =>
        finding.place ? { ...finding, place: moved.place(finding.place) } : finding,
      ),
    },
    ...(overridden !== undefined && { overridden }),
  };
}

/**
 * Places start from the environment's root, which is the project's folder unless the program names another one. A root outside of the
 * repository is not named: the way there differs between machines.
 */
function placesFrom(
  project: string,
  root: string,
  repository = project,
): { readonly place: (place: Place) => Place; readonly list: (list: AllowList) => AllowList } {
  const [from, to] = [real(project), real(root)];
  if (from === to || isOutside(relative(real(repository), to)))
    return { place: (place) => place, list: (list) => list };
  const place = (one: Place): Place => {
    const { file, key } = one;
    // A program outside of the root goes by its bare name.
    const isProgram = key === undefined && !file.includes("/") && existsSync(join(from, file));
    return isProgram || !existsSync(join(to, file)) ? one : { ...one, file: toPosix(relative(from, join(to, file))) };
  };
  const written = (one: WrittenAddress): WrittenAddress => ({ ...one, place: place(one.place) });
  const list = ({ entries, allowAllDomains, late }: AllowList): AllowList =>
    new AllowList(
      entries.map(({ host, sources }) => ({ host, sources: sources.map(written) })),
      { allowAllDomains, late: late.map(written) },
    );
  return { place, list };
}

/** What the resource declares, where that is not what the environment gives; undefined also where an expression decides. */
function overriddenPolicy(deployment: WebdeploymentsDeployment, { policy }: AllowList): DomainPolicy | undefined {
  const written: unknown = deployment.toTerraform();
  const { terraformResourceType: type, friendlyUniqueId: id } = deployment;
  const { allow_all_domains: all, allowed_domains: domains } = recordAt(
    isRecord(written) ? written : {},
    "resource",
    type,
    id,
  );
  const resolver = new DefaultTokenResolver(new StringConcat());
  const resolved: unknown = Tokenization.resolve(domains ?? [], { scope: deployment, resolver, preparing: false });
  if (typeof all !== "boolean" || !Array.isArray(resolved)) return undefined;
  const declared = { allowAllDomains: all, allowedDomains: all ? [] : resolved.map(String) };
  if (declared.allowedDomains.some((domain) => /[$%]\{/.test(domain))) return undefined;
  return JSON.stringify(declared) === JSON.stringify(policy) ? undefined : declared;
}
