import { type ApiClient } from "./api-client";
import { type ApiObject } from "./api-path";
import { UnsettledError } from "./diagnostic";
import { expand } from "./expand";
import { flatten } from "./flatten";
import { newestVersion } from "./newest-version";
import { readUnlessGone, retryBadRequest, untilActive, untilGone } from "./retry";
import { type Resource } from "./resource";
import { type Block } from "./schema";
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

  const publish = async (client: ApiClient, at: string, planned: Values): Promise<Values> => {
    const published = await retryBadRequest(client.timing, () => client.post(`${at}/versions/draft/publish`));
    return stateOf(await client.get(`${at}/versions/${String(published["version"])}`), planned);
  };
  const stateOf = (answer: ApiObject, current: Values): Values => flatten(block, answer, current);
  const bodyOf = (planned: Values): ApiObject => expand(block, planned, alwaysSent);

  return {
    changesWithEveryUpdate: ["version"],

    async create(client, planned) {
      const created = await retryBadRequest(client.timing, () => client.post(configurations, bodyOf(planned)));
      const at = `${configurations}/${String(created["id"])}`;
      try {
        await untilActive(client.timing, "the draft", () => client.get(`${at}/versions/draft`));
        return await publish(client, at, planned);
      } catch (error) {
        throw new UnsettledError(error, stateOf(created, planned));
      }
    },

    async read(client, state) {
      const answer = await readUnlessGone(client.timing, async () => {
        const { version } = state;
        const known = typeof version === "string" ? version : await newestVersion(client, textIn(state, "id"));
        return client.get(`${path(state)}/versions/${known ?? "draft"}`);
      });
      return answer === undefined ? undefined : stateOf(answer, state);
    },

    async update(client, prior, planned) {
      const at = path(prior);
      await retryBadRequest(client.timing, () => client.put(`${at}/versions/draft`, bodyOf(planned)));
      await untilActive(client.timing, "the draft", () => client.get(`${at}/versions/draft`));
      return publish(client, at, planned);
    },

    async delete(client, state) {
      await client.delete(path(state));
      await untilGone(client.timing, "the configuration", () => client.get(`${path(state)}/versions/draft`));
    },
  };
}
