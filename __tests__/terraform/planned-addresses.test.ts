import { plannedAddressRefusals } from "../../lib/terraform";
import { declaredMessengers } from "../../lib/terraform/declared-messengers";
import { terraformValue } from "../../lib/messenger";
import { nextEnvironment, type NextEnvironmentProps } from "../../lib/sources";
import { stackWith, synth } from "../messenger/synthesis";

/** What is said of a plan of these domains, for an environment with an address that only Terraform knows. */
function refusals(after: object, props: Partial<NextEnvironmentProps> = {}, action: "update" | "no-op" = "update") {
  const addresses = ["https://www.example.com", terraformValue("${var.domain}")];
  const environment = nextEnvironment("production", { kind: "production", addresses, ...props });
  const messengers = declaredMessengers({ ...synth(stackWith({ environment })) });
  const changes = messengers.map(({ address }) => ({ address, type: "", action, after: { ...after } }));
  return plannedAddressRefusals(changes, messengers);
}

test.each([
  [["www.example.com", "xn--zz.example.com"], '"xn--zz.example.com"'],
  [["kawasaki.jp", "www.example.com"], '"kawasaki.jp"'],
])("what Terraform's expressions let pass is refused by the rules: %j", (domains, quoted) => {
  expect(refusals({ allowed_domains: domains })).toEqual([expect.stringContaining(quoted)]);
});

test.each<[string, object, Partial<NextEnvironmentProps>]>([
  ["hosts that are in order", { allowed_domains: ["shop.example.com", "www.example.com"] }, {}],
  ["a list that only the apply knows", {}, {}],
  ["what the environment's kind allows", { allowed_domains: ["localhost"] }, { kind: "development" }],
  ["what the environment acknowledges", { allowed_domains: ["localhost"] }, { acknowledge: { loopback: "a kiosk" } }],
  ["addresses that synthesis has judged", { allowed_domains: ["localhost"] }, { addresses: ["www.example.com"] }],
])("nothing is said of %s", (_, after, props) => {
  expect(refusals(after, props)).toEqual([]);
});

test("nothing is said of a list that does not change", () => {
  expect(refusals({ allowed_domains: ["localhost"] }, {}, "no-op")).toEqual([]);
});
