import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { finished } from "./checkout";
import { OriginsProject } from "./origins-project";
import { randoms } from "./randoms";
import { needsTerraform } from "./terraform";

/** The instants of the runs follow from it: the same every time. */
const seed = 20_241;

needsTerraform("a deploy that is cancelled at a random instant", () => {
  const random = randoms(seed);
  const genesys = { provider: { createDelayMs: 400 }, api: { activationDelayMs: 400 } };
  let project: OriginsProject;
  beforeAll(async () => {
    project = await OriginsProject.start(genesys);
  });
  afterAll(async () => {
    await project.close();
  });

  const runs = (["SIGINT", "SIGTERM", "SIGHUP", "SIGINT", "SIGTERM"] as const).map((signal, index) => ({
    signal,
    milliseconds: Math.round((index + random()) * 300),
  }));

  test.each(runs)("$signal after $milliseconds ms: everything that exists is in a state", async (run) => {
    await project.replaceGenesys(genesys);
    const child = project.start(["deploy", "--auto-approve"]);
    const ended = finished(child);
    if (child.stdout !== null) await once(child.stdout, "data"); // the audit is over, and Terraform begins
    await sleep(run.milliseconds);
    // A terminal sends its signals to the whole group; someone impatient sends them more than once.
    const send = (): boolean => child.pid !== undefined && process.kill(-child.pid, run.signal);
    send();
    send();
    const { code, stderr } = await ended;
    expect(stderr).toContain(
      `${run.signal}: waiting for Terraform to finish and save the state. Nothing else is started.`,
    );
    expect(code).toBe({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 }[run.signal]);
    for (const type of ["deployment", "configuration"] as const) {
      expect(project.rememberedIds(type)).toEqual(expect.arrayContaining([...(await project.liveIds(type))]));
    }
    const before = project.rememberedIds("deployment");

    const next = await project.origins("deploy", "--auto-approve");
    expect(next).toMatchObject({ code: 0, stderr: "" });
    for (const type of ["deployment", "configuration"] as const) {
      const live = [...(await project.liveIds(type))].sort();
      expect(live).toHaveLength(4);
      expect([...project.rememberedIds(type)].sort()).toEqual(live);
    }
    expect(project.rememberedIds("deployment")).toEqual(expect.arrayContaining([...before]));
  });
});
