import { TerraformError } from "../../lib/terraform/failure";
import { Genesys } from "../../packages/sandbox/__tests__/provider/genesys";
import { finished } from "./checkout";
import { Gate } from "./gate";
import { SharedApp } from "./shared-app";
import { StateServer } from "./state-server";
import { needsTerraform } from "./terraform";

const credentials = { TF_HTTP_USERNAME: "pipeline", TF_HTTP_PASSWORD: "s3cr3t" };
const place = "/states/genesys-messenger_shop";

needsTerraform("a backend that keeps the lock of a run that was killed (http)", () => {
  const gate = new Gate(/^PUT .*\/deployments\//);
  let server: StateServer;
  let genesys: Genesys;
  const apps: SharedApp[] = [];
  const checkout = (...hosts: readonly string[]): SharedApp => {
    const app = new SharedApp(genesys, { type: "http", address: server.address }, credentials);
    apps.push(app);
    return app.synthesise(["shop"], "www.example.com", ...hosts);
  };
  beforeAll(async () => {
    [server, genesys] = await Promise.all([StateServer.start(), Genesys.start({ api: { before: gate.middleware } })]);
  });
  afterAll(async () => {
    gate.letGo();
    for (const app of apps) app.remove();
    await Promise.all([server.close(), genesys.close()]);
  });

  test("says who holds it, is freed by force-unlock, and the next deploy ends well", async () => {
    await checkout().deploy("shop");
    expect([...server.states.keys()]).toEqual([place]);
    expect(server.locks.size).toBe(0);

    const killed = checkout("help.example.com");
    await killed.terraform("shop").init();
    const apply = killed.startApply("shop");
    const ended = finished(apply);
    await gate.arrived;
    apply.kill("SIGKILL");
    await ended;
    gate.letGo();

    const next = checkout("help.example.com");
    const refused: unknown = await next.deploy("shop").catch((error: unknown) => error);
    const { ID: id } = JSON.parse(server.locks.get(place) ?? "{}") as { readonly ID: string };
    expect(refused).toBeInstanceOf(TerraformError);
    expect(String(refused)).toMatch(/Another run holds the lock of the stack "shop"/);
    expect(String(refused)).toMatch(new RegExp(`If that run is dead, .*force-unlock ${id}`));

    expect(await next.run("shop", "force-unlock", "-force", id)).toMatchObject({ code: 0 });
    await next.deploy("shop");
    expect(await next.deploy("shop")).toBe(false);
    const deployments = [...genesys.store.state.deployments.values()].map(({ allowedDomains }) => allowedDomains);
    expect(deployments).toEqual([["help.example.com", "www.example.com"]]);
  });

  test("is told who asks by the environment, and the output folder is not", () => {
    const basic = Buffer.from("pipeline:s3cr3t").toString("base64");
    expect([...server.callers]).toEqual([`Basic ${basic}`]);
    expect(apps.map((app) => app.synthesised("shop")).join("\n")).not.toMatch(/pipeline|s3cr3t/);
  });
});
