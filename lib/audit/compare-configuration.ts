import { type Deployment } from "../genesys/deployment";
import { type VersionReading } from "../platform/public-files";
import { type Drift, type Mender } from "./drift";

type Attribute = "name" | "description" | "flowId" | "supportedContentId" | "pushIntegrations";

const attributes: readonly {
  readonly attribute: Attribute;
  readonly what: string;
  readonly mendedBy: Mender;
  readonly effect: string;
}[] = [
  { attribute: "name", what: "name", mendedBy: "deploy", effect: "no visitor notices" },
  { attribute: "description", what: "description", mendedBy: "deploy", effect: "no visitor notices" },
  { attribute: "flowId", what: "flow", mendedBy: "deploy", effect: "conversations are routed differently" },
  {
    attribute: "supportedContentId",
    what: "supported content",
    // The provider takes over whatever it finds where the program does not say it, and the state does not tell.
    mendedBy: "person",
    effect: "visitors may send other kinds of files; a deploy restores it only where the program declares it",
  },
  {
    attribute: "pushIntegrations",
    what: "list of push integrations",
    mendedBy: "deploy",
    effect: "mobile applications receive notifications differently",
  },
];

/** What else of a deployment was changed by hand. The state stands for the program, which a plan compares itself. */
export function compareAttributes(state: Deployment, live: Deployment): readonly Drift[] {
  return attributes
    .filter(({ attribute }) => textOf(state[attribute]) !== textOf(live[attribute]))
    .map(({ attribute, what, mendedBy, effect }) => ({
      kind: "attributes",
      mendedBy,
      message: `the ${what} is ${quote(live[attribute])} instead of ${quote(state[attribute])}: ${effect}`,
    }));
}

function textOf(value: string | readonly string[] | undefined): string {
  return typeof value === "string" ? value : (value ?? []).join(", ");
}

function quote(value: string | readonly string[] | undefined): string {
  const text = textOf(value);
  return text === "" ? "empty" : JSON.stringify(text);
}

/** Which configuration, and which version of it, as each side says. */
export interface ConfigurationSides {
  /** The one that the state's deployment shows. */
  readonly remembered: Deployment["configuration"];
  /**
   * The version of the configuration resource that the deployment is wired to; absent where there is none in the state, and not a number
   * where the state does not say it.
   */
  readonly published: string | undefined;
  /** The stack that makes the configuration, where it is another one. */
  readonly madeBy?: string | undefined;
  /** What the live deployment shows; the id is absent where only the public file was read. */
  readonly live: { readonly id?: string; readonly version: string } | undefined;
  readonly versions: VersionReading;
}

/**
 * How the configuration that pages show differs from the one that Terraform published. Whatever a plan says, an update of the
 * deployment shows the newest published version: as long as the state does not know that one, every update fails.
 */
export function compareConfiguration(sides: ConfigurationSides): readonly Drift[] {
  const { remembered, published, live, versions } = sides;
  const drifts = [...pointedTo(sides)];
  if (published === undefined) return drifts;
  const newest = versions.outcome === "served" ? versions.newest : undefined;
  if (versions.outcome === "gone") {
    const message =
      `the configuration "${remembered.id}" no longer exists: a deploy creates another one, and its plan waits while ` +
      "the provider searches for the old one (custom_retry_timeout, 5 minutes)";
    drifts.push({ kind: "configuration-gone", mendedBy: "deploy", message });
  }
  if (versions.outcome === "served" && isVersion(published) && (newest === undefined || isNewer(published, newest))) {
    const message =
      `the configuration "${remembered.id}" no longer has a published version ${published} (${newest === undefined ? "none at all" : `the newest is ${newest}`}): ` +
      "Terraform treats it as missing, and a deploy creates another one";
    drifts.push({ kind: "configuration-gone", mendedBy: "deploy", message });
  }
  if (newest !== undefined && isNewer(newest, published) && !drifts.some(({ mendedBy }) => mendedBy === "repair")) {
    const shown = live?.version === undefined ? "" : `: visitors still see version ${live.version}`;
    drifts.push({
      kind: "newer-version-published",
      mendedBy: "repair",
      message:
        `version ${newest} of the configuration was published by hand, but Terraform knows ${published}${shown}, no plan ` +
        "notices, and the next change of the deployment fails",
      stateEdit: { attribute: "version", value: newest },
    });
  }
  return drifts;
}

function pointedTo({ remembered, published, madeBy, live, versions }: ConfigurationSides): readonly Drift[] {
  if (live === undefined) return [];
  if (live.id !== undefined && live.id !== remembered.id) {
    const message = `the deployment shows the configuration "${live.id}" instead of "${remembered.id}": visitors see another Messenger`;
    return [{ kind: "configuration", mendedBy: "deploy", message }];
  }
  if (published === undefined) return unmanaged(remembered.version, live.version, madeBy);
  if (!isVersion(published)) return [unversioned(remembered.id, versions)];
  if (live.version === published)
    return isNewer(published, remembered.version) ? [unfinished(remembered.version, published)] : [];
  if (!isNewer(live.version, published)) {
    const message = `the deployment shows version ${live.version} of its configuration, and ${published} is published: visitors see the older one`;
    return [{ kind: "configuration", mendedBy: "deploy", message }];
  }
  const message =
    `the deployment shows version ${live.version} of its configuration, which was published by hand (Terraform knows ` +
    `${published}): visitors see undeclared changes, and every deploy fails until the state has that version`;
  if (versions.outcome !== "served") return [{ kind: "newer-version-deployed", mendedBy: "repair", message }];
  const { newest = live.version } = versions;
  const value = isNewer(live.version, newest) ? live.version : newest;
  return [{ kind: "newer-version-deployed", mendedBy: "repair", message, stateEdit: { attribute: "version", value } }];
}

/**
 * A deploy leaves the deployment and its configuration with the same version in the state. Where the deployment's is older, a
 * repair or a deploy was cut short: what is live may be what was published by hand.
 */
function unfinished(remembered: string, published: string): Drift {
  const message =
    `a repair or a deploy was cut short: Terraform's state has the deployment at version ${remembered} of its configuration ` +
    `and ${published} as published, so visitors may see undeclared changes`;
  return { kind: "configuration", mendedBy: "deploy", message };
}

/** A configuration that is not in this state: it is unknown whether the program names its version or takes the newest. */
function unmanaged(remembered: string, live: string, madeBy: string | undefined): readonly Drift[] {
  if (live === remembered) return [];
  if (madeBy !== undefined) {
    const message =
      `the deployment shows version ${live} of the configuration that the stack "${madeBy}" makes, and Terraform last saw ` +
      `${remembered}: a deploy of "${madeBy}" publishes what is declared, and a later deploy of this stack shows that version`;
    return [{ kind: "configuration", mendedBy: "deploy", message }];
  }
  const message =
    `the deployment shows version ${live} of a configuration that this stack does not manage, and Terraform last saw ` +
    `${remembered}: declare the version that visitors should see, or reference its resource`;
  return [{ kind: "configuration", mendedBy: "person", message }];
}

/** The state has the configuration without a published version: an apply was cut short, or the state was edited. */
function unversioned(id: string, versions: VersionReading): Drift {
  const newest = versions.outcome === "served" ? versions.newest : undefined;
  const message = `Terraform's state has the configuration "${id}" without a published version${newest === undefined ? "" : `, and ${newest} is the newest`}`;
  return newest === undefined
    ? { kind: "configuration", mendedBy: "deploy", message }
    : { kind: "configuration", mendedBy: "repair", message, stateEdit: { attribute: "version", value: newest } };
}

function isVersion(text: string): boolean {
  return /^\d+$/.test(text);
}

/** Versions are integers that grow by one with every publication. */
function isNewer(one: string, other: string): boolean {
  return Number(one) > Number(other);
}
