import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type App, TerraformStack } from "cdktf";
import { GenesyscloudProvider, MessengerStack, nextEnvironment, WebMessenger } from "../../lib";
import { SandboxProject } from "./sandbox-project";
import { needsTerraform } from "./terraform";

/** A stack of an environment, and one of a platform team with two Messengers. */
function stacks(app: App): void {
  const site = (name: string) => nextEnvironment(name, { kind: "staging", addresses: [`https://${name}.example.com`] });
  new MessengerStack(app, "staging", {
    environment: site("staging"),
    defaultLanguage: "en-us",
    region: "eu-central-1",
  });
  const sites = new TerraformStack(app, "sites");
  new GenesyscloudProvider(sites, "Genesys");
  new WebMessenger(sites, "Shop", { environment: site("shop"), defaultLanguage: "en-us" });
  new WebMessenger(sites, "Careers", { environment: site("careers"), defaultLanguage: "en-us", name: "Jobs" });
}

needsTerraform("origins env", () => {
  const project = new SandboxProject();
  /** The ids of the deployments by the names that reports give them. */
  let ids: Readonly<Record<string, string>>;
  const env = (words: string, environment: NodeJS.ProcessEnv = {}) => project.origins([`env ${words}`], environment);
  const lines = (region: string, id = "") =>
    `NEXT_PUBLIC_GENESYS_ENVIRONMENT=${region}\nNEXT_PUBLIC_GENESYS_DEPLOYMENT_ID=${id}\n`;
  const file = (name: string): string => join(project.folder, name);

  beforeAll(async () => {
    project.reset();
    project.declare(stacks);
    expect(await env("staging")).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining(`Run "origins deploy staging" first.`) as string,
    });
    const said = await project.succeeds(["deploy --auto-approve --json"]);
    const results = JSON.parse(said) as readonly {
      readonly messengers: readonly { name: string; deploymentId: string }[];
    }[];
    ids = Object.fromEntries(
      results.flatMap(({ messengers }) => messengers.map(({ name, deploymentId }) => [name, deploymentId])),
    );
  });
  afterAll(() => {
    project.remove();
  });

  test("prints the lines of an env file, and nothing else on the standard output", async () => {
    expect(await env("staging")).toMatchObject({
      code: 0,
      stdout: lines("prod-euc1", ids["staging"]),
      stderr: "",
    });
  });

  test("--json prints an object", async () => {
    const { code, stdout } = await env("staging --json");
    expect({ code, result: JSON.parse(stdout) as unknown }).toEqual({
      code: 0,
      result: {
        NEXT_PUBLIC_GENESYS_ENVIRONMENT: "prod-euc1",
        NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: ids["staging"],
      },
    });
  });

  test.each([
    ["the construct", "Shop", "sites (messenger-shop)"],
    ["the deployment's name", "Jobs", "sites (Jobs)"],
  ])("a stack with several Messengers needs %s", async (_, named, name) => {
    expect(await env(`sites --messenger ${named}`)).toMatchObject({ code: 0, stdout: lines("prod", ids[name]) });
  });

  test.each([
    ["sites", `Choose one with --messenger: "Careers" (Jobs), "Shop" (messenger-shop).`],
    ["sites --messenger Blog", `Unknown Messenger "Blog" of the stack "sites": expected one of "Careers" (Jobs)`],
    ["production", `Unknown environment or stack "production": expected one of sites, staging.`],
    ["staging --github", "--github works only in a step of GitHub Actions"],
  ])("origins env %s fails and says what to do", async (words, message) => {
    const { code, stdout, stderr } = await env(words, { GITHUB_ENV: "", GITHUB_OUTPUT: "" });
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(message);
  });

  test("--github appends to both files of the step", async () => {
    writeFileSync(file("env"), "BEFORE=1\n");
    writeFileSync(file("output"), "");
    const { code, stdout } = await env("staging --github", { GITHUB_ENV: file("env"), GITHUB_OUTPUT: file("output") });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    const id = ids["staging"] ?? "";
    const appended = new RegExp(
      `^NEXT_PUBLIC_GENESYS_ENVIRONMENT<<(\\S+)\nprod-euc1\n\\1\nNEXT_PUBLIC_GENESYS_DEPLOYMENT_ID<<(\\S+)\n${id}\n\\2\n$`,
    );
    expect(readFileSync(file("env"), "utf8").replace("BEFORE=1\n", "")).toMatch(appended);
    expect(readFileSync(file("output"), "utf8")).toMatch(appended);
  });

  test("--write replaces its own two lines, and creates a file that is missing", async () => {
    const before = `# the shop\nNEXT_PUBLIC_SITE_URL=https://shop.example.com\nNEXT_PUBLIC_GENESYS_DEPLOYMENT_ID=old # generated\n`;
    writeFileSync(file(".env.staging"), before);
    const id = ids["staging"] ?? "";
    const said = await project.origins(["env staging --write .env.staging", "env staging --write new.env"]);
    expect(said).toMatchObject({ code: 0, stdout: "", stderr: `Updated ".env.staging".\nCreated "new.env".\n` });
    expect(readFileSync(file(".env.staging"), "utf8")).toBe(
      `${before.replace("old", id)}NEXT_PUBLIC_GENESYS_ENVIRONMENT=prod-euc1\n`,
    );
    expect(readFileSync(file("new.env"), "utf8")).toBe(lines("prod-euc1", id));
    expect(await env("staging --write .env.staging")).toMatchObject({
      code: 0,
      stderr: `".env.staging" is up to date.\n`,
    });
  });

  test("--write to a place that cannot be written says which lines to add", async () => {
    const { code, stderr } = await env("staging --write missing/.env");
    expect(code).toBe(1);
    expect(stderr).toContain(`Cannot write "missing/.env" (ENOENT): add these lines yourself.\n\n`);
    expect(stderr).toContain(lines("prod-euc1", ids["staging"]).trim());
  });
});
