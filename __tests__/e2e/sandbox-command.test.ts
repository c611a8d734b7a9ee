import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { Checkout, finished } from "./checkout";
import { rows } from "../in-full";

const checkout = Checkout.compiled();
afterAll(() => {
  checkout.remove();
});

const stateFile = (stack: string, workspace: string): string =>
  join(checkout.folder, "cdktf.out", "stacks", stack, "terraform.tfstate.d", workspace, "terraform.tfstate");

function write(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
}

const node = (program: string): readonly string[] => ["--", process.execPath, "-e", program];

describe("origins sandbox -- command", () => {
  test("gives the command a Genesys Cloud that answers, and what Terraform and cdktf need to use it", async () => {
    const program = `
      fetch(process.env.GENESYS_SANDBOX_URL + "/api/v2/organizations/me").then((answer) =>
        console.log(JSON.stringify({ status: answer.status, ...process.env })));`;
    const { code, stdout } = await checkout.run(checkout.origins("sandbox", ...node(program)), {
      GENESYSCLOUD_ACCESS_TOKEN: "of-the-real-organisation",
      TF_CLI_CONFIG_FILE: "/nowhere/terraformrc",
    });
    expect(code).toBe(0);
    const environment = JSON.parse(stdout) as Record<string, string>;
    expect(environment).toMatchObject({
      status: 401,
      CDKTF_SKIP_PROVIDER_LOCK: "true",
      CHECKPOINT_DISABLE: "1",
      GENESYSCLOUD_GATEWAY_HOST: "127.0.0.1",
      GENESYSCLOUD_GATEWAY_PROTOCOL: "http",
      TF_WORKSPACE: "origins-sandbox",
    });
    expect(environment["GENESYSCLOUD_ACCESS_TOKEN"]).toBe("");
    expect(environment).not.toHaveProperty("TF_CLI_CONFIG_FILE");
    const reattach = JSON.parse(environment["TF_REATTACH_PROVIDERS"] ?? "") as Record<string, unknown>;
    expect(Object.keys(reattach)).toEqual([
      "registry.terraform.io/mypurecloud/genesyscloud",
      "registry.opentofu.org/mypurecloud/genesyscloud",
    ]);
  });

  test.each(rows([0, 42], [1, 2]))("ends with the command's exit code %i", async (code) => {
    const finish = await checkout.run(checkout.origins("sandbox", ...node(`process.exit(${code})`)));
    expect(finish).toMatchObject({ code, stderr: "" });
  });

  test("passes SIGTERM on, waits for the command to finish its work, and ends with its exit code", async () => {
    const program = `
      process.on("SIGTERM", () => { console.log("saving"); setImmediate(() => process.exit(7)); });
      setInterval(() => {}, 1000);
      console.log("ready");`;
    const child = checkout.start(checkout.origins("sandbox", ...node(program)));
    const lines = createInterface({ input: child.stdout ?? process.stdin });
    const [ready] = (await once(lines, "line")) as [string];
    expect(ready).toBe("ready");
    child.kill("SIGTERM");
    const [saving] = (await once(lines, "line")) as [string];
    expect(saving).toBe("saving");
    await expect(once(child, "close")).resolves.toEqual([7, null]);
  });

  test("ends with 128 + n where signal n ended the command, as a shell does", async () => {
    const { code } = await checkout.run(checkout.origins("sandbox", ...node(`process.kill(process.pid, "SIGKILL")`)));
    expect(code).toBe(137);
  });

  test("says so when there is no such command", async () => {
    const { code, stderr } = await checkout.run(checkout.origins("sandbox", "--", "no-such-program"));
    expect(code).toBe(1);
    expect(stderr).toContain(`"no-such-program" cannot be run`);
  });

  test("keeps the organisation for the next command; --reset starts with an empty one, and without Terraform states", async () => {
    const name = `
      const headers = { authorization: "Basic " + btoa("sandbox-client:sandbox-secret") };
      const api = (path, more) => fetch(process.env.GENESYS_SANDBOX_URL + path, more).then((answer) => answer.json());
      (async () => {
        const body = new URLSearchParams({ grant_type: "client_credentials" });
        const { access_token: token } = await api("/oauth/token", { method: "POST", headers, body });
        const authorized = { authorization: "Bearer " + token, "content-type": "application/json" };
        const path = "/api/v2/webdeployments/configurations";
        const create = { name: "kept", languages: ["en-us"], defaultLanguage: "en-us" };
        let made;
        if (process.argv[1]) made = await api(path, { method: "POST", headers: authorized, body: JSON.stringify(create) });
        if (made) require("node:fs").writeFileSync("made.txt", made.id);
        console.log((await api(path, { headers: authorized })).entities.length);
      })();`;
    const own = stateFile("production", "origins-sandbox");
    const foreign = stateFile("staging", "origins-sandbox");
    const mixed = stateFile("preview", "origins-sandbox");
    const teams = stateFile("production", "sandbox");
    const resourceOf = (id: string): object => ({
      mode: "managed",
      type: "genesyscloud_webdeployments_deployment",
      name: "Shop",
      instances: [{ schema_version: 1, attributes: { id } }],
    });
    write(foreign, { resources: [resourceOf("1f0d2b7e-6f52-4a8a-9f0f-3d7d3f0a5c11")] });
    write(teams, { resources: [resourceOf("9d0cfb0e-7a44-4b6c-8a53-0f6a4d0b7a22")] });

    const count = async (...options: readonly string[]): Promise<string> =>
      (await checkout.run(checkout.origins("sandbox", ...options))).stdout.trim();
    expect(await count(...node(name), "create")).toBe("1");
    const made = resourceOf(readFileSync(join(checkout.folder, "made.txt"), "utf8"));
    write(own, { resources: [made] });
    const record = {
      mode: "managed",
      type: "aws_route53_record",
      name: "Shop",
      instances: [{ attributes: { id: "Z1" } }],
    };
    write(mixed, { resources: [made, record] });
    expect(await count(...node(name))).toBe("1");
    expect(existsSync(own)).toBe(true);
    const { stdout, stderr } = await checkout.run(checkout.origins("sandbox", "--reset", ...node(name)));
    expect(stdout.trim()).toBe("0");
    expect(existsSync(own)).toBe(false);
    // What a team keeps in a workspace called "sandbox", and what no sandbox has made, stays.
    expect([foreign, mixed, teams].map(existsSync)).toEqual([true, true, true]);
    for (const stack of ["staging", "preview"]) {
      const folder = join("cdktf.out", "stacks", stack, "terraform.tfstate.d", "origins-sandbox");
      expect(stderr).toContain(
        `Kept "${folder}": the state has resources that the sandbox did not create. Destroy them`,
      );
    }
  });

  describe("refuses a stack whose state is not local, and runs nothing", () => {
    const stack = (type: string): object => ({
      stacks: {
        production: {
          constructPath: "production",
          synthesizedStackPath: `stacks/${type}/cdk.tf.json`,
          workingDirectory: `stacks/${type}`,
        },
      },
    });
    test.each(rows(["pg", "cloud"], ["s3", "http"]))("%s", async (type) => {
      const terraform = type === "cloud" ? { cloud: { organization: "acme" } } : { backend: { [type]: {} } };
      const manifest = join(checkout.folder, "cdktf.out", "manifest.json");
      write(manifest, stack(type));
      write(join(checkout.folder, "cdktf.out", "stacks", type, "cdk.tf.json"), { terraform });
      try {
        const refused = await checkout.run(checkout.origins("sandbox", ...node("console.log('ran')")));
        expect(refused).toMatchObject({ code: 1, stdout: "" });
        expect(refused.stderr).toContain(`The stack "production" stores its state in the "${type}" backend`);
        expect(refused.stderr).toContain("origins sandbox --remote-state -- <command>");
        const told = await checkout.run(checkout.origins("sandbox", "--remote-state", ...node("console.log('ran')")));
        expect(told).toMatchObject({ code: 0, stdout: "ran\n" });
      } finally {
        rmSync(manifest);
      }
    });
  });

  test("refuses a port that is taken", async () => {
    const holder = createServer().listen(0, "127.0.0.1");
    await once(holder, "listening");
    const { port } = holder.address() as AddressInfo;
    const { code, stderr } = await checkout.run(checkout.origins("sandbox", "--port", String(port), ...node("0")));
    holder.close();
    expect(code).toBe(1);
    expect(stderr).toContain(String(port));
  });

  test("--fault makes things go wrong for the command, --fault-seed decides when", async () => {
    const ask = `
      (async () => {
        const seen = [];
        for (let n = 0; n < 20; n++)
          seen.push((await fetch(process.env.GENESYS_SANDBOX_URL + "/api/v2/organizations/me")).status);
        console.log(seen.join(" "));
      })();`;
    const seen = async (...options: readonly string[]): Promise<string> =>
      (await checkout.run(checkout.origins("sandbox", ...options, ...node(ask)))).stdout.trim();
    const flags = ["--fault", "503 on GET api first=2", "--fault", "429 retry-after=1 chance=0.5"];
    const first = await seen(...flags, "--fault-seed", "7");
    expect(first).toMatch(/^503 503 (?=.*429)(?=.*401)/);
    expect(await seen(...flags, "--fault-seed", "7")).toBe(first);
    expect(await seen(...flags, "--fault-seed", "8")).not.toBe(first);
    expect(await seen()).toMatch(/^(401 ?){20}$/);
  });

  test.each([
    ["--fault", "503 frist=2", `Invalid fault "503 frist=2": unknown word "frist=2".`],
    ["--fault", "503 frist=2", "429 with Retry-After after that many calls per minute and token"],
    ["--fault-seed", "luck", "Expected an integer."],
  ])("refuses %s %s and says what to write", async (option, value, message) => {
    const { code, stderr } = await checkout.run(checkout.origins("sandbox", option, value, ...node("0")));
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  test.each(["0", "65536", "http"])("refuses --port %s and says what to write", async (port) => {
    const { code, stderr } = await checkout.run(checkout.origins("sandbox", "--port", port, ...node("0")));
    expect(code).toBe(1);
    expect(stderr).toContain("Expected a number from 1 to 65535.");
  });
});

describe("origins sandbox alone", () => {
  test("stays in the foreground, prints what to export, and stops at SIGTERM", async () => {
    const child = checkout.start(checkout.origins("sandbox"));
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout ?? process.stdin })) {
      lines.push(line);
      if (line.startsWith("export CHECKPOINT_DISABLE")) break;
    }
    const url = /GENESYS_SANDBOX_URL=(\S+)/.exec(lines.join("\n"))?.[1] ?? "";
    await expect(fetch(new URL("/api/v2/organizations/me", url))).resolves.toMatchObject({ status: 401 });
    child.kill("SIGTERM");
    await expect(finished(child)).resolves.toMatchObject({ code: 0, stderr: "" });
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  test("a second one on the same state file is refused while the first runs", async () => {
    const second = await checkout.run(
      checkout.origins("sandbox", "--", ...checkout.origins("sandbox", "--", process.execPath, "-e", "0")),
    );
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(`".sandbox/state.json" is in use by another sandbox`);
  });
});
