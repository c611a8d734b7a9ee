import { AccessToken, cursorIn } from "../lib/platform/platform-api";
import { type Credentials, type LiveEndpoints } from "../lib/platform/endpoints";
import { isObject, type JsonObject, textIn } from "../lib/platform/json-fields";
import { type Answer, interference, jsonOf } from "../lib/base/http-answer";
import { Http, type Line } from "../lib/base/http";
import { UserError } from "../lib/base/errors";
import { type Kind, type Made, madeIn } from "./made";

/** The part of an object of the API that a client decides; the rest is the platform's. */
const ofThePlatform = [
  ...["id", "selfUri", "snippet", "dateCreated", "dateModified", "datePublished"],
  ...["createdUser", "lastModifiedUser", "publishedUser", "version", "status"],
];

/** What the API answered to one call. */
export interface ApiAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** The platform API of the organisation, which a person would edit in Genesys Cloud's own pages. */
export class Organisation {
  private readonly http = new Http();
  /** A creation is not repeated: nothing would tell whether the first one was carried out. */
  private readonly once = new Http({ attempts: 1 });
  private readonly line: Line;
  private readonly token: AccessToken;

  constructor(
    readonly endpoints: LiveEndpoints,
    credentials: Credentials,
  ) {
    this.line = this.http.line();
    this.token = new AccessToken(this.http, endpoints.login, credentials);
  }

  /**
   * One call, whatever the API answers.
   *
   * @throws UserError where something else answers, or nothing does
   */
  async ask(method: string, path: string, body?: object): Promise<ApiAnswer> {
    const http = method === "POST" ? this.once : this.http;
    const answer: Answer = await http.ask(this.line, new URL(path, this.endpoints.api), {
      method,
      headers: {
        authorization: `Bearer ${await this.token.current()}`,
        accept: "application/json",
        ...(body !== undefined && { "content-type": "application/json" }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const between = interference(answer);
    if (between !== undefined || answer.outcome === "silence") {
      throw new UserError(`${method} ${path}: ${between?.reason ?? "no answer"}`);
    }
    return { status: answer.status, json: jsonOf(answer) };
  }

  /**
   * One call that must succeed.
   *
   * @throws UserError with the API's own words
   */
  async call(method: string, path: string, body?: object): Promise<JsonObject> {
    const answer = await this.ask(method, path, body);
    if (answer.status < 200 || answer.status >= 300) {
      throw new UserError(`${method} ${path} answers ${refusalWords(answer)}`);
    }
    return isObject(answer.json) ? answer.json : {};
  }

  /** Everything of a kind whose name is one that a run of the live check gives. */
  async made(kind: Kind): Promise<readonly Made[]> {
    return (await this.entities(kind)).flatMap((entity) => madeIn(kind, entity) ?? []);
  }

  /** The whole list of a kind. */
  async entities(kind: Kind): Promise<readonly JsonObject[]> {
    const entities: JsonObject[] = [];
    for (let after: string | null | undefined; after !== null;) {
      const query = new URLSearchParams({ pageSize: "300", ...(after !== undefined && { after }) });
      const page = await this.call("GET", `${pathOf(kind)}?${query.toString()}`);
      const found = entitiesIn(page);
      if (found === undefined) throw new UserError(`GET ${pathOf(kind)} answers without a list`);
      entities.push(...found);
      const cursor = cursorIn(page["nextUri"]);
      if (cursor !== null && cursor === after) throw new UserError(`GET ${pathOf(kind)} does not come to an end`);
      after = cursor;
    }
    return entities;
  }

  /** An object as its own answer shows it. */
  shown({ kind, id }: Pick<Made, "kind" | "id">): Promise<JsonObject> {
    return this.call("GET", `${pathOf(kind)}/${id}${kind === "configuration" ? "/versions/draft" : ""}`);
  }

  /**
   * Changes a deployment as a person does: the API has no partial update.
   *
   * @throws UserError with the API's own words
   */
  async edit(id: string, changes: object): Promise<void> {
    const answer = await this.tryEdit(id, changes);
    if (answer.status >= 300) throw new UserError(`The API answers the change with ${refusalWords(answer)}`);
  }

  /** The same, whatever the API answers. */
  async tryEdit(id: string, changes: object): Promise<ApiAnswer> {
    const shown = await this.shown({ kind: "deployment", id });
    const { status } = shown;
    const isChosen = status === "Active" || status === "Inactive"; // the others are the platform's
    const body = { ...settingsOf(shown), ...(isChosen && { status }), ...changes };
    return this.ask("PUT", `${pathOf("deployment")}/${id}`, body);
  }

  /** Changes the draft of a configuration and publishes it; answers the number of the version. */
  async publish(configurationId: string, changes: object = {}): Promise<string> {
    const draft = `${pathOf("configuration")}/${configurationId}/versions/draft`;
    if (Object.keys(changes).length > 0) {
      await this.call("PUT", draft, { ...settingsOf(await this.call("GET", draft)), ...changes });
    }
    const version = textIn(await this.call("POST", `${draft}/publish`), "version");
    if (version === undefined) throw new UserError(`POST ${draft}/publish answers without a version`);
    return version;
  }
}

/** What a page of a list holds; undefined where the answer is not one. */
export function entitiesIn(answer: unknown): readonly JsonObject[] | undefined {
  const entities = isObject(answer) ? answer["entities"] : undefined;
  return Array.isArray(entities) ? entities.filter(isObject) : undefined;
}

/** Of an answer what a client may send back. */
export function settingsOf(answer: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => !ofThePlatform.includes(name)));
}

/** Where the API has the objects of a kind. */
export function pathOf(kind: Kind): string {
  return `/api/v2/webdeployments/${kind}s`;
}

/** A refusal in a few words, such as `400 (bad.request: "…")`. */
export function refusalWords({ status, json }: ApiAnswer): string {
  if (!isObject(json)) return String(status);
  const words = [textIn(json, "code"), textIn(json, "message")].filter((word) => word !== undefined);
  return words.length === 0 ? String(status) : `${status} (${words.join(": ")})`;
}
