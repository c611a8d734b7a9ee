import { setTimeout as sleep } from "node:timers/promises";
import { UserError } from "../lib/base/errors";
import { isObject, type JsonObject, textIn } from "../lib/platform/json-fields";
import { type Expected } from "./findings";
import { type Run } from "./made";
import { type Organisation, pathOf, refusalWords } from "./organisation";
import { hosts } from "./project";

const [deployments, configurations] = [pathOf("deployment"), pathOf("configuration")];

/** What the measurements share. */
export interface Means {
  readonly organisation: Organisation;
  readonly run: Run;
  readonly interruption: AbortSignal;
  /** How long one wait for the platform may take, in milliseconds. */
  readonly patience: number;
}

/** A deployment and its configuration that are made through the API, to look at the platform itself. */
export class Probe {
  /**
   * Makes both. First a deployment is made and deleted again: a client that may not delete must not make more.
   *
   * @throws UserError where the API refuses
   */
  static async make(means: Means): Promise<Probe> {
    const { organisation, run } = means;
    const configurationId = await makeConfiguration(means, "probe");
    await activeDraft(means, configurationId);
    const version = await organisation.publish(configurationId);
    const body = {
      name: `${run.name} probe`,
      description: run.description,
      allowAllDomains: false,
      allowedDomains: hosts,
      configuration: { id: configurationId, version },
    };
    const first = idIn(await organisation.call("POST", deployments, body));
    const answer = await timeUntil(means, async () => {
      const deleted = await organisation.ask("DELETE", `${deployments}/${first}`);
      if (deleted.status === 401 || deleted.status === 403) {
        throw new UserError(`The client cannot delete what it creates: the API answers ${refusalWords(deleted)}.`);
      }
      return deleted.status < 300; // it may refuse for as long as the deployment is Pending
    });
    if (answer.startsWith("not")) throw new UserError(`The deployment "${body.name}" cannot be deleted: ${answer}.`);
    const id = idIn(await organisation.call("POST", deployments, body));
    return new Probe(means, id, configurationId, performance.now());
  }

  private constructor(
    private readonly means: Means,
    readonly id: string,
    readonly configurationId: string,
    /** When the API had answered its creation. */
    readonly madeAt: number,
  ) {}

  /** The deployment as the API answers it. */
  shown(): Promise<JsonObject> {
    return this.means.organisation.shown({ kind: "deployment", id: this.id });
  }

  /** Waits until the platform has made it `Active`; answers how long after its creation that was, at the latest. */
  settled(): Promise<string> {
    const { organisation } = this.means;
    const isActive = async (): Promise<boolean> => {
      const { json } = await organisation.ask("GET", `${deployments}/${this.id}`); // it may not be found yet
      return isObject(json) && json["status"] === "Active";
    };
    return timeUntil(this.means, isActive, this.madeAt);
  }

  /** Brings the list back. */
  restore(): Promise<void> {
    return this.means.organisation.edit(this.id, { allowAllDomains: false, allowedDomains: hosts });
  }
}

/** Makes a configuration through the API, with nothing but languages and what is given; answers its id. */
export async function makeConfiguration(
  { organisation, run }: Means,
  name: string,
  content: object = { languages: ["en-us"], defaultLanguage: "en-us" },
): Promise<string> {
  const body = { name: `${run.name} ${name}`, description: run.description, ...content };
  return idIn(await organisation.call("POST", configurations, body));
}

/** Waits until the draft of a configuration can be published; answers how long that took. */
export function activeDraft(means: Means, id: string): Promise<string> {
  return timeUntil(means, async () => {
    const { json } = await means.organisation.ask("GET", `${configurations}/${id}/versions/draft`);
    return isObject(json) && json["status"] === "Active";
  });
}

/** Looks again and again until something is so: `1.2 s`, or `not within 600 s`. The pauses between are up to 2 s. */
export async function timeUntil(
  { interruption, patience }: Means,
  isSo: () => Promise<boolean>,
  since = performance.now(),
): Promise<string> {
  for (let pause = 100; ; pause = Math.min(1.5 * pause, 2_000)) {
    if (await isSo()) return `${((performance.now() - since) / 1_000).toFixed(1)} s`;
    if (performance.now() - since + pause > patience) return `not within ${patience / 1_000} s`;
    await sleep(pause, undefined, { signal: interruption });
  }
}

/** A time of {@link timeUntil}. */
export function within(seconds: number): Expected {
  const holds = (measured: string): boolean => Number(/^([\d.]+) s$/.exec(measured)?.[1] ?? Infinity) <= seconds;
  return { words: `at most ${seconds} s`, holds };
}

export function idIn(answer: unknown): string {
  const id = isObject(answer) ? textIn(answer, "id") : undefined;
  if (id === undefined) throw new UserError("The API answers a creation without an id");
  return id;
}
