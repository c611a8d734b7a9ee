import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformResource, TerraformStack } from "cdktf";
import { type Construct } from "constructs";
import { refusalsOf } from "../../lib/operations/stack-deploy";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { terraformValue } from "../../lib/messenger/terraform-value";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { findTerraform } from "../../lib/terraform/binary";
import { readStacks } from "../../lib/terraform/stacks";
import { StackTerraform } from "../../lib/terraform/stack-terraform";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { needsTerraform } from "./terraform";

const terraform = findTerraform(process.env);

/** What another team's resource is to a Messenger: Terraform knows its input before it is made, and its output afterwards. */
class Platform extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    private readonly value: unknown,
  ) {
    super(scope, id, { terraformResourceType: "terraform_data" });
  }

  get domain(): string {
    return this.getStringAttribute("output");
  }

  get urls(): string[] {
    return this.getListAttribute("output");
  }

  get plannedDomain(): string {
    return this.getStringAttribute("input");
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return { input: this.value };
  }
}

/** An application whose stacks are made anew by each synthesis, as a program makes them. */
class Shop {
  private readonly project = realpathSync(mkdtempSync(join(tmpdir(), "values-")));

  constructor(private readonly genesys: Genesys) {}

  /** Synthesises the stacks, plans the one of the shop and applies it; what Terraform said of the plan. */
  async deploy(declare: (app: App) => void, names: readonly string[] = ["shop"]): Promise<string> {
    const texts: string[] = [];
    const outdir = join(this.project, "cdktf.out");
    const app = new App({ outdir });
    declare(app);
    app.synth();
    for (const name of names) {
      const stack = readStacks(outdir).find((one) => one.name === name);
      if (stack === undefined || !("version" in terraform)) throw new Error(`There is no ${name}, or no Terraform.`);
      const environment = { ...process.env, TF_REATTACH_PROVIDERS: this.genesys.provider.reattach };
      const running = new StackTerraform(stack, { command: terraform.command, environment });
      const plan = await running.plan();
      texts.push(JSON.stringify(plan));
      await running.apply(plan);
    }
    return texts.join("\n");
  }

  /** Why `origins plan` and `origins deploy` would not apply what the next deploy plans. */
  async refusals(declare: (app: App) => void): Promise<readonly string[]> {
    const outdir = join(this.project, "cdktf.out");
    const app = new App({ outdir });
    declare(app);
    app.synth();
    const [stack] = readStacks(outdir);
    if (stack === undefined || !("version" in terraform)) throw new Error("There is no stack, or no Terraform.");
    const environment = { ...process.env, TF_REATTACH_PROVIDERS: this.genesys.provider.reattach };
    const running = new StackTerraform(stack, { command: terraform.command, environment });
    const plan = await running.plan();
    await running.discard(plan);
    return refusalsOf(
      plan,
      stack.messengers.map((declared) => ({ declared, remembered: undefined })),
    );
  }

  /** What Genesys serves, and Terraform's output of it. */
  async live(): Promise<unknown> {
    const list = await this.genesys.byHand("GET", "/api/v2/webdeployments/deployments");
    return (list["entities"] as readonly { readonly allowedDomains: unknown }[])[0]?.allowedDomains;
  }

  output(): unknown {
    const state = JSON.parse(readFileSync(join(this.project, "terraform.shop.tfstate"), "utf8")) as {
      readonly outputs: Readonly<Record<string, { readonly value: unknown }>>;
    };
    return state.outputs["allowed_domains"]?.value;
  }

  remove(): void {
    rmSync(this.project, { recursive: true, force: true });
  }
}

needsTerraform("a page address that only Terraform knows", () => {
  let genesys: Genesys;
  let shop: Shop;
  beforeEach(async () => {
    genesys = await Genesys.start();
    shop = new Shop(genesys);
  });
  afterEach(async () => {
    shop.remove();
    await genesys.close();
  });

  const environment = nextEnvironment("shop", { kind: "production", addresses: ["https://www.example.com"] });
  const stackOf = (app: App) =>
    new MessengerStack(app, "shop", { environment, defaultLanguage: "en-us", preventDestroy: false });
  const withPage = (domain: unknown) => (app: App) => {
    const stack = stackOf(app);
    stack.messenger.addAddress(terraformValue(new Platform(stack, "Page", domain).domain));
  };

  test("joins the others once its resource is there, sorted and without repetition; a new value is one PUT", async () => {
    await shop.deploy(withPage("https://Shop.Example.com:443/start"));
    expect(await shop.live()).toEqual(["shop.example.com", "www.example.com"]);
    expect(shop.output()).toEqual(["shop.example.com", "www.example.com"]);

    genesys.takeCalls();
    await shop.deploy(withPage("WWW.example.com."));
    expect(genesys.takeCalls().filter((call) => !call.startsWith("GET"))).toEqual(["PUT deployments/{id}"]);
    expect(await shop.live()).toEqual(["www.example.com"]);

    await shop.deploy(withPage("WWW.example.com."));
    expect(genesys.takeCalls().filter((call) => !call.startsWith("GET"))).toEqual([]);
  });

  test("stands in the plan, in the form of the others, where Terraform knows it before", async () => {
    const plan = await shop.deploy((app) => {
      const stack = stackOf(app);
      stack.messenger.addAddress(
        terraformValue(new Platform(stack, "Page", "HTTPS://Alpha.example.com/").plannedDomain),
      );
    });

    expect(plan).toContain('"allowed_domains":["alpha.example.com","www.example.com"]');
  });

  test("may be a list, an empty one among others, and come from another stack", async () => {
    await shop.deploy(
      (app) => {
        const platform = new TerraformStack(app, "platform");
        const elsewhere = new Platform(platform, "Page", "elsewhere.example.com");
        const stack = stackOf(app);
        const service = new Platform(stack, "Service", ["https://b.example.com", "https://a.example.com"]);
        const idle = new Platform(stack, "Idle", []);
        stack.messenger.addAddress(
          terraformValue(service.urls),
          terraformValue(idle.urls),
          terraformValue(elsewhere.domain, { name: "the platform's domain" }),
        );
      },
      ["platform", "shop"],
    );

    expect(await shop.live()).toEqual(["a.example.com", "b.example.com", "elsewhere.example.com", "www.example.com"]);
  });

  test("is refused before Genesys is touched, all of them at once, without what may be a secret", async () => {
    const refused = await shop
      .deploy((app) => {
        const stack = stackOf(app);
        const values = [
          "http://localhost:3000",
          "https://admin:s3cret@shop.example.com",
          "*.vercel.app",
          "münchen.example.com",
        ];
        stack.messenger.addAddress(
          ...values.map((value, index) => terraformValue(new Platform(stack, `Page${index}`, value).domain)),
        );
      })
      .catch(String);

    expect(refused).toContain('Page addresses of the environment "shop" are not allowed');
    expect(refused).toContain(
      '"http://localhost:3000" (terraform_data.Page0.output) is the visitor\'s own machine (loopback)',
    );
    expect(refused).toContain('"***@shop.example.com"');
    expect(refused).toContain(
      '"*.vercel.app" (terraform_data.Page2.output) would admit every site under it (public-suffix)',
    );
    expect(refused).toContain("write the host as punycode");
    expect(refused).not.toContain("s3cret");
    expect(genesys.takeCalls().filter((call) => call.endsWith(" deployments") && !call.startsWith("GET"))).toEqual([]);
  });

  test("meets all rules where the plan knows it: Terraform decodes no punycode", async () => {
    const refusals = await shop.refusals((app) => {
      const stack = stackOf(app);
      const page = new Platform(stack, "Page", "https://xn--zz.example.com");
      stack.messenger.addAddress(terraformValue(page.plannedDomain));
    });

    expect(refusals).toEqual([expect.stringContaining('"xn--zz.example.com"')]);
  });

  test("is missed where it is the only one and there is none", async () => {
    const none = nextEnvironment("shop", { kind: "production", addresses: [] });
    const refused = await shop
      .deploy((app) => {
        const stack = new MessengerStack(app, "shop", { environment: none, defaultLanguage: "en-us" });
        stack.messenger.addAddress(terraformValue(new Platform(stack, "Service", []).urls));
      })
      .catch(String);

    expect(refused).toContain('Terraform found no page address for the environment "shop"');
    expect(refused).toContain("terraform_data.Service.output");
  });
});
