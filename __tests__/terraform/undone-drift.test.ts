import { changesBeyondDrift, neverPublishedMark, parseState, type ResourceChange } from "../../lib/terraform";

const deployment = "genesyscloud_webdeployments_deployment.Messenger";
const configuration = "genesyscloud_webdeployments_configuration.Messenger";

/** A state with the attributes of resources, by their addresses. */
function stateOf(resources: Readonly<Record<string, object>>): ReturnType<typeof parseState> {
  const entries = Object.entries(resources).map(([address, attributes]) => {
    const [, module, type = "", name = "", key] = /^(module\.\w+)?\.?(\w+)\.(\w+)(?:\[(.*)\])?$/.exec(address) ?? [];
    const index = key === undefined ? {} : { index_key: JSON.parse(key) as unknown };
    return { ...(module && { module }), mode: "managed", type, name, instances: [{ ...index, attributes }] };
  });
  return parseState(JSON.stringify({ version: 4, serial: 3, lineage: "l", resources: entries }));
}

function change(
  action: ResourceChange["action"],
  before?: object,
  after?: object,
  more: Partial<ResourceChange> = {},
): ResourceChange {
  const [type = ""] = (more.address ?? deployment).split(".");
  return {
    address: deployment,
    type,
    action,
    ...(before && { before: { ...before } }),
    ...(after && { after: { ...after } }),
    ...more,
  };
}

describe("a plan does no more than undo drift", () => {
  const list = { allowed_domains: ["a.example.com", "b.example.com"], name: "shop", status: "Active" };

  test.each<[string, object | undefined, ResourceChange]>([
    ["the list emptied by hand", list, change("update", { ...list, allowed_domains: null }, list)],
    ["an entry added by hand", list, change("update", { ...list, allowed_domains: ["x.org"] }, list)],
    ["two attributes", list, change("update", { ...list, allowed_domains: [], status: "Inactive" }, list)],
    [
      "a version in a block that is known after the apply",
      { configuration: [{ id: "c-1", version: "2" }], status: "Active" },
      change(
        "update",
        { configuration: [{ id: "c-1", version: "3" }], status: "Inactive" },
        { configuration: [{ id: "c-1" }], status: "Active" },
      ),
    ],
    [
      "a version that is known after the apply",
      { version: "2", description: "d" },
      change("update", { version: "3", description: "e" }, { description: "d" }),
    ],
    [
      "an entry that a repair before has emptied",
      { allowed_domains: null },
      change("update", { allowed_domains: null }, { allowed_domains: ["a.example.com"] }),
    ],
    [
      "a configuration that is yet to be published",
      { description: neverPublishedMark },
      change("update", { description: neverPublishedMark }, { description: "d" }),
    ],
    ["what was deleted by hand is made again", list, change("create", undefined, list)],
    ["nothing", list, change("no-op", list, list)],
    ["a data source is read", undefined, change("read", undefined, {}, { address: "data.genesyscloud_flow.f" })],
  ])("%s", (_, deployed, planned) => {
    expect(changesBeyondDrift([planned], stateOf(deployed === undefined ? {} : { [deployment]: deployed }))).toEqual(
      [],
    );
  });

  test.each<[string, ResourceChange, string]>([
    [
      "a host that was never deployed",
      change("update", { ...list, allowed_domains: null }, { ...list, allowed_domains: ["c.example.com"] }),
      `update ${deployment}: allowed_domains`,
    ],
    [
      "a host that was never deployed, beside drift",
      change("update", { ...list, status: "Inactive" }, { ...list, allowed_domains: [] }),
      `update ${deployment}: allowed_domains`,
    ],
    [
      "another configuration, whose version is known after the apply",
      change(
        "update",
        { ...list, configuration: [{ id: "c-1", version: "3" }] },
        { ...list, configuration: [{ id: "c-2" }] },
      ),
      `update ${deployment}: configuration`,
    ],
    [
      "another order",
      change("update", list, { ...list, allowed_domains: ["b.example.com", "a.example.com"] }),
      `update ${deployment}: allowed_domains`,
    ],
    [
      "an attribute that was not there",
      change("update", list, { ...list, description: "d" }),
      `update ${deployment}: description`,
    ],
    ["a new resource", change("create", undefined, {}, { address: configuration }), `create ${configuration}`],
    ["an import", change("create", undefined, {}, { importId: "d-1" }), `create ${deployment}`],
    [
      "a resource that left the program",
      change("delete", {}, undefined, { address: "null_resource.a" }),
      "delete null_resource.a",
    ],
    ["a replacement", change("replace", list, list), `replace ${deployment}`],
    ["a resource that is released", change("forget", list), `forget ${deployment}`],
  ])("but not %s", (_, planned, line) => {
    expect(changesBeyondDrift([planned], stateOf({ [deployment]: list }))).toEqual([line]);
  });

  test.each(["aws_s3_bucket.b", "aws_s3_bucket.b[0]", 'aws_s3_bucket.b["x"]', "module.m.aws_s3_bucket.b"])(
    "also of %s",
    (address) => {
      const planned = change("update", { tag: "by hand" }, { tag: "deployed" }, { address });
      expect(changesBeyondDrift([planned], stateOf({ [address]: { tag: "deployed" } }))).toEqual([]);
      expect(changesBeyondDrift([planned], stateOf({ [address]: { tag: "older" } }))).toEqual([
        `update ${address}: tag`,
      ]);
    },
  );

  test("where there is no state, everything is new", () => {
    expect(changesBeyondDrift([change("create", undefined, list)], undefined)).toEqual([`create ${deployment}`]);
  });
});
