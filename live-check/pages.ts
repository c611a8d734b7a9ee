import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request as http } from "node:http";
import { request as https } from "node:https";
import { text } from "node:stream/consumers";
import { interference, jsonOf } from "../lib/base/http-answer";
import { Http } from "../lib/base/http";
import { isObject, type JsonObject, textIn } from "../lib/platform/json-fields";
import { type Look } from "./findings";
import { type Means, type Probe, timeUntil, within } from "./probe";
import { hosts } from "./project";

/** How long the public files may lag behind: the default wait of `origins deploy`. */
const lag = within(60);

/** One of the files that a page of the Messenger loads. */
interface PublicFile {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
}

/** Reads a deployment's public files as they are. */
export class Pages {
  private readonly http = new Http();
  private readonly line = this.http.line();

  constructor(private readonly address: string) {}

  /** @throws where something else answers, or nothing does */
  async file(id: string, name: string): Promise<PublicFile> {
    const url = new URL(`/webdeployments/v1/deployments/${id}/${name}.json`, this.address);
    const answer = await this.http.ask(this.line, url, { headers: { origin: `https://${hosts[0]}` } });
    if (answer.outcome === "silence") throw new Error(answer.reason);
    const between = answer.status === 403 ? undefined : interference(answer);
    if (between !== undefined) throw new Error(between.reason);
    const json = jsonOf(answer);
    return { status: answer.status, headers: answer.headers, json: isObject(json) ? json : {} };
  }
}

const headersOfInterest = ["content-type", "cache-control", "age", "access-control-allow-origin", "vary", "x-cache"];

/** How fast the public files follow, and what is in them. */
export async function lookAtPublicFiles(look: Look, means: Means, probe: Probe): Promise<void> {
  const { organisation } = means;
  const pages = new Pages(organisation.endpoints.publicFiles);
  const follows = (file: string, expected: JsonObject, since = performance.now()): Promise<string> =>
    timeUntil(
      means,
      async () => {
        const { json } = await pages.file(probe.id, file);
        return Object.entries(expected).every(([name, value]) => JSON.stringify(json[name]) === JSON.stringify(value));
      },
      since,
    );
  /** Changes the deployment, and measures how long a file takes to say so. */
  const after = async (file: string, changes: object, expected: JsonObject): Promise<string> => {
    await organisation.edit(probe.id, changes);
    return follows(file, expected);
  };

  await look("domains.json after the creation", lag, () =>
    follows("domains", { allowAllDomains: false, allowedDomains: hosts }, probe.madeAt),
  );
  await look("config.json after the creation", lag, () => follows("config", { status: "Active" }, probe.madeAt));
  await look("the deployment is Active after the creation", lag, () => probe.settled());
  const fewer = { allowedDomains: [hosts[0]] };
  await look("domains.json after an entry was removed", lag, () => after("domains", fewer, fewer));
  const all = { allowedDomains: hosts };
  await look("domains.json after an entry was added", lag, () => after("domains", all, all));
  await look("config.json after the deployment became Inactive", lag, () =>
    after("config", { status: "Inactive" }, { status: "Inactive" }),
  );
  await look("config.json after the deployment became Active", lag, () =>
    after("config", { status: "Active" }, { status: "Active" }),
  );
  await look("config.json after another version was published and deployed", lag, async () => {
    const version = await organisation.publish(probe.configurationId, { languages: ["en-us", "fr"] });
    return after("config", { configuration: { id: probe.configurationId, version } }, { version });
  });
  await look("domains.json of an id that no deployment has", "403", async () =>
    String((await pages.file(randomUUID(), "domains")).status),
  );
  for (const name of ["domains", "config"]) {
    await look(`the headers of ${name}.json`, undefined, async () => {
      const { headers } = await pages.file(probe.id, name);
      const found = headersOfInterest.flatMap((each) => (headers.has(each) ? [`${each}: ${headers.get(each)}`] : []));
      return found.join("; ");
    });
  }
  await look("the fields of config.json", undefined, async () => {
    const { json } = await pages.file(probe.id, "config");
    return Object.keys(json).sort().join(", ");
  });
  await look("the id in config.json", undefined, async () => {
    const id = textIn((await pages.file(probe.id, "config")).json, "id");
    if (id === probe.id) return "the deployment's";
    return id === probe.configurationId ? "the configuration's" : "another one";
  });
}

/** How the server answers the handshake of a WebSocket. No message is sent, so that no conversation begins. */
export async function lookAtWebSocket(look: Look, means: Means, probe: Probe): Promise<void> {
  const address = webSocketAddress(means.organisation.endpoints.publicFiles);
  const page = `https://${hosts[0]}`;
  const ask = (origin?: string, id = probe.id): Promise<Handshake> => handshake(address, id, origin);
  const accepted = (): Promise<string> => timeUntil(means, async () => (await ask(page)).status === 101);
  await look("a handshake from an allowed page", "101", async () => {
    const time = await accepted(); // its servers may learn of a new deployment later than the public files
    const { status, ...more } = await ask(page);
    return { words: String(status), details: { ...more, "accepted after": time } };
  });
  const unknownId = randomUUID();
  const rows: readonly (readonly [what: string, expected: string | undefined, answer: () => Promise<Handshake>])[] = [
    ["from a page that is not in the list", "403", () => ask("https://stranger.example.net")],
    ["with an id that no deployment has", "403", () => ask(page, unknownId)],
    ["from a subdomain of an entry", undefined, () => ask(`https://sub.${hosts[0]}`)],
    ["from an allowed host with a port", undefined, () => ask(`${page}:8443`)],
    ["from an allowed host with http", undefined, () => ask(`http://${hosts[0]}`)],
    ["from an allowed host in capitals", undefined, () => ask(`https://${hosts[0].toUpperCase()}`)],
    ["from the origin null", undefined, () => ask("null")],
    ["without an Origin", undefined, () => ask()],
  ];
  for (const [what, expected, answer] of rows) {
    await look(`a handshake ${what}`, expected, async () => {
      const { status, ...more } = await answer();
      return { words: String(status), details: more };
    });
  }
  for (const [what, allowedDomains] of [
    ["its page was removed from the list", [hosts[1]]],
    ["the list was emptied", []],
  ] as const) {
    await look(`a handshake after ${what}`, undefined, async () => {
      await accepted();
      await means.organisation.edit(probe.id, { allowedDomains });
      let last: Handshake | undefined;
      const time = await timeUntil(means, async () => (last = await ask(page)).status !== 101);
      await probe.restore();
      return { words: time.startsWith("not") ? `still accepted, ${time}` : `refused after ${time}`, details: last };
    });
  }
}

/** Where the region's WebSocket is: beside its public files, and in the sandbox at the same address. */
function webSocketAddress(publicFiles: string): URL {
  return new URL("/v1", publicFiles.replace("//api-cdn.", "//webmessaging."));
}

const timeoutMs = 10_000;

/** How the server answered. */
interface Handshake {
  readonly status: number;
  readonly contentType?: string;
  /** The beginning of the body of a refusal. */
  readonly body?: string;
}

/** Asks for the upgrade, and hangs up on the answer. */
async function handshake(address: URL, id: string, origin: string | undefined): Promise<Handshake> {
  const url = new URL(address);
  url.searchParams.set("deploymentId", id);
  const asked = (url.protocol === "https:" ? https : http)(url, {
    agent: false,
    timeout: timeoutMs,
    headers: {
      Connection: "Upgrade",
      Upgrade: "websocket",
      "Sec-WebSocket-Version": "13",
      "Sec-WebSocket-Key": randomBytes(16).toString("base64"),
      ...(origin !== undefined && { Origin: origin }),
    },
  });
  asked.on("timeout", () => asked.destroy(new Error(`${url.host} did not answer within ${timeoutMs / 1_000} s`)));
  asked.end();
  const [answer] = (await Promise.race([once(asked, "upgrade"), once(asked, "response")])) as [IncomingMessage];
  const { statusCode: status = 0, headers } = answer;
  const contentType = headers["content-type"];
  const body = status === 101 ? "" : (await text(answer)).slice(0, 300);
  asked.destroy();
  return { status, ...(contentType !== undefined && { contentType }), ...(body !== "" && { body }) };
}
