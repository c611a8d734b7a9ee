import { plan, type PlanInput } from "../../lib/provider/plan";
import { toSchema } from "../../lib/provider/codec";
import { unknown, type Values } from "../../lib/provider/value";
import { resourceBlock } from "./arbitrary";

const configuration = resourceBlock("configuration");
const deployment = resourceBlock("deployment");
const plain = { name: "Shop", languages: ["en-us"], default_language: "en-us" };
const applied = { ...plain, id: "1", status: "Active", version: "1" };

const planned = (prior: object | null, proposed: object | null, legacy: PlanInput["legacy"] = false): Values | null =>
  plan(
    configuration,
    {
      prior: prior && toSchema(configuration, prior),
      proposed: proposed && toSchema(configuration, proposed),
      legacy,
    },
    ["version"],
  );

test("a create: what only the platform knows is unknown", () => {
  expect(planned(null, plain)).toMatchObject({
    ...plain,
    id: unknown,
    status: unknown,
    version: unknown,
    description: null,
  });
});

test("a create: so it is inside blocks that are there, and nowhere else", () => {
  expect(planned(null, { ...plain, messenger: [{ enabled: true }] })).toMatchObject({
    messenger: [{ enabled: true, session_persistence_type: unknown, apps: [] }],
    cobrowse: [],
  });
});

test("no difference: the very same", () => {
  expect(planned(applied, applied)).toEqual(toSchema(configuration, applied));
});

test("an update publishes a new version, which is unknown until the apply", () => {
  const plan = planned(applied, { ...applied, languages: ["en-us", "de"] });
  expect(plan).toMatchObject({ id: "1", status: "Active", version: unknown, languages: ["en-us", "de"] });
});

test("a block that an update adds: its computed attributes are unknown", () => {
  expect(planned(applied, { ...applied, video: [{ enabled: true, user: [{}] }] })).toMatchObject({
    video: [{ enabled: true, user: [{ allow_camera: unknown }] }],
  });
});

test("a destroy plans nothing", () => {
  expect(planned(applied, null)).toBeNull();
});

describe("as the genuine provider's SDK", () => {
  const planDeployment = (prior: object | null, proposed: object): Values | null =>
    plan(deployment, {
      prior: prior && toSchema(deployment, prior),
      proposed: toSchema(deployment, proposed),
      legacy: true,
    });
  const shop = { id: "1", name: "Shop", status: "Active", snippet: "s", supported_content_id: "c" };

  test("defaults are filled in", () => {
    expect(planDeployment(null, { name: "Shop" })).toMatchObject({ allow_all_domains: false });
  });

  test.each([
    ["nothing and an empty string", null, ""],
    ["an empty string and nothing", "", null],
  ])("%s are the same", (_, before, after) => {
    const prior = { ...shop, allow_all_domains: false, description: before };
    expect(planDeployment(prior, { ...prior, description: after })).toEqual(toSchema(deployment, prior));
  });

  test.each([
    ["nothing and an empty list", null, []],
    ["an empty list and nothing", [], null],
  ])("%s are the same", (_, before, after) => {
    const prior = { ...shop, allow_all_domains: true, allowed_domains: before };
    expect(planDeployment(prior, { ...prior, allowed_domains: after })).toEqual(toSchema(deployment, prior));
  });

  test("false stays where the configuration is silent", () => {
    const prior = { ...applied, headless_mode_enabled: false };
    expect(planned(prior, { ...prior, headless_mode_enabled: null }, true)).toEqual(toSchema(configuration, prior));
  });

  test("false where there was nothing is a change", () => {
    expect(planned(applied, { ...applied, headless_mode_enabled: false }, true)).toMatchObject({
      headless_mode_enabled: false,
      version: unknown,
    });
  });

  test("a difference of the status is ignored while the old one is Pending", () => {
    const prior = { ...shop, allow_all_domains: true, status: "Pending" };
    expect(planDeployment(prior, { ...prior, status: "Active" })).toEqual(toSchema(deployment, prior));
    expect(planDeployment({ ...prior, status: "Error" }, { ...prior, status: "Active" })).toMatchObject({
      status: "Active",
    });
  });

  const party = { allow_camera: true, allow_microphone: false, allow_screen_share: false };
  const agent = { ...party, background: "IMAGE", background_image: [{ url: "https://x.example.com/b.png" }] };
  const video = { enabled: true, agent: [agent], user: [party] };
  const withVideo = (some: object): object => ({ ...applied, video: [{ ...video, ...some }] });

  test.each([
    ["a side of video", { user: [] }],
    ["both sides", { agent: [], user: [] }],
    ["a computed block inside one that is there", { agent: [{ ...agent, background_image: [] }] }],
  ])("a computed block stays where the configuration leaves it out: %s", (_, some) => {
    expect(planned(withVideo({}), withVideo(some), true)).toEqual(toSchema(configuration, withVideo({})));
  });

  test("it stays beside a change as well", () => {
    const proposed = { ...withVideo({ agent: [] }), description: "changed" };
    expect(planned(withVideo({}), proposed, true)).toMatchObject({ ...withVideo({}), version: unknown });
  });

  test("any other block goes, with the computed ones in it", () => {
    expect(planned(withVideo({}), { ...applied, video: [] }, true)).toMatchObject({ video: [], version: unknown });
  });

  test.each([
    ["a create", null, plain],
    ["an update that adds the block around it", applied, applied],
  ])("%s: a computed block that is left out is unknown", (_, prior, proposed) => {
    const plan = planned(prior, { ...proposed, video: [{ enabled: true }] }, true);
    expect(plan).toMatchObject({ video: [{ enabled: true, agent: unknown, user: unknown }] });
  });

  test("a computed block that was not there and is left out stays away", () => {
    const prior = withVideo({ user: [] });
    expect(planned(prior, { ...prior, description: "changed" }, true)).toMatchObject({ ...prior, version: unknown });
  });
});
