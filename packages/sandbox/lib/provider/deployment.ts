import { type ApiClient } from "./api-client";
import { type ApiObject, type Block } from "../../../../lib/genesys/provider-schema";
import { ProviderError, UnsettledError } from "./diagnostic";
import { expand, flatten, stateSoFar } from "./body";
import { publishedVersions } from "./data-source";
import { type Resource } from "./configuration";
import { readUnlessGone, retryBadRequest, untilActive, untilGone } from "./retry";
import { blocksIn, isEmpty, textIn, type Value, type Values } from "./value";

const deployments = "/api/v2/webdeployments/deployments";

/**
 * `genesyscloud_webdeployments_deployment`, with its blind spots: a read keeps the domains of the state when the live list
 * is empty, and an update always points to the newest published version of the configuration, whatever was planned.
 */
export function deploymentResource(block: Block): Resource {
  const path = (state: Values): string => `${deployments}/${textIn(state, "id")}`;

  const stateOf = (answer: ApiObject, current: Values | null): Values => {
    const state = flatten(block, answer, current);
    const kept = current?.["allowed_domains"] ?? null;
    return isEmpty(state["allowed_domains"]) ? { ...state, allowed_domains: kept } : state;
  };

  const bodyOf = (planned: Values, version: string): ApiObject => ({
    ...expand(block, planned),
    allowAllDomains: planned["allow_all_domains"] === true,
    allowedDomains: planned["allowed_domains"] ?? [],
    configuration: { id: configurationId(planned), version },
  });

  /** What the deployment has come to once it is `Active`; any other status that was asked for is waited for in vain. */
  const settled = async (client: ApiClient, answer: ApiObject, planned: Values): Promise<Values> => {
    const { status } = planned;
    const inVain = typeof status === "string" && status !== "Active";
    const what = `Web deployment "${textIn(planned, "name")}"`;
    let seen = answer;
    try {
      await untilActive(client, what, client.timing.deploymentActive, async () => {
        seen = await client.get(`${deployments}/${String(answer["id"])}`);
        return inVain ? { ...seen, status } : seen;
      });
      const state = stateOf(seen, planned);
      checkVersion(planned, state);
      return state;
    } catch (error) {
      throw new UnsettledError(error, stateOf(seen, planned));
    }
  };

  return {
    changesWithEveryUpdate: [],

    async create(client, planned) {
      checkDomains(planned);
      const versions = await publishedVersions(client, configurationId(planned));
      const body = bodyOf(planned, versionForCreate(planned, versions));
      const created = await retryBadRequest(client, () => client.post(deployments, body));
      await client.pause(client.timing.afterCreate).catch((error: unknown) => {
        throw new UnsettledError(error, stateOf(created, planned));
      });
      return settled(client, created, planned);
    },

    async read(client, state) {
      const answer = await readUnlessGone(client, () => client.get(path(state)));
      return answer && stateOf(answer, stateSoFar(state));
    },

    async update(client, prior, planned) {
      checkDomains(planned);
      const { status } = planned;
      const newest = (await publishedVersions(client, configurationId(planned))).at(-1) ?? "";
      const body = { ...bodyOf(planned, newest), ...(typeof status === "string" && { status }) };
      const updated = await retryBadRequest(client, () => client.put(path(prior), body));
      return settled(client, updated, planned);
    },

    async delete(client, state) {
      await client.delete(path(state));
      await untilGone(client, `Web deployment "${textIn(state, "name")}"`, () => client.get(path(state)));
    },
  };
}

/** Refused only here, at apply: neither validate nor plan looks at the two together. */
function checkDomains({ allow_all_domains: all, allowed_domains: domains }: Values): void {
  if (all === true && !isEmpty(domains)) {
    throw new ProviderError("Allowed domains cannot be specified when all domains are allowed", "", allowedDomains);
  }
  if (all !== true && isEmpty(domains)) {
    throw new ProviderError(
      "Either allowed domains must be specified or all domains must be allowed",
      "",
      allowedDomains,
    );
  }
}

const allowedDomains = ["allowed_domains"];
const configurationVersion = ["configuration", 0, "version"];

/** The version that was planned, which must be there; the newest where none was. */
function versionForCreate(planned: Values, published: readonly string[]): string {
  const wanted = plannedVersion(planned);
  const version = typeof wanted === "string" && wanted !== "" ? wanted : published.at(-1);
  if (version !== undefined && published.includes(version)) return version;
  throw new ProviderError(
    version === undefined
      ? `Configuration "${configurationId(planned)}" has no published version`
      : `Configuration version "${version}" does not match any existing version`,
    `Published versions: ${published.join(", ") || "none"}.`,
    configurationVersion,
  );
}

/** The provider compares what it planned with what it reads back. */
function checkVersion(planned: Values, state: Values): void {
  const wanted = plannedVersion(planned);
  const found = blocksIn(state, "configuration")[0]?.["version"];
  if (typeof wanted !== "string" || wanted === found) return;
  throw new ProviderError(
    "mismatch on attribute configuration.0.version",
    `expected value: ${JSON.stringify(wanted)}, actual value: ${JSON.stringify(found)}`,
    configurationVersion,
  );
}

function plannedVersion(planned: Values): Value | undefined {
  return blocksIn(planned, "configuration")[0]?.["version"];
}

function configurationId(planned: Values): string {
  return textIn(blocksIn(planned, "configuration")[0], "id");
}
