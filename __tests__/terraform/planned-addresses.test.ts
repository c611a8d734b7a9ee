import { type PlannedAction, plannedAddressRefusals } from "../../lib/terraform/plan";
import { declaredMessengers } from "../../lib/terraform/declared-messengers";
import { terraformValue } from "../../lib/messenger/terraform-value";
import { nextEnvironment, type NextEnvironmentProps } from "../../lib/sources/next-environment";
import { stackWith, synth } from "../messenger/synthesis";

const elsewhere = { address: "genesyscloud_webdeployments_deployment.Other", type: "", action: "update" } as const;

/** What is said of a plan of these domains, for an environment with an address that only Terraform knows. */
function refusals(
  after: object | undefined,
  props: Partial<NextEnvironmentProps> = {},
  action: PlannedAction = "update",
) {
  const addresses = ["https://www.example.com", terraformValue("${var.domain}")];
  const environment = nextEnvironment("production", { kind: "production", addresses, ...props });
  const messengers = declaredMessengers({ ...synth(stackWith({ environment })) });
  const changes = messengers.map(({ address }) => ({
    address,
    type: "",
    action,
    ...(after && { after: { ...after } }),
  }));
  const others = [{ ...elsewhere, after: { allowed_domains: ["kawasaki.jp"] } }];
  return plannedAddressRefusals([...others, ...changes], messengers);
}

test.each([
  [["www.example.com", "xn--zz.example.com"], '"xn--zz.example.com"'],
  [["kawasaki.jp", "www.example.com"], '"kawasaki.jp"'],
])("what Terraform's expressions let pass is refused by the rules, with its place: %j", (domains, quoted) => {
  const [refusal, ...others] = refusals({ allowed_domains: domains });
  expect(others).toEqual([]);
  expect(refusal).toContain(quoted);
  expect(refusal).toMatch(/genesyscloud_webdeployments_deployment\.\w+.*allowed_domains/);
});

test.each<[string, object, Partial<NextEnvironmentProps>]>([
  ["hosts that are in order", { allowed_domains: ["shop.example.com", "www.example.com"] }, {}],
  ["a list that only the apply knows", {}, {}],
  ["a list of which only the apply knows a part", { allowed_domains: ["localhost", null] }, {}],
  ["a list of another shape", { allowed_domains: "localhost" }, {}],
  ["what is only warned of", { allowed_domains: ["www.example.nosuchsuffix"] }, { kind: "staging" }],
  ["what the environment's kind allows", { allowed_domains: ["localhost"] }, { kind: "development" }],
  ["what the environment acknowledges", { allowed_domains: ["localhost"] }, { acknowledge: { loopback: "a kiosk" } }],
  ["addresses that synthesis has judged", { allowed_domains: ["localhost"] }, { addresses: ["www.example.com"] }],
])("nothing is said of %s", (_, after, props) => {
  expect(refusals(after, props)).toEqual([]);
});

test("nothing is said of a list that does not change", () => {
  expect(refusals({ allowed_domains: ["localhost"] }, {}, "no-op")).toEqual([]);
});

test("nothing is said of a deployment that is deleted, or of which the plan says nothing", () => {
  expect(refusals(undefined, {}, "delete")).toEqual([]);
  const lateRules = { kind: "production", acknowledge: {} } as const;
  expect(plannedAddressRefusals([], [{ address: elsewhere.address, name: "Other", lateRules }])).toEqual([]);
});
