import { type Deployment } from "../../lib/genesys/deployment";
import { type AuditSubject } from "../../lib/audit/audit";
import { type Credentials, type LiveEndpoints } from "../../lib/platform/endpoints";
import { type ApiOptions, type RunningApi, startApi } from "../../packages/sandbox/lib/api/start";
import {
  type Activation,
  createConfiguration,
  createDeployment,
  type DeploymentSettings,
  publishDraft,
  replaceDeployment,
} from "../../packages/sandbox/lib/cloud/state";
import { Store } from "../../packages/sandbox/lib/cloud/store";
import { listOf } from "./lists";

const active: Activation = { status: "Active" };
const byHand = { now: new Date("2026-01-02T03:04:05.000Z"), user: "by hand", activationDelayMs: 0 };

/** An embedded Genesys Cloud, and a person who changes things in it without a call that anyone would see. */
export class Genesys {
  static async start(options: Omit<ApiOptions, "store"> = {}): Promise<Genesys> {
    const store = Store.open();
    return new Genesys(store, await startApi({ store, ...options }));
  }

  /** Starts such ones in a file of tests, or in a `describe`, and closes them after each test. */
  static inTests(): (options?: Omit<ApiOptions, "store">) => Promise<Genesys> {
    const running: Genesys[] = [];
    afterEach(() => Promise.all(running.splice(0).map((genesys) => genesys.close())));
    return async (options = {}) => {
      const genesys = await Genesys.start(options);
      running.push(genesys);
      return genesys;
    };
  }

  private constructor(
    private readonly store: Store,
    readonly api: RunningApi,
  ) {}

  async close(): Promise<void> {
    await this.api.close();
    this.store.close();
  }

  /** The organisation's endpoints, asked as its first client unless someone else is named. */
  endpoints(credentials: Credentials = this.api.credentials): LiveEndpoints {
    const { url } = this.api;
    return { login: url, api: url, publicFiles: url, credentials };
  }

  /** The id of a new configuration with one published version. */
  configuration(): string {
    const id = this.draft();
    this.publish(id);
    return id;
  }

  /** The id of a new configuration that was never published. */
  draft(): string {
    const content = { name: "Shop", languages: ["en-us"], defaultLanguage: "en-us" };
    return this.store.change((state) => createConfiguration(state, content, active, byHand)).id;
  }

  /** Publishes what is in the draft. */
  publish(configurationId: string): void {
    this.store.change((state) => {
      const configuration = state.configurations.get(configurationId);
      if (configuration !== undefined) publishDraft(state, configuration, byHand);
    });
  }

  /** A deployment as Terraform makes it, and what is then to be audited. */
  deploy(...hosts: readonly string[]): Deployed {
    const derived = listOf(...hosts);
    const settings = { name: "Shop", ...derived.policy, configuration: { id: this.configuration(), version: "1" } };
    const id = this.create(settings);
    return {
      name: "production",
      derived,
      state: { id, ...settings, status: "Active" },
      stateConfigurationVersion: "1",
      status: "Active",
      endpoints: this.endpoints(),
    };
  }

  /** The id of a new deployment. */
  create(settings: DeploymentSettings): string {
    return this.store.change((state) => createDeployment(state, settings, active, byHand)).id;
  }

  /** Changes what a deployment is. */
  edit({ state: { id } }: Deployed, changes: Partial<DeploymentSettings>, activation = active): void {
    this.store.change((state) => {
      const deployment = state.deployments.get(id);
      if (deployment === undefined) throw new Error(`there is no deployment ${id}`);
      const { name, allowAllDomains, allowedDomains, configuration } = deployment;
      const settings = { name, allowAllDomains, allowedDomains, configuration, ...changes };
      replaceDeployment(state, deployment, settings, activation, byHand);
    });
  }

  delete({ state: { id } }: Deployed): void {
    this.store.change((state) => state.deployments.delete(id));
  }

  /** The calls of the platform API, ids written as `{id}`. */
  calls(): readonly string[] {
    return this.api.calls
      .after()
      .map(({ method, path }) => `${method} ${path.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}")}`);
  }
}

/** A subject that was deployed. */
export type Deployed = AuditSubject & { readonly state: Deployment };
