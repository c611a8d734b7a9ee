import { testOnPosix } from "../posix";
import { type Finished } from "./checkout";
import { echoed, environments, evil, HostileProject } from "./hostile-project";
import { rows, someOf } from "../in-full";

const hostile = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** What the process knows and must not say, each part of which stands for itself. */
const pieces = {
  token: "tok+n/Wert=first_L1ne~",
  tokenTail: "s3cond%Line-of-it&",
  clientSecret: "cl13nt\"s3cr3t's<x>",
  issued: "1ssued.t0ken-from+the/login",
  password: "pa55/w0rd?wh1ch",
  passwordTail: "pars3rs#take:apart",
  vercel: "v3rcel-t0ken_of-the+team",
  written: "wr1tten-out-in-the-pr0gram",
} as const;

const secrets: NodeJS.ProcessEnv = {
  GENESYSCLOUD_OAUTHCLIENT_ID: "client-1",
  GENESYSCLOUD_OAUTHCLIENT_SECRET: pieces.clientSecret,
  PG_CONN_STR: `postgres://app:${pieces.password}@${pieces.passwordTail}@db.example.com/state`,
  HTTP_PROXY_OF_A_TEAM: `http://app:${pieces.written}@proxy.example.com`,
  VERCEL_TOKEN: pieces.vercel,
};

let project: HostileProject;
beforeAll(async () => {
  project = await HostileProject.start();
});
afterAll(() => {
  project.close();
});

/** The text with everything decoded that looks encoded, in all ways that a reader may try. */
function readings(text: string): readonly string[] {
  const words = text.match(/[\w+/-]{12,}/g) ?? [];
  const base64 = words.flatMap((word) =>
    [0, 1, 2, 3].map((offset) => Buffer.from(word.slice(offset), "base64").toString("latin1")),
  );
  const hex = words.map((word) => Buffer.from(word, "hex").toString("latin1"));
  const unescaped = text.replace(/\\(.)/g, "$1");
  const decoded = text.replace(/%([0-9a-f]{2})/gi, (_, digits: string) => String.fromCharCode(parseInt(digits, 16)));
  return [text, unescaped, decoded, ...base64, ...hex];
}

function expectNoSecretIn({ stdout, stderr }: Finished): void {
  for (const text of [stdout, stderr].flatMap(readings)) {
    for (const piece of Object.values(pieces)) {
      for (const part of piece.match(/.{8}/g) ?? []) expect(text).not.toContain(part);
    }
  }
}

function expectHarmless({ stdout, stderr }: Finished): void {
  for (const line of `${stdout}\n${stderr}`.split("\n")) {
    expect(line).not.toMatch(hostile);
    expect(line).not.toMatch(/^\s*::|##\w*\[/);
  }
}

const commands = [
  ["adopt", "shop"],
  ["adopt", "shop", "--json"],
  ["audit", "--skip-synth"],
  ["audit", "--skip-synth", "--json"],
  ["plan", "--skip-synth"],
  ["plan", "--skip-synth", "--json"],
  ["deploy", "--skip-synth", "--auto-approve"],
  ["deploy", "--skip-synth", "--auto-approve", "--json"],
  ["repair", "--skip-synth", "--auto-approve"],
  ["repair", "--skip-synth", "--auto-approve", "--json"],
  ["pull"],
  ["pull", "--json"],
] as const;

const tried = someOf(commands, (_, index) => [0, 3, 4, 7, 8, 11].includes(index));

describe.each(tried.map((command) => [command.join(" "), command] as const))("origins %s", (_, command) => {
  testOnPosix(
    "says nothing of the secrets that servers and Terraform echo, and obeys none of their words",
    async () => {
      project.answers = (request) =>
        request.url === "/oauth/token" && request.headers.authorization?.startsWith("Basic ") === true
          ? { status: 200, body: JSON.stringify({ access_token: pieces.issued }) }
          : {
              status: 400,
              body: JSON.stringify({
                message: `${echoed(request)} ${evil}`,
                error: { message: `${echoed(request)} ${evil}` },
              }),
            };
      const ended = await project.run(command, secrets);
      if (["adopt", "plan", "pull"].includes(command[0])) expect(`${ended.stdout}${ended.stderr}`).toContain("***");
      expectNoSecretIn(ended);
      expectHarmless(ended);
      if (command.some((word) => word === "--json")) expect(() => JSON.parse(ended.stdout) as unknown).not.toThrow();
    },
  );
});

testOnPosix("the login's own refusal says nothing of the client's secret", async () => {
  project.answers = (request) => ({ status: 401, body: JSON.stringify({ error_description: echoed(request) }) });
  const ended = await project.run(["adopt", "shop"], secrets);
  expect(ended.stderr).toContain("refuses the credentials");
  expectNoSecretIn(ended);
});

test.each([
  ["an access token with a line break", { GENESYSCLOUD_ACCESS_TOKEN: `${pieces.token}\n${pieces.tokenTail}` }],
  ["a token of a platform with a line break", { VERCEL_TOKEN: `${pieces.token}\n${pieces.tokenTail}` }],
  ["a password in the address of the sandbox", { GENESYS_SANDBOX_URL: `http//app:${pieces.password}@127.0.0.1` }],
  ["a password in a sandbox's valid address", { GENESYS_SANDBOX_URL: `http://app:${pieces.vercel}@127.0.0.1:1` }],
  ["a password in the address of a platform", { VERCEL_API_URL: `https://app:${pieces.password}@127.0.0.1` }],
])("%s is not printed", async (_, environment) => {
  for (const command of rows([["adopt", "shop"], ["pull"]], [["audit", "--skip-synth"]])) {
    const ended = await project.run(command, { ...secrets, ...environment });
    expectNoSecretIn(ended);
    expectHarmless(ended);
  }
});

testOnPosix("what a program has written out in a backend is masked in Terraform's words", async () => {
  project.writeStack({ pg: { conn_str: `postgres://app:${pieces.written}@db.example.com/state` } });
  const ended = await project.run(["plan", "--skip-synth"], { SAID_BY_TERRAFORM: pieces.written });
  project.writeStack({});
  expect(ended.stdout).toContain("SAID_BY_TERRAFORM: ***");
  expectNoSecretIn(ended);
});

test("what the user's own module prints is masked too, and so is its error", async () => {
  project.write(
    "environments.ts",
    environments(`
console.log("token", process.env.VERCEL_TOKEN);
console.error(Buffer.from("x" + process.env.VERCEL_TOKEN).toString("base64"));
process.stdout.write(Buffer.from(process.env.PG_CONN_STR + "\\n"));
process.emitWarning("about " + process.env.VERCEL_TOKEN);
throw new Error("no " + process.env.VERCEL_TOKEN);
`),
  );
  const ended = await project.run(["list"], secrets);
  project.write("environments.ts", environments());
  expect(ended.code).toBe(1);
  expect(ended.stdout).toContain("token ***");
  expectNoSecretIn(ended);
});

test("a command line is not obeyed either, where a pipeline passes on someone's words", async () => {
  for (const command of [["list", evil], ["list", `--${evil}`], ["plan", "--lock-timeout", evil], [evil]]) {
    const ended = await project.run(command, secrets);
    expect(ended.code).toBe(1);
    expectHarmless(ended);
  }
});

testOnPosix("names of deployments in the organisation are neither obeyed nor lost", async () => {
  const deployment = {
    id: "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10",
    name: evil,
    description: evil,
    status: "Active",
    allowAllDomains: false,
    allowedDomains: ["www.example.com", evil],
    configuration: { id: evil, version: "1" },
  };
  project.answers = ({ url = "" }) =>
    url === "/oauth/token"
      ? { status: 200, body: JSON.stringify({ access_token: pieces.issued }) }
      : { status: 200, body: JSON.stringify({ entities: [deployment] }) };
  for (const command of [
    ["adopt", "nothing"],
    ["adopt", "nothing", "--json"],
    ["audit", "--skip-synth"],
    ["audit", "--skip-synth", "--json"],
  ]) {
    const ended = await project.run(command, secrets);
    expectHarmless(ended);
    expectNoSecretIn(ended);
  }
});
