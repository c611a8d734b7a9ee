import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { Checkout, type Finished } from "./checkout";

const api = "/api/v2/webdeployments";

/** What a person makes in Genesys Cloud. */
export interface ByHand {
  readonly configurationId: string;
  readonly deploymentId: string;
}

function idOf({ id }: Readonly<Record<string, unknown>>): string {
  if (typeof id === "string") return id;
  throw new Error("What was made has no id.");
}

/** The example application as someone has it who never deployed it, and a Genesys Cloud in which people work by hand. */
export class AdoptProject {
  static async start(): Promise<AdoptProject> {
    return new AdoptProject(await Genesys.start({ api: { activationDelayMs: 0 } }));
  }

  readonly checkout = Checkout.compiled();

  private constructor(readonly genesys: Genesys) {}

  async close(): Promise<void> {
    await this.genesys.close();
    this.checkout.remove();
  }

  /** Runs `origins` in the project. */
  origins(...parameters: readonly string[]): Promise<Finished> {
    return this.checkout.run(this.checkout.origins(...parameters), this.genesys.environment);
  }

  /** Makes a configuration, publishes it, and makes a deployment that shows it. */
  async make(configuration: object, deployment: object): Promise<ByHand> {
    const made = await this.genesys.byHand("POST", `${api}/configurations`, configuration);
    const configurationId = idOf(made);
    await this.publish(configurationId);
    return { configurationId, deploymentId: await this.deploy(configurationId, deployment) };
  }

  /** Makes a deployment that shows the newest version of a configuration. */
  async deploy(configurationId: string, deployment: object): Promise<string> {
    const configuration = { id: configurationId };
    const made = await this.genesys.byHand("POST", `${api}/deployments`, { ...deployment, configuration });
    return idOf(made);
  }

  /** Publishes the draft, changed or not. */
  async publish(configurationId: string, changes?: object): Promise<void> {
    const draft = `${api}/configurations/${configurationId}/versions/draft`;
    if (changes !== undefined) {
      await this.genesys.byHand("PUT", draft, { ...(await this.genesys.byHand("GET", draft)), ...changes });
    }
    await this.genesys.byHand("POST", `${draft}/publish`);
  }

  /** What Genesys has of a deployment, without the time of the last change. */
  live({ configurationId, deploymentId }: ByHand): Promise<readonly object[]> {
    return Promise.all([
      this.genesys.byHand("GET", `${api}/deployments/${deploymentId}`),
      this.genesys.byHand("GET", `${api}/configurations/${configurationId}/versions`),
    ]);
  }

  /** The calls since the last time that changed something. */
  takeWrites(): readonly string[] {
    return this.genesys.takeCalls().filter((call) => !call.startsWith("GET "));
  }

  read(file: string): string {
    return readFileSync(join(this.checkout.folder, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.checkout.folder, file), text);
  }
}
