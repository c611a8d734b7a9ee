import { type ApiClient } from "./api-client";
import { type ApiObject } from "../../genesys/api-path";
import { UnsettledError } from "./diagnostic";
import { expand } from "./expand";
import { flatten, stateSoFar } from "./flatten";
import { publishedVersions } from "./published-versions";
import { type Resource } from "./resource";
import { readUnlessGone, retryBadRequest, untilActive, untilGone } from "./retry";
import { type Block } from "../../genesys/provider-schema";
import { textIn, type Values } from "./value";

const configurations = "/api/v2/webdeployments/configurations";

/** Lists that the provider sends even when they are empty. */
const alwaysSent = ["journey_events.excluded_query_parameters", "journey_events.search_query_parameters"];

/**
 * `genesyscloud_webdeployments_configuration`. Every create and update edits the draft and publishes it. A read looks at the
 * version that the state names, so what somebody else publishes stays unseen.
 */
export function configurationResource(block: Block): Resource {
  const path = (state: Values): string => `${configurations}/${textIn(state, "id")}`;
  const bodyOf = (planned: Values): ApiObject => expand(block, planned, alwaysSent);

  const publish = async (client: ApiClient, at: string, planned: Values): Promise<Values> => {
    const what = `The draft of configuration "${textIn(planned, "name")}"`;
    await untilActive(client, what, client.timing.draftActive, () => client.get(`${at}/versions/draft`));
    const published = await retryBadRequest(client, () => client.post(`${at}/versions/draft/publish`));
    return flatten(block, await client.get(`${at}/versions/${String(published["version"])}`), planned);
  };

  return {
    changesWithEveryUpdate: ["version"],

    async create(client, planned) {
      const created = await retryBadRequest(client, () => client.post(configurations, bodyOf(planned)));
      try {
        return await publish(client, `${configurations}/${String(created["id"])}`, planned);
      } catch (error) {
        throw new UnsettledError(error, flatten(block, created, planned));
      }
    },

    async read(client, state) {
      const answer = await readUnlessGone(client, async () => {
        const { version } = state;
        const known = typeof version === "string" ? version : await newestVersion(client, textIn(state, "id"));
        return client.get(`${path(state)}/versions/${known}`);
      });
      return answer && flatten(block, answer, stateSoFar(state));
    },

    async update(client, prior, planned) {
      await retryBadRequest(client, () => client.put(`${path(prior)}/versions/draft`, bodyOf(planned)));
      return publish(client, path(prior), planned);
    },

    async delete(client, state) {
      await client.delete(path(state));
      const what = `Configuration "${textIn(state, "name")}"`;
      await untilGone(client, what, () => client.get(`${path(state)}/versions/draft`));
    },
  };
}

/** What an import looks at, where the state names no version yet. */
async function newestVersion(client: ApiClient, id: string): Promise<string> {
  return (await publishedVersions(client, id)).at(-1) ?? "draft";
}
