import { WebdeploymentsDeployment } from "@cdktf/provider-genesyscloud/lib/webdeployments-deployment";
import { App, Aspects, TerraformLocal, type TerraformStack, Testing, Token } from "cdktf";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type DomainPolicy } from "../../lib/genesys/host-check";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { terraformValue } from "../../lib/messenger/terraform-value";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { readProvenance, type RecordedDomains } from "../../lib/origins/provenance";
import { envFile } from "../../lib/sources/env/env-file";
import { nextEnvironment, type NextEnvironment } from "../../lib/sources/next-environment";
import { platformStack } from "./synthesis";

let project: string;
const cwd = process.cwd();
beforeEach(() => {
  project = realpathSync(mkdtempSync(join(tmpdir(), "provenance-")));
  process.chdir(project);
});
afterEach(() => {
  process.chdir(cwd);
  rmSync(project, { recursive: true });
});

function write(file: string, text: string): void {
  mkdirSync(join(project, file, ".."), { recursive: true });
  writeFileSync(join(project, file), text);
}

/** What the synthesis of the app records of a stack. */
function recordOf(
  app: App,
  stack: TerraformStack,
): { readonly text: string; readonly deployments: readonly RecordedDomains[] } {
  app.synth();
  const text = readFileSync(join(app.outdir, "stacks", stack.node.id, "allowed-domains.json"), "utf8");
  const reading = readProvenance(text);
  if (!reading.ok) throw new Error(reading.problem);
  return { text, deployments: reading.provenance.deployments };
}

/** `www.example.com ← .env.production:2 SITE_URL`, a line for each source. */
function sourcesIn({ environment }: RecordedDomains): readonly string[] {
  return environment.allowList.entries.flatMap(({ host, sources }) =>
    sources.map(({ place: { file, line, key } }) => `${host} ← ${file}:${line} ${key ?? ""}`.trim()),
  );
}

const production = (root?: string): NextEnvironment => {
  write(`${root ?? "."}/.env.production`, "API_KEY=k3y\nSITE_URL=https://www.example.com?token=s3cr3t-token\n");
  return nextEnvironment("production", {
    kind: "production",
    addresses: [envFile(".env.production", "SITE_URL"), "https://shop.example.com"],
    ...(root !== undefined && { root }),
  });
};

/** A separate stack with the Messengers of these environments. */
function stackOf(...environments: readonly NextEnvironment[]): {
  app: App;
  stack: TerraformStack;
  messengers: WebMessenger[];
} {
  const app = new App();
  const stack = platformStack("platform", app);
  const messengers = environments.map(
    (environment, index) =>
      new WebMessenger(stack, `Messenger${index}`, { environment, name: `Shop ${index}`, defaultLanguage: "en-us" }),
  );
  return { app, stack, messengers };
}

describe("a synthesis records beside the stack where its allowed domains come from", () => {
  test("of a MessengerStack, under the address that Terraform knows, with what the program added", () => {
    const app = new App();
    const stack = new MessengerStack(app, "shop", { environment: production(), defaultLanguage: "en-us" });
    stack.messenger.addAddress("https://blog.example.com");
    const { text, deployments } = recordOf(app, stack);

    expect(deployments).toMatchObject([
      {
        address: `genesyscloud_webdeployments_deployment.${stack.messenger.deployment.friendlyUniqueId}`,
        environment: { name: "production", kind: "production", allowAllDomains: false },
      },
    ]);
    expect(deployments.flatMap(sourcesIn)).toEqual([
      expect.stringMatching(/^blog\.example\.com ← provenance\.test\.ts:\d+$/),
      expect.stringMatching(/^shop\.example\.com ← provenance\.test\.ts:\d+$/),
      "www.example.com ← .env.production:2 SITE_URL",
    ]);
    for (const secret of ["k3y", "s3cr3t", project, tmpdir()]) expect(text).not.toContain(secret);
  });

  test("of every Messenger of any stack, in the order of their addresses, after its logical id was overridden", () => {
    const staging = nextEnvironment("staging", { kind: "staging", addresses: ["https://staging.example.com"] });
    const { app, stack, messengers } = stackOf(production(), staging);
    messengers[1]?.deployment.overrideLogicalId("A_first");
    expect(recordOf(app, stack).deployments.map(({ address, environment: { name } }) => [address, name])).toEqual([
      ["genesyscloud_webdeployments_deployment.A_first", "staging"],
      [expect.stringMatching(/^genesyscloud_webdeployments_deployment\.Messenger0_Deployment_/), "production"],
    ]);
  });

  test("not of one that was removed from its stack", () => {
    const { app, stack } = stackOf(production(), production());
    stack.node.tryRemoveChild("Messenger1");
    expect(recordOf(app, stack).deployments).toHaveLength(1);
  });

  test("not in a stack without a WebMessenger", () => {
    const app = new App();
    new WebdeploymentsDeployment(platformStack("platform", app), "Deployment", {
      name: "Shop",
      configuration: { id: "c0ffee" },
    });
    app.synth();
    expect(existsSync(join(app.outdir, "stacks/platform/cdk.tf.json"))).toBe(true);
    expect(existsSync(join(app.outdir, "stacks/platform/allowed-domains.json"))).toBe(false);
  });

  test("with the addresses that only Terraform knows marked as such", () => {
    const { app, stack, messengers } = stackOf(production());
    const domain = new TerraformLocal(stack, "domain", "late.example.com");
    messengers[0]?.addAddress(terraformValue(String(domain.expression), { name: "the tenant's domain" }));
    expect(recordOf(app, stack).deployments).toMatchObject([
      {
        environment: {
          allowList: {
            domains: ["shop.example.com", "www.example.com"],
            late: [{ value: "the tenant's domain", place: { file: "provenance.test.ts" } }],
          },
        },
      },
    ]);
    expect(recordOf(app, stack).deployments[0]).not.toHaveProperty("overridden");
  });

  test("with the reasons and warnings of the environment", () => {
    const environment = nextEnvironment("production", {
      kind: "production",
      addresses: ["http://www.example.com"],
      acknowledge: { "plain-http": "behind a proxy" },
    });
    const { app, stack } = stackOf(environment);
    expect(recordOf(app, stack).deployments).toMatchObject([
      {
        environment: {
          place: { file: "provenance.test.ts" },
          acknowledge: { "plain-http": "behind a proxy" },
          findings: [{ rule: "plain-http", acknowledged: "behind a proxy" }],
        },
      },
    ]);
  });

  test.each<[string, (messenger: WebMessenger) => void, DomainPolicy]>([
    [
      "an aspect",
      (messenger) => {
        Aspects.of(messenger).add({
          visit: (node) => {
            if (node instanceof WebdeploymentsDeployment) node.allowedDomains = ["other.example.com"];
          },
        });
      },
      { allowAllDomains: false, allowedDomains: ["other.example.com"] },
    ],
    [
      "an override",
      ({ deployment }) => {
        deployment.addOverride("allow_all_domains", true);
      },
      { allowAllDomains: true, allowedDomains: [] },
    ],
  ])("with what %s has put in the place of the environment's list", (_, change, overridden) => {
    const { app, stack, messengers } = stackOf(production());
    for (const messenger of messengers) change(messenger);
    expect(recordOf(app, stack).deployments).toMatchObject([
      { environment: { allowList: { domains: ["shop.example.com", "www.example.com"] } }, overridden },
    ]);
  });

  test.each<[string, (deployment: WebdeploymentsDeployment) => void]>([
    ["a list", (deployment) => (deployment.allowedDomains = ["${local.domain}", "www.example.com"])],
    ["a flag", (deployment) => (deployment.allowAllDomains = Token.asAny("${local.everywhere}"))],
  ])("without %s of expressions that an aspect has put there: only Terraform knows what it is", (_, change) => {
    const { app, stack, messengers } = stackOf(production());
    for (const { deployment } of messengers) change(deployment);
    expect(recordOf(app, stack).deployments[0]).not.toHaveProperty("overridden");
  });

  test("of an environment that allows all domains", () => {
    const everywhere = nextEnvironment("preview", { kind: "preview", addresses: [], allowAllDomains: true });
    const { app, stack } = stackOf(everywhere);
    const [deployment] = recordOf(app, stack).deployments;
    expect(deployment?.environment.allowAllDomains).toBe(true);
    expect(deployment).not.toHaveProperty("overridden");
  });
});

describe("the files of the record start from the project's folder", () => {
  test.each([
    ["that folder", undefined, ".env.production"],
    ["a folder in it", "apps/shop", "apps/shop/.env.production"],
  ])("where the environment's root is %s", (_, root, file) => {
    const { app, stack } = stackOf(production(root));
    const lines = recordOf(app, stack).deployments.flatMap(sourcesIn);
    expect(lines).toContain(`www.example.com ← ${file}:2 SITE_URL`);
    expect(lines).toContainEqual(expect.stringMatching(/^shop\.example\.com ← provenance\.test\.ts:\d+$/));
  });

  test.each([
    ["in the repository", "", "../shop/.env.production"],
    ["outside of the repository, where the way differs between machines", "infra", ".env.production"],
  ])("where the environment's root is a folder beside it %s", (_, repository, file) => {
    mkdirSync(join(project, "infra"));
    mkdirSync(join(project, repository, ".git"));
    const environment = production("shop");
    process.chdir(join(project, "infra"));
    const { app, stack } = stackOf(environment);
    const { text, deployments } = recordOf(app, stack);
    expect(deployments.flatMap(sourcesIn)).toContain(`www.example.com ← ${file}:2 SITE_URL`);
    expect(text).not.toContain(project);
  });

  test("where the environment's root is above the project, and a file of it is in the project", () => {
    mkdirSync(join(project, ".git"));
    write("infra/site.env", "SITE_URL=https://www.example.com\n");
    write("apps/shop/.env", "SITE_URL=https://shop.example.com\n");
    const environment = nextEnvironment("production", {
      kind: "production",
      root: project,
      addresses: [envFile("infra/site.env"), envFile("apps/shop/.env")],
    });
    process.chdir(join(project, "infra"));
    const { app, stack } = stackOf(environment);
    expect(recordOf(app, stack).deployments.flatMap(sourcesIn)).toEqual([
      "shop.example.com ← ../apps/shop/.env:1 SITE_URL",
      "www.example.com ← site.env:1 SITE_URL",
    ]);
  });

  test("and a program of the same name in the root is not taken for this one", () => {
    for (const file of ["provenance.test.ts", "apps/shop/provenance.test.ts"]) write(file, "");
    const { app, stack } = stackOf(production("apps/shop"));
    expect(recordOf(app, stack).deployments).toMatchObject([
      { environment: { place: { file: "provenance.test.ts" } } },
    ]);
  });

  test.each([
    ["the project's folder", ".", "."],
    ["a folder above it", "..", ".."],
  ])("and the repository's root is named, which is %s", (_, folder, repository) => {
    mkdirSync(join(project, ".git"));
    mkdirSync(join(project, "inner"));
    if (folder === "..") process.chdir(join(project, "inner"));
    write(relative(project, join(process.cwd(), ".env.production")), "SITE_URL=https://www.example.com\n");
    const environment = nextEnvironment("production", { kind: "production", addresses: [envFile(".env.production")] });
    const { app, stack } = stackOf(environment);
    expect(JSON.parse(recordOf(app, stack).text)).toMatchObject({ version: 1, repository });
  });
});

describe("what there was before stays as it is", () => {
  test("cdk.tf.json is what the stack says by itself", () => {
    const { app, stack } = stackOf(production());
    recordOf(app, stack);
    const text = readFileSync(join(app.outdir, "stacks/platform/cdk.tf.json"), "utf8");
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(stack.toTerraform())));
    expect(text).not.toContain(".env.production");
  });

  test("Testing.synth writes nothing, and Testing.fullSynth the record too", () => {
    const { stack } = stackOf(production());
    Testing.synth(stack, true);
    expect(existsSync(join(project, "cdktf.out/stacks/platform"))).toBe(false);
    const outdir = Testing.fullSynth(stack);
    expect(existsSync(join(outdir, "stacks/platform/allowed-domains.json"))).toBe(true);
    rmSync(outdir, { recursive: true });
  });

  test("a synthesis that is refused records nothing", () => {
    const { app } = stackOf(nextEnvironment("production", { kind: "production", addresses: ["http://localhost"] }));
    expect(() => {
      app.synth();
    }).toThrow("(loopback)");
    expect(existsSync(join(project, "cdktf.out/stacks/platform/allowed-domains.json"))).toBe(false);
  });
});
