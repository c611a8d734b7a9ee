import { type ApiObject, type Block } from "../../../../lib/genesys/provider-schema";
import { type ApiClient } from "./api-client";
import { expand, flatten, ofConfiguration as peculiarities, stateSoFar } from "./body";
import { publishedVersions } from "./data-source";
import { CrashError, UnsettledError } from "./diagnostic";
import { readUnlessGone, retryBadRequest, untilActive, untilGone } from "./retry";
import { textIn, type Values } from "./value";

/** What the provider does for one type of resource. Each answers the whole state, or throws a `ProviderError`. */
export interface Resource {
  /** The computed attributes that every update changes. */
  readonly changesWithEveryUpdate: readonly string[];
  create(client: ApiClient, planned: Values): Promise<Values>;
  /** Undefined when the object is gone. */
  read(client: ApiClient, state: Values): Promise<Values | undefined>;
  update(client: ApiClient, prior: Values, planned: Values): Promise<Values>;
  delete(client: ApiClient, state: Values): Promise<void>;
}

const configurations = "/api/v2/webdeployments/configurations";

/**
 * `genesyscloud_webdeployments_configuration`. Every create and update edits the draft and publishes it. A read looks at the
 * version that the state names, so a version published by someone else is not seen.
 */
export function configurationResource(block: Block): Resource {
  const path = (state: Values): string => `${configurations}/${textIn(state, "id")}`;
  const bodyOf = (planned: Values, prior: Values | null): ApiObject => expand(block, planned, { prior, peculiarities });
  const stateOf = (answer: ApiObject, current: Values | null): Values => flatten(block, answer, current, peculiarities);

  const publish = async (client: ApiClient, at: string, planned: Values): Promise<Values> => {
    const what = `The draft of configuration "${textIn(planned, "name")}"`;
    await untilActive(client, what, client.timing.draftActive, () => client.get(`${at}/versions/draft`));
    const published = await retryBadRequest(client, () => client.post(`${at}/versions/draft/publish`));
    return stateOf(await client.get(`${at}/versions/${String(published["version"])}`), planned);
  };

  return {
    changesWithEveryUpdate: ["version"],

    async create(client, planned) {
      const body = bodyOf(planned, null);
      const created = await retryBadRequest(client, () => client.post(configurations, body));
      try {
        return await publish(client, `${configurations}/${String(created["id"])}`, planned);
      } catch (error) {
        if (error instanceof CrashError) throw error;
        throw new UnsettledError(error, stateOf(created, planned));
      }
    },

    async read(client, state) {
      const answer = await readUnlessGone(client, async () => {
        const { version } = state;
        const known = typeof version === "string" ? version : await newestVersion(client, textIn(state, "id"));
        return client.get(`${path(state)}/versions/${known}`);
      });
      return answer && stateOf(answer, stateSoFar(state));
    },

    async update(client, prior, planned) {
      const body = bodyOf(planned, prior);
      await retryBadRequest(client, () => client.put(`${path(prior)}/versions/draft`, body));
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
