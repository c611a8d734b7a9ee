import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTerraform } from "../../lib/terraform/binary";
import { parseState, type State } from "../../lib/terraform/state";
import { readStacks, type SynthesizedStack } from "../../lib/terraform/stacks";
import { StackTerraform } from "../../lib/terraform/stack-terraform";
import { type StackTerraformOptions } from "../../lib/terraform/terraform-in-folder";
import { shop, type ShopOptions } from "../../packages/sandbox/__tests__/provider/shop";

/** The program of the tests; they run only where there is one. */
export const terraform = findTerraform(process.env);

/** A project as a synthesis leaves it: one stack, `shop`, with local state beside `cdktf.out`. */
export class StackFolder {
  readonly project = realpathSync(mkdtempSync(join(tmpdir(), "project-")));
  readonly outdir = join(this.project, "cdktf.out");
  readonly environment: NodeJS.ProcessEnv;

  /** @param reattach the value of `TF_REATTACH_PROVIDERS` */
  constructor(reattach: string, environment: NodeJS.ProcessEnv = {}) {
    this.environment = { ...process.env, ...environment, TF_REATTACH_PROVIDERS: reattach };
    mkdirSync(join(this.outdir, "stacks", "shop"), { recursive: true });
    const stack = {
      constructPath: "shop",
      dependencies: [],
      synthesizedStackPath: "stacks/shop/cdk.tf.json",
      workingDirectory: "stacks/shop",
    };
    writeFileSync(join(this.outdir, "manifest.json"), JSON.stringify({ stacks: { shop: stack } }));
    this.write();
  }

  /** Replaces what the stack declares. */
  write(
    options: ShopOptions & { readonly backend?: object; readonly output?: object; readonly resource?: object } = {},
  ): this {
    const { backend = { local: { path: "../../../terraform.shop.tfstate" } }, output, resource, ...declared } = options;
    const declaration = shop(declared) as { readonly resource: object };
    const content = {
      ...declaration,
      resource: { ...declaration.resource, ...resource },
      ...(output !== undefined && { output }),
      terraform: {
        backend,
        required_providers: { genesyscloud: { source: "mypurecloud/genesyscloud", version: "~> 1.84" } },
      },
    };
    writeFileSync(join(this.outdir, "stacks", "shop", "cdk.tf.json"), JSON.stringify(content));
    return this;
  }

  get stack(): SynthesizedStack {
    const [stack] = readStacks(this.outdir);
    if (stack === undefined) throw new Error("There is no stack.");
    return stack;
  }

  /** A fresh one, as every command makes it. */
  terraform(options: Partial<StackTerraformOptions> = {}): StackTerraform {
    if (!("version" in terraform)) throw new Error(terraform.reason);
    return new StackTerraform(this.stack, { command: terraform.command, environment: this.environment, ...options });
  }

  /** Plans and applies. */
  async deploy(): Promise<void> {
    const running = this.terraform();
    await running.apply(await running.plan());
  }

  /** The state file as it is. */
  state(): State | undefined {
    return parseState(readFileSync(join(this.project, "terraform.shop.tfstate"), "utf8"));
  }

  /** The id of a resource in the state file. */
  rememberedId(type: "deployment" | "configuration"): string | undefined {
    const text = this.state()?.text ?? "{}";
    const { resources = [] } = JSON.parse(text) as {
      readonly resources?: readonly {
        readonly type: string;
        readonly instances: readonly { readonly attributes: { readonly id: string } }[];
      }[];
    };
    return resources.find((resource) => resource.type === `genesyscloud_webdeployments_${type}`)?.instances[0]
      ?.attributes.id;
  }

  remove(): void {
    rmSync(this.project, { recursive: true, force: true });
  }
}
