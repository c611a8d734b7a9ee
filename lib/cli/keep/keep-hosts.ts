import { existsSync, readFileSync, realpathSync } from "node:fs";
import { relative, resolve } from "node:path";
import { UserError } from "../../base/errors";
import { replaceFile } from "../../base/files";
import { withKeptHosts } from "../../codegen/kept-hosts";
import { quoteLiteral } from "../../codegen/literal";
import { parseAddress } from "../../origins/address";
import { type Finding, formatFinding, refuses } from "../../origins/finding";
import { type Acknowledgements } from "../../origins/rule";
import { rules } from "../../origins/rules";
import { placeFile } from "../../sources/call-site";
import { type NextEnvironment } from "../../sources/next-environment";

/** What was written, and where. */
export interface Kept {
  /** The file, relative to the working directory. */
  readonly file: string;
  /** The hosts that were added. */
  readonly hosts: readonly string[];
  readonly acknowledge: Acknowledgements;
}

/**
 * Adds hosts to the addresses of an environment, in the file that declares it.
 *
 * @param reason why they are kept: the comment above them, and what acknowledges a rule that they break
 * @param fallback the environments file, where the environment does not tell which file declares it
 * @returns undefined where all of them are there already
 * @throws UserError for an invalid host, one that a rule refuses, and where the file must be edited by hand
 */
export function keepHosts(
  environment: NextEnvironment,
  written: readonly string[],
  reason: string,
  fallback: string,
): Kept | undefined {
  const declared = new Set<string>(environment.allowList.domains);
  const hosts = [...new Set(written.map(hostOf))].filter((host) => !declared.has(host));
  if (hosts.length === 0) return undefined;
  if (environment.allowAllDomains) {
    throw new UserError(`The environment "${environment.name}" admits every page: there is nothing to keep.`);
  }
  const acknowledge = neededAcknowledgements(environment, hosts, reason);
  const path = fileOf(environment, fallback);
  const file = relative("", path);
  const text = readFileSync(path, "utf8");
  const edit = withKeptHosts(text, { environment: environment.name, hosts, reason, acknowledge });
  if ("impossible" in edit) {
    const rulesText = Object.keys(acknowledge).map(
      (rule) => `  acknowledge: { ${quoteLiteral(rule)}: ${quoteLiteral(reason)} }`,
    );
    throw new UserError(
      `Cannot edit "${file}": ${edit.impossible}.\n\nAdd these lines to the addresses of "${environment.name}" yourself:\n` +
        [
          ...hosts.map((host) => `  ${quoteLiteral(host)}, // ${reason.replace(/\s+/g, " ").trim()}`),
          ...rulesText,
        ].join("\n"),
    );
  }
  replaceFile(realpathSync(path), edit.text);
  return { file, hosts, acknowledge };
}

function hostOf(written: string): string {
  const parsed = parseAddress(written);
  if (parsed.ok) return parsed.address.host;
  const { message, remedy } = parsed.problem;
  throw new UserError(`Invalid host: ${message}. To fix it: ${remedy}.`);
}

/** The rules that the hosts break, where an environment may break them on purpose. */
function neededAcknowledgements(
  environment: NextEnvironment,
  hosts: readonly string[],
  reason: string,
): Acknowledgements {
  const before = new Set(environment.findings.map(formatFinding));
  const broken = environment
    .with(...hosts)
    .findings.filter((finding) => refuses(finding) && !before.has(formatFinding(finding)));
  const refused = broken.filter(({ rule }) => !isAcknowledgeable(rule));
  if (refused.length > 0) {
    throw new UserError(
      `Nothing was written, because a rule refuses it in the environment "${environment.name}":\n${refused.map(line).join("\n")}`,
    );
  }
  return Object.fromEntries(broken.map(({ rule }) => [rule, reason]));
}

function line(finding: Finding): string {
  return `  ${formatFinding(finding)}`;
}

function isAcknowledgeable(id: string): boolean {
  return rules.some((rule) => rule.id === id && rule.acknowledgeable);
}

/** The file that declares the environment, as its place says: by its bare name where it is outside the environment's root. */
function fileOf({ root, place }: NextEnvironment, fallback: string): string {
  const usual = resolve(fallback);
  if (place === undefined || (existsSync(usual) && placeFile(root, usual) === place.file)) return usual;
  const told = resolve(root, place.file);
  return existsSync(told) ? told : usual;
}
