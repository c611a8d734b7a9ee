import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Deployment } from "../../packages/sandbox/lib/cloud/state";
import { Genesys, type GenesysOptions } from "../../packages/sandbox/__tests__/provider/genesys";
import { shop, type ShopOptions } from "../../packages/sandbox/__tests__/provider/shop";
import { type TerraformRun, Workspace } from "./terraform";

export const deployments = "/api/v2/webdeployments/deployments";
export const configurations = "/api/v2/webdeployments/configurations";
export const deploymentResource = "genesyscloud_webdeployments_deployment";
export const configurationResource = "genesyscloud_webdeployments_configuration";

/** What Terraform writes under an error about one of the two. */
export const ofDeployment = `with ${deploymentResource}.shop`;
export const ofConfiguration = `with ${configurationResource}.shop`;

/** A case of a fault that ends in an error: what goes wrong, whom the error names, and its words. */
export type Refusal = readonly [fault: string, at: string, words: readonly string[]];

/** What no retry gets over. */
export function refusals(call: string, at: string): readonly Refusal[] {
  return [
    [`400 message="not today" on ${call}`, at, ["API Error: 400 - not today"]],
    [`401 message="who are you" on ${call}`, at, ["API Error: 401 - who are you"]],
    [`403 message="lacks webDeployments:x:y" on ${call}`, at, ["API Error: 403 - lacks webDeployments:x:y"]],
    [`429 retry-after=181 message="much later" on ${call}`, at, ["API Error: 429 - much later"]],
    [`503 message="down" on ${call}`, at, ["API Error: 503 - down"]],
    [`reset on ${call}`, at, ["127.0.0.1:", "cannot be reached"]],
    [`html on ${call}`, at, ["is not valid JSON", "Is a proxy responding instead of the API?"]],
  ];
}

/** Several faults at once, for the calls where one case has to do. */
export function storm(call: string): readonly string[] {
  return ["429 retry-after=0.01", "reset", "503", "html 504"].map((fault) => `${fault} on ${call} first=1`);
}

/** A web shop under Terraform, as the constructs declare one, on an organisation where things go wrong. */
export class FaultedShop {
  static async start({ api, ...more }: GenesysOptions = {}): Promise<FaultedShop> {
    const shift = { milliseconds: 0 };
    const now = (): Date => new Date(Date.now() + shift.milliseconds);
    const genesys = await Genesys.start({ api: { now, ...api }, ...more });
    const started = new FaultedShop(genesys, new Workspace(genesys.provider.reattach), shift);
    await started.declare("www.example.com").terraform.init();
    return started;
  }

  private domain = "";

  private constructor(
    readonly genesys: Genesys,
    readonly terraform: Workspace,
    private readonly shift: { milliseconds: number },
  ) {}

  /** Writes the shop down for Terraform, the status included, so that Terraform restores that as well. */
  declare(domain: string, { deployment, ...more }: ShopOptions = {}): this {
    this.domain = domain;
    this.terraform.write(shop({ ...more, deployment: { status: "Active", allowed_domains: [domain], ...deployment } }));
    return this;
  }

  /** Nothing is there, nothing is remembered, and nothing is declared to go wrong. */
  startAfresh(): void {
    this.mend();
    this.genesys.store.reset();
    for (const file of ["terraform.tfstate", "terraform.tfstate.backup"]) {
      rmSync(join(this.terraform.folder, file), { force: true });
    }
    this.declare("www.example.com");
  }

  /** Declares what goes wrong. */
  given(...faults: readonly string[]): void {
    for (const fault of faults) this.genesys.api.faults.add(fault);
  }

  /** Ends what goes wrong. */
  mend(): void {
    this.genesys.api.faults.clear();
  }

  /** Lets time pass for the platform. */
  wait(milliseconds: number): void {
    this.shift.milliseconds += milliseconds;
  }

  /** How many there are, whether Terraform knows of them or not. */
  get live(): { readonly deployments: number; readonly configurations: number } {
    const { state } = this.genesys.store;
    return { deployments: state.deployments.size, configurations: state.configurations.size };
  }

  /** The deployments that Terraform does not know. */
  get orphans(): readonly Deployment[] {
    const known = this.terraform.attributes(deploymentResource)?.["id"];
    return [...this.genesys.store.state.deployments.values()].filter(({ id }) => id !== known);
  }

  /** Every fault that was declared has done something: a case that tests nothing would not be noticed otherwise. */
  expectStruck(): void {
    for (const { text, struck } of this.genesys.api.faults.list()) expect([text, struck > 0]).toEqual([text, true]);
  }

  /** The run ended in an error that a person can act on: it has these words, and no secret. */
  expectExplained(run: TerraformRun, words: readonly string[]): void {
    expect(run.code).toBe(1);
    for (const each of words) expect(run.text).toContain(each);
    expect(run.text).not.toMatch(/sandbox-secret|[Bb]earer|(?<![\w-])[\w-]{43}(?![\w-])/);
    expect(run.text).not.toContain("The sandbox's provider failed");
  }

  /** Terraform has no change to make, and what its state says is what the platform has and what pages see. */
  async expectAgreement(): Promise<Deployment> {
    expect(await this.terraform.plan()).toMatchObject({ code: 0 });
    const known = this.terraform.attributes(deploymentResource);
    const configuration = this.terraform.attributes(configurationResource);
    const deployment = this.genesys.store.state.deployments.get(String(known?.["id"]));
    if (deployment === undefined) throw new Error("Terraform's state names a deployment that does not exist");
    expect(known).toMatchObject({ allowed_domains: [this.domain], status: "Active" });
    expect(deployment).toMatchObject({
      name: "Shop",
      allowedDomains: [this.domain],
      configuration: { id: configuration?.["id"], version: configuration?.["version"] },
    });
    expect(await this.publicDomains(deployment.id)).toEqual([this.domain]);
    return deployment;
  }

  /** What pages see. */
  async publicDomains(id: string): Promise<unknown> {
    const file = await fetch(`${this.genesys.api.url}/webdeployments/v1/deployments/${id}/domains.json`);
    return ((await file.json()) as { readonly allowedDomains: unknown }).allowedDomains;
  }

  async close(): Promise<void> {
    this.terraform.remove();
    await this.genesys.close();
  }
}
