import { resolve } from "node:path";
import { flag, mapOf, object, oneOf, required, text } from "../base/shape";
import { type Acknowledgements, type EnvironmentKind, environmentKinds } from "../origins/rule";
import { type AllowList } from "../origins/allow-list";
import { deriveAllowList } from "../origins/derive";
import { type Finding, isInvalid, type Place, type WrittenAddress } from "../origins/finding";
import { webOrigins, type WebOrigins } from "../origins/web-origins";
import { redact } from "../base/redact";
import { type AddressSource, type ConfigPull, type LateAddress, type Pull, type SourceReading } from "./address-source";
import { callSite, type CallSite, placeFile } from "./call-site";
import { acknowledgeSources, addressesShape, checkAddresses, checkDeclaration, once, readOnce } from "./read-source";
import { writtenOut } from "./written-out";

/** One place the application runs: what it is for, and where the addresses of its pages are written. */
export interface NextEnvironmentProps {
  /** What the environment is for. It decides how strictly the rules judge its addresses. */
  readonly kind: EnvironmentKind;
  /** Page addresses: a URL, a host or a host with a port, written out or read from a source. Their order means nothing. */
  readonly addresses: readonly (string | AddressSource)[];
  /**
   * Rules of addresses and of sources that the environment breaks on purpose, each with the reason.
   * @default none
   */
  readonly acknowledge?: Acknowledgements;
  /**
   * Admits every page of the web; there must be no addresses then.
   * @default false
   */
  readonly allowAllDomains?: boolean;
  /**
   * The folder that relative paths start from.
   * @default the folder the program runs in
   */
  readonly root?: string;
}

/** An environment of a Next.js application with the allow-list that follows from its addresses. */
export interface NextEnvironment {
  readonly name: string;
  readonly kind: EnvironmentKind;
  /** Where the program declares it, which is where an address is added; undefined where that cannot be told. */
  readonly place: Place | undefined;
  /** The absolute folder that relative paths start from, and the files of every place. */
  readonly root: string;
  /** Every address that was found, as it was written and where. */
  readonly written: readonly WrittenAddress[];
  /** The addresses that only Terraform knows, when it runs. The rules judge them then. */
  readonly late: readonly LateAddress[];
  /** The hosts that the addresses come to: sorted, each once. */
  readonly allowList: AllowList;
  /**
   * The web origins of the pages, each with its sources: for the lists that other services keep, such as CORS or the allowed callbacks
   * of an identity provider. The allowed domains of Genesys admit subdomains and no scheme; these are exact.
   */
  readonly origins: WebOrigins;
  /** What the sources and the rules have to say; the acknowledged ones are marked. */
  readonly findings: readonly Finding[];
  readonly allowAllDomains: boolean;
  readonly acknowledge: Acknowledgements;
  /** What `origins pull` asks the platforms for, so that the sources can be read. Telling it reads none of them. */
  readonly pulls: readonly Pull[];
  /** What `origins pull` evaluates, so that the sources can be read. Telling it evaluates none of them. */
  readonly evaluations: readonly ConfigPull[];
  /** The same environment with more addresses; this one stays as it is. */
  with(...addresses: readonly (string | AddressSource)[]): NextEnvironment;
}

/**
 * Declares an environment of a Next.js application. Its sources are read when something of them is first asked for, and
 * once only. What is wrong with an address is a finding; only a mistake in the declaration itself is thrown.
 *
 * @throws when the name, the kind, an address or another property is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * const production = nextEnvironment("production", {
 *   kind: "production",
 *   addresses: [envFile("examples/storefront/.env.production"), "https://www.example.com"],
 * });
 * production.allowList.domains; // ["shop.example.com", "www.example.com"]
 * ```
 */
export function nextEnvironment(name: string, props: NextEnvironmentProps): NextEnvironment {
  checkDeclaration(name, props, environmentShape);
  const { kind, addresses, acknowledge = {}, allowAllDomains = false } = props;
  const site = callSite(nextEnvironment);
  const declaration = { name, kind, acknowledge, allowAllDomains, root: resolve(props.root ?? "."), site };
  return environmentOf(
    declaration,
    readings(declaration, addresses, writtenOut(site, name)),
    pullsOf(declaration, addresses),
  );
}

const environmentShape = object<NextEnvironmentProps>({
  kind: required(oneOf(environmentKinds)),
  addresses: required(addressesShape, 'a list, such as ["www.example.com"]'),
  acknowledge: mapOf(text, '{ "plain-http": "the reason" }'),
  allowAllDomains: flag,
  root: text,
});

interface Declaration extends Required<Omit<NextEnvironmentProps, "addresses">> {
  readonly name: string;
  readonly site: CallSite | undefined;
}

type Reading = () => SourceReading;

/** What `origins pull` asks for and evaluates. */
interface Pulls {
  readonly pulls: readonly Pull[];
  readonly evaluations: readonly ConfigPull[];
}

function environmentOf(
  declaration: Declaration,
  sources: readonly Reading[],
  { pulls, evaluations }: Pulls,
): NextEnvironment {
  const { name, kind, acknowledge, allowAllDomains, root, site } = declaration;
  const derived = once(() => {
    const read = sources.map((source) => source());
    const found = read.flatMap(({ addresses }) => addresses);
    const invalid = found.filter(isInvalid);
    const written = invalid.length === 0 ? found : found.filter((address) => !isInvalid(address));
    const late = read.flatMap((reading) => reading.late ?? []);
    const findings = read.flatMap((reading) => reading.findings);
    const ofSources = acknowledgeSources(
      allowAllDomains ? [...findings, ...unusedAddresses([...written, ...late])] : findings,
      acknowledge,
    );
    const ofRules = deriveAllowList({ kind, written, invalid, late, acknowledge: ofSources.others, allowAllDomains });
    return { written, late, allowList: ofRules.allowList, findings: [...ofSources.findings, ...ofRules.findings] };
  });
  const extend = (...addresses: readonly (string | AddressSource)[]): NextEnvironment => {
    checkAddresses(name, addresses);
    const more = readings(declaration, addresses, writtenOut(callSite(extend)));
    const added = pullsOf(declaration, addresses);
    return environmentOf(declaration, [...sources, ...more], {
      pulls: [...pulls, ...added.pulls],
      evaluations: [...evaluations, ...added.evaluations],
    });
  };
  return {
    name,
    kind,
    acknowledge,
    allowAllDomains,
    root,
    pulls,
    evaluations,
    get place() {
      return site && { file: placeFile(root, site.path), line: site.line };
    },
    get written() {
      return derived().written;
    },
    get late() {
      return derived().late;
    },
    get allowList() {
      return derived().allowList;
    },
    get origins() {
      return webOrigins(derived().allowList);
    },
    get findings() {
      return derived().findings;
    },
    with: extend,
  };
}

/** Genesys takes a list or everything, never both; a program that sets both is contradictory. */
function unusedAddresses(written: readonly WrittenAddress[]): readonly Finding[] {
  return written.map(({ value, place }) => ({
    rule: "unused-addresses",
    severity: "error",
    value: redact(value.trim()),
    place,
    message: `"${redact(value.trim())}" would not be used, because allowAllDomains admits every page`,
    remedy: "leave out allowAllDomains, or the addresses",
  }));
}

function readings(
  { kind, root }: Declaration,
  addresses: readonly (string | AddressSource)[],
  literal: (value: string) => AddressSource,
): readonly Reading[] {
  for (const address of addresses) if (typeof address !== "string") address.prepare?.({ kind, root });
  return addresses.map((address) => readOnce(typeof address === "string" ? literal(address) : address, { kind, root }));
}

function pullsOf({ root, kind }: Declaration, addresses: readonly (string | AddressSource)[]): Pulls {
  const sources = addresses.filter((address) => typeof address !== "string");
  return {
    pulls: sources.flatMap(({ pulls }) => (pulls === undefined ? [] : { ...pulls, lock: resolve(root, pulls.lock) })),
    evaluations: sources.flatMap((source) => source.evaluation?.({ root, kind }) ?? []),
  };
}
