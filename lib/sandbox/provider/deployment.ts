import { type ApiClient } from "./api-client";
import { type ApiObject } from "./api-path";
import { ProviderError, UnsettledError } from "./diagnostic";
import { expand } from "./expand";
import { flatten } from "./flatten";
import { newestVersion } from "./newest-version";
import { readUnlessGone, retryBadRequest, untilActive, untilGone } from "./retry";
import { type Resource } from "./resource";
import { type Block } from "./schema";
import { sleep } from "./timing";
import { blocksIn, isList, textIn, UnknownValue, type Values } from "./value";

const deployments = "/api/v2/webdeployments/deployments";

/**
 * `genesyscloud_webdeployments_deployment`, with its blind spots: a read keeps the domains of the state when the live list
 * is empty, and an update always points to the newest published version of the configuration, whatever was planned.
 */
export function deploymentResource(block: Block): Resource {
  const path = (state: Values): string => `${deployments}/${textIn(state, "id")}`;

  const stateOf = (answer: ApiObject, current: Values): Values => {
    const state = flatten(block, answer, current);
    const domains = state["allowed_domains"];
    const isEmpty = domains === null || domains === undefined || (isList(domains) && domains.length === 0);
    return isEmpty ? { ...state, allowed_domains: current["allowed_domains"] ?? null } : state;
  };

  const bodyOf = async (client: ApiClient, planned: Values): Promise<ApiObject> => {
    checkDomains(planned);
    const id = textIn(blocksIn(planned, "configuration")[0], "id");
    const version = await newestVersion(client, id);
    return {
      ...expand(block, planned),
      allowAllDomains: planned["allow_all_domains"] === true,
      allowedDomains: planned["allowed_domains"] ?? [],
      configuration: { id, ...(version !== undefined && { version }) },
    };
  };

  /** What the deployment has come to once it is `Active`; any other status that was asked for is waited for in vain. */
  const settled = async (client: ApiClient, answer: ApiObject, planned: Values): Promise<Values> => {
    const { status } = planned;
    const inVain = typeof status === "string" && status !== "Active";
    let seen = answer;
    try {
      await untilActive(client.timing, "the deployment", async () => {
        seen = await client.get(`${deployments}/${String(answer["id"])}`);
        return inVain ? { ...seen, status } : seen;
      });
      checkVersion(planned, stateOf(seen, planned));
      return stateOf(seen, planned);
    } catch (error) {
      throw new UnsettledError(error, stateOf(seen, planned));
    }
  };

  return {
    changesWithEveryUpdate: [],

    async create(client, planned) {
      const body = await bodyOf(client, planned);
      const created = await retryBadRequest(client.timing, () => client.post(deployments, body));
      await sleep(client.timing.afterCreate);
      return settled(client, created, planned);
    },

    async read(client, state) {
      const answer = await readUnlessGone(client.timing, () => client.get(path(state)));
      return answer === undefined ? undefined : stateOf(answer, state);
    },

    async update(client, prior, planned) {
      const { status } = planned;
      const body = { ...(await bodyOf(client, planned)), ...(typeof status === "string" && { status }) };
      const updated = await retryBadRequest(client.timing, () => client.put(path(prior), body));
      return settled(client, updated, planned);
    },

    async delete(client, state) {
      await client.delete(path(state));
      await untilGone(client.timing, "the deployment", () => client.get(path(state)));
    },
  };
}

/** Refused only here, at apply: neither validate nor plan looks at the two together. */
function checkDomains({ allow_all_domains: all, allowed_domains: domains }: Values): void {
  const some = isList(domains) && domains.length > 0;
  if (all === true && some) throw new ProviderError("Allowed domains cannot be specified when all domains are allowed");
  if (all !== true && !some) {
    throw new ProviderError("Either allowed domains must be specified or all domains must be allowed");
  }
}

/** The provider compares what it planned with what it reads back. */
function checkVersion(planned: Values, state: Values): void {
  const wanted = blocksIn(planned, "configuration")[0]?.["version"];
  const found = blocksIn(state, "configuration")[0]?.["version"];
  if (wanted === null || wanted === undefined || wanted instanceof UnknownValue || wanted === found) return;
  throw new ProviderError(
    "mismatch on attribute configuration.0.version",
    `expected ${JSON.stringify(wanted)}, the deployment has ${JSON.stringify(found)}`,
    ["configuration", 0, "version"],
  );
}
