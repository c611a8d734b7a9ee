import { isObject, type JsonObject, textIn } from "../lib/platform/json-fields";
import { type Look, type Measured, NotMeasured } from "./findings";
import { entitiesIn, pathOf, refusalWords, settingsOf } from "./organisation";
import { activeDraft, idIn, makeConfiguration, type Means, type Probe, timeUntil, within } from "./probe";
import { hosts } from "./project";

const [deployments, configurations] = [pathOf("deployment"), pathOf("configuration")];

const languages = { languages: ["en-us"], defaultLanguage: "en-us" };

/** Blocks of which little is said, so that the platform can add the rest. */
const blocks = {
  ...languages,
  messenger: { enabled: true, apps: { conversations: { enabled: true } }, launcherButton: { visibility: "On" } },
  journeyEvents: { enabled: false },
  cobrowse: { enabled: false },
};

/** What the platform API does with configurations and deployments. */
export async function lookAtApi(look: Look, means: Means, probe: Probe): Promise<void> {
  const { organisation, run } = means;
  for (const [what, name, content] of [
    ["nothing but languages", "defaults", languages],
    ["blocks of which little is said", "blocks", blocks],
  ] as const) {
    let id = "";
    await look(`a configuration of ${what}: time until its draft is Active`, within(30), async () => {
      id = await makeConfiguration(means, name, content);
      return activeDraft(means, id);
    });
    await look(`a configuration of ${what}: what the platform adds`, undefined, async () => {
      const version = await organisation.publish(id);
      const shown = await organisation.call("GET", `${configurations}/${id}/versions/${version}`);
      return added({ name: "", description: "", ...content }, shown);
    });
  }
  await look("a configuration without languages", undefined, async () =>
    refusalWords(
      await organisation.ask("POST", configurations, { name: `${run.name} bare`, description: run.description }),
    ),
  );
  await look("versions of a configuration, in the order of the list", undefined, async () => {
    await organisation.publish(probe.configurationId, { languages: ["en-us", "de"] });
    const listed = await organisation.call("GET", `${configurations}/${probe.configurationId}/versions`);
    return (entitiesIn(listed) ?? []).map((each) => textIn(each, "version")).join(", ");
  });
  await look("the version that stands for a configuration in the list of all", undefined, async () => {
    const listed = (await organisation.entities("configuration")).find(({ id }) => id === probe.configurationId);
    if (listed === undefined) throw new NotMeasured("the list does not have it");
    return textIn(listed, "version") ?? "none";
  });
  await look("a deployment in the list of all has the same fields as its own answer", undefined, async () => {
    const listed = (await organisation.entities("deployment")).find(({ id }) => id === probe.id);
    if (listed === undefined) throw new NotMeasured("the list does not have it");
    return difference(listed, await probe.shown());
  });
  await look("a deployment that names no version of its configuration shows", undefined, async () => {
    const id = await makeConfiguration(means, "unversioned");
    await activeDraft(means, id);
    await organisation.publish(id);
    const body = { name: `${run.name} unversioned`, description: run.description, allowAllDomains: false };
    const answer = await organisation.ask("POST", deployments, {
      ...body,
      allowedDomains: hosts,
      configuration: { id },
    });
    if (answer.status >= 300) return refusalWords(answer);
    const made = idIn(answer.json);
    await timeUntil(means, async () => (await organisation.ask("GET", `${deployments}/${made}`)).status === 200);
    const { configuration } = await organisation.shown({ kind: "deployment", id: made });
    const deleted = await organisation.ask("DELETE", `${configurations}/${id}`);
    return {
      words: `version ${isObject(configuration) ? (textIn(configuration, "version") ?? "none") : "none"}`,
      details: { "deleting a configuration that a deployment shows": refusalWords(deleted) },
    };
  });
  await look("all domains allowed, and a list beside it", "400", async () => {
    const answer = await organisation.tryEdit(probe.id, { allowAllDomains: true, allowedDomains: hosts });
    if (answer.status < 300) await probe.restore();
    return { words: String(answer.status), details: refusalWords(answer) };
  });
  await look("the ids of integration types for OpenID Connect", undefined, async () => {
    const answer = await organisation.ask("GET", "/api/v2/integrations/types?pageSize=300");
    const entities = entitiesIn(answer.json);
    if (answer.status !== 200 || entities === undefined) throw new NotMeasured(`the API answers ${answer.status}`);
    const ids = entities.flatMap((each) => textIn(each, "id") ?? []);
    return ids.filter((id) => /open-?id|oidc|messag/i.test(id)).join(", ") || "none";
  });
}

/** Entries as people write them. All but the first few match no page, if they are stored at all. */
const entries = [
  "xn--bcher-kva.live-check.example.com",
  "localhost",
  "127.0.0.1",
  "[::1]",
  "WWW.LIVE-CHECK.EXAMPLE.COM",
  "bücher.live-check.example.com",
  "https://www.live-check.example.com",
  "www.live-check.example.com:8443",
  "www.live-check.example.com/shop",
  "*.live-check.example.com",
  ".live-check.example.com",
  "www.live-check.example.com.",
  "vercel.app",
  "live check",
  "",
];

const sizes = [100, 250, 500, 1_000, 2_500, 5_000];

/** What the platform API does with lists that a derived one never is. */
export async function lookAtEntries(look: Look, { organisation }: Means, probe: Probe): Promise<void> {
  const put = async (allowedDomains: readonly string[]): Promise<string> => {
    const answer = await organisation.tryEdit(probe.id, { allowAllDomains: false, allowedDomains });
    if (answer.status >= 300) return refusalWords(answer);
    const stored = (await probe.shown())["allowedDomains"];
    return JSON.stringify(stored) === JSON.stringify(allowedDomains) ? "stored as it is" : JSON.stringify(stored);
  };
  for (const entry of entries) await look(`the entry "${entry}"`, undefined, () => put([entry]));
  await look("an entry twice", undefined, () => put([hosts[0], hosts[0]]));
  await look("entries in another order than the alphabet's", "stored as it is", () => put([hosts[1], hosts[0]]));
  await look("an empty list", "stored as it is", () => put([]));
  await look("the longest list", undefined, async () => {
    let longest = 0;
    for (const size of sizes) {
      const stored = await put(Array.from({ length: size }, (_, index) => `host-${index}.live-check.example.com`));
      if (stored !== "stored as it is")
        return { words: `${longest} entries, not ${size}`, details: stored.slice(0, 500) };
      longest = size;
    }
    return `${longest} entries (no more were tried)`;
  });
  await probe.restore();
}

/** What an answer has that was not sent. */
function added(sent: JsonObject, shown: JsonObject): Measured {
  const known = new Set(leaves(sent).keys());
  const more = [...leaves(settingsOf(shown))].filter(([path]) => !known.has(path));
  if (more.length === 0) return "nothing";
  return { words: `${more.length} values`, details: Object.fromEntries(more) };
}

function difference(listed: JsonObject, own: JsonObject): string {
  const [of, its] = [listed, own].map((each) => [...leaves(each).keys()]);
  const less = its?.filter((path) => of?.includes(path) !== true) ?? [];
  const more = of?.filter((path) => its?.includes(path) !== true) ?? [];
  if (less.length + more.length === 0) return "yes";
  return `no; missing: ${less.join(", ") || "nothing"}; more: ${more.join(", ") || "nothing"}`;
}

/** Every value in an object, by its path; a list counts as one value. */
function leaves(object: JsonObject, prefix = ""): ReadonlyMap<string, unknown> {
  return new Map(
    Object.entries(object).flatMap(([name, value]) =>
      isObject(value) && Object.keys(value).length > 0
        ? [...leaves(value, `${prefix}${name}.`)]
        : [[`${prefix}${name}`, value] as const],
    ),
  );
}
