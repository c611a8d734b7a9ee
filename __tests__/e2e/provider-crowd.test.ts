import { type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { type MiddlewareHandler } from "hono";
import { Genesys, type GenesysOptions, impatient } from "../../packages/sandbox/__tests__/provider/genesys";
import { shop } from "../../packages/sandbox/__tests__/provider/shop";
import { Gate } from "./gate";
import { needsTerraform, Workspace } from "./terraform";
import { isFull } from "../in-full";

let genesys: Genesys;
const workspaces: Workspace[] = [];
const start = async (options?: GenesysOptions): Promise<void> => {
  genesys = await Genesys.start(options);
};
const workspace = (configuration: object): Promise<Workspace> => {
  const made = new Workspace(genesys.provider.reattach).write(configuration);
  workspaces.push(made);
  return made.init();
};
afterEach(async () => {
  await genesys.close();
  for (const each of workspaces.splice(0)) each.remove();
});

const socketOf = ({ provider }: Genesys): string => {
  const { Addr: address } = Object.values(JSON.parse(provider.reattach) as Record<string, Reattach>)[0] ?? {};
  return address?.String ?? "";
};
interface Reattach {
  readonly Addr?: { readonly String: string };
}

needsTerraform("several Terraform processes and one provider", () => {
  const atOnce = isFull ? 24 : 6;

  test(`${atOnce} plans at once`, async () => {
    await start();
    const one = await workspace(shop());
    await one.apply();
    const plans = await Promise.all(Array.from({ length: atOnce }, () => one.plan()));
    expect(plans.map(({ code }) => code)).toEqual(Array.from({ length: atOnce }, () => 0));
  });

  test("three stacks applied at once keep to themselves", async () => {
    await start();
    const names = ["Production", "Staging", "Preview"];
    const stacks = await Promise.all(
      names.map((name) =>
        workspace(shop({ deployment: { name, allowed_domains: [`${name.toLowerCase()}.example`] } })),
      ),
    );
    await Promise.all(stacks.map((stack) => stack.apply()));
    const live = [...genesys.store.state.deployments.values()];
    expect(live.map(({ name, allowedDomains }) => [name, ...allowedDomains]).sort()).toEqual([
      ["Preview", "preview.example"],
      ["Production", "production.example"],
      ["Staging", "staging.example"],
    ]);
  });

  test("one process's credentials are not another's", async () => {
    await start();
    const good = await workspace(shop());
    const bad = await workspace(shop({ provider: { access_token: "nobody's" } }));
    const [allowed, refused, alsoAllowed] = await Promise.all([good.plan(), bad.plan(), good.plan()]);
    expect([allowed.code, refused.code, alsoAllowed.code]).toEqual([2, 1, 2]);
    expect(refused.text).toContain("API Error: 401");
  });

  test("a process killed in the middle of an apply: what it was creating is there, and the others go on", async () => {
    const gate = new Gate(/^POST .*\/deployments$/);
    await start({ api: { before: gate.middleware } });
    const killed = await workspace(shop());
    const process = killed.start("apply", "-auto-approve", "-input=false", "-no-color");
    const ended = once(process, "close");
    await gate.arrived;
    process.kill("SIGKILL");
    await ended;
    expect(genesys.store.state.deployments.size).toBe(0);
    gate.letGo();

    const other = await workspace(shop({ deployment: { name: "Other" } }));
    await other.apply();
    expect([...genesys.store.state.deployments.values()].map(({ name }) => name).sort()).toEqual(["Other", "Shop"]);
  });

  test.each([
    ["a process interrupted in the middle of an apply", (process: ChildProcess) => process.kill("SIGINT")],
    ["a provider closed in the middle of an apply", () => genesys.provider.close()],
  ])("%s: the waiting ends, and nothing is forgotten", async (_, interrupt) => {
    const looks = /^GET .*\/deployments\/[^/]+$/;
    const gate = new Gate(looks);
    const alwaysPending: MiddlewareHandler = async (c, next) => {
      await gate.middleware(c, next);
      if (!looks.test(`${c.req.method} ${c.req.path}`)) return;
      c.res = Response.json({ ...((await c.res.json()) as object), status: "Pending" });
    };
    const timing = { ...impatient, deploymentActive: 60_000 };
    await start({ api: { before: alwaysPending }, provider: { timing } });
    const one = await workspace(shop());
    const process = one.start("apply", "-auto-approve", "-input=false", "-no-color");
    const ended = once(process, "close");
    await gate.arrived;
    gate.letGo();
    await interrupt(process);
    expect(await ended).toEqual([1, null]);
    expect(one.attributes("genesyscloud_webdeployments_deployment")).toMatchObject({ name: "Shop" });
  });

  test("a client that connects and hangs up, or speaks nonsense, disturbs no one", async () => {
    await start();
    const socket = socketOf(genesys);
    for (const said of ["", "GET / HTTP/1.1\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\nnonsense"]) {
      const probe = connect(socket);
      probe.on("error", () => undefined);
      await once(probe, "connect");
      probe.end(said);
      probe.destroy();
    }
    const one = await workspace(shop());
    expect(await one.plan()).toMatchObject({ code: 2 });
  });

  test("closing hangs up on those who stay connected, and leaves no socket", async () => {
    await start();
    const probe = connect(socketOf(genesys));
    await once(probe, "connect");
    const hungUp = once(probe, "close");
    await genesys.provider.close();
    await hungUp;
    const late = connect(socketOf(genesys));
    const [error] = (await once(late, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ENOENT");
  });
});
