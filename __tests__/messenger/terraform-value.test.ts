import { App, Fn, Lazy, TerraformResource, TerraformStack, Testing, Token } from "cdktf";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { terraformValue, type TerraformValue } from "../../lib/messenger/terraform-value";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { lateRules } from "../../lib/messenger/late-address-rules";
import { type AddressSource } from "../../lib/sources/address-source";
import { nextEnvironment, type NextEnvironmentProps } from "../../lib/sources/next-environment";
import { nothingIsWritten, platformStack, refusals, reviewed, stackWith, synth } from "./synthesis";

const defaultLanguage = "en-us";

class Service extends TerraformResource {
  constructor(stack: TerraformStack, id = "Service") {
    super(stack, id, { terraformResourceType: "google_cloud_run_v2_service" });
  }
  get uri(): string {
    return this.getStringAttribute("uri");
  }
  get urls(): string[] {
    return this.getListAttribute("urls");
  }
  get port(): number {
    return this.getNumberAttribute("port");
  }
  get labels(): Record<string, string> {
    return this.getStringMapAttribute("labels");
  }
}

/** A stack with a Messenger whose environment has these addresses, made from a service of the same stack. */
function stackOf(
  addresses: (service: Service) => NextEnvironmentProps["addresses"],
  props: Partial<NextEnvironmentProps> = {},
): TerraformStack {
  const stack = platformStack();
  const environment = nextEnvironment("production", {
    kind: "production",
    ...props,
    addresses: addresses(new Service(stack)),
  });
  new WebMessenger(stack, "Messenger", { environment, defaultLanguage });
  return stack;
}

/** What the addresses that only Terraform knows come to: their expressions, and what they are called. */
function lateValues(value: (service: Service) => TerraformValue): unknown {
  const { locals = {} } = synth(stackOf((service) => [terraformValue(value(service))]));
  return Object.entries(locals).find(([name]) => name.endsWith("_values"))?.[1];
}

test("what Terraform is told of an address that it alone knows", () => {
  const stack = stackOf((service) => ["https://www.example.com", terraformValue(service.uri)]);

  expect(reviewed(stack)).toMatchSnapshot();
});

describe("every form that cdktf gives to a value", () => {
  const uri = "google_cloud_run_v2_service.Service.uri";
  const urls = "google_cloud_run_v2_service.Service.urls";

  test.each<[string, (service: Service) => TerraformValue, string, string]>([
    ["an attribute", ({ uri }) => uri, `\${${uri}}`, uri],
    ["a part of a text", ({ uri }) => `https://${uri}/shop`, `https://\${${uri}}/shop`, `https://$\${${uri}}/shop`],
    ["a list", ({ urls }) => urls, `\${${urls}}`, urls],
    ["a list that is made of an expression", () => Token.asList("${var.hosts}"), "${var.hosts}", "var.hosts"],
    ["a function", ({ uri }) => Fn.lower(uri), `\${lower(${uri})}`, `lower(${uri})`],
    [
      "an element of a list",
      ({ urls }) => Fn.element(urls, 0) as string,
      `\${element(${urls}, 0)}`,
      `element(${urls}, 0)`,
    ],
    [
      "the values of a map",
      ({ labels }) => Fn.values(labels) as string[],
      "${values(google_cloud_run_v2_service.Service.labels)}",
      "values(google_cloud_run_v2_service.Service.labels)",
    ],
    ["a value that is made later", ({ uri }) => Lazy.stringValue({ produce: () => uri }), `\${${uri}}`, uri],
    ["a list that is made later", ({ urls }) => Lazy.listValue({ produce: () => urls }), `\${${urls}}`, urls],
    ["an object of cdktf", ({ uri }) => Token.asAny(uri), `\${${uri}}`, uri],
    ["an expression that is written out", () => "${var.domain}", "${var.domain}", "var.domain"],
    [
      "a number in a text",
      ({ uri, port }) => `${uri}:${port}`,
      `\${${uri}}:\${google_cloud_run_v2_service.Service.port}`,
      `$\${${uri}}:$\${google_cloud_run_v2_service.Service.port}`,
    ],
  ])("%s", (_, value, expression, name) => {
    expect(lateValues(value)).toEqual([{ from: name, value: expression }]);
  });

  test("several values, of which some are written out", () => {
    const stack = stackOf(({ uri }) => [terraformValue([uri, "https://b.example.com", "${var.c}"], { name: "ours" })]);
    const { locals = {}, resource } = synth(stack);

    expect(Object.values(locals)).toContainEqual([
      { from: "ours", value: `\${${uri}}` },
      { from: "ours", value: "${var.c}" },
    ]);
    expect(JSON.stringify(resource)).toContain('concat([\\"b.example.com\\"]');
  });

  test("a value of another stack", () => {
    const app = new App(nothingIsWritten);
    const service = new Service(new TerraformStack(app, "other"));
    const environment = nextEnvironment("production", { kind: "production", addresses: [terraformValue(service.uri)] });
    const stack = new MessengerStack(app, "production", { environment, defaultLanguage });
    stack.prepareStack();
    const { locals, data } = synth(stack);

    expect(Object.keys(data?.["terraform_remote_state"] ?? {})).toEqual(["cross-stack-reference-input-other"]);
    expect(JSON.stringify(locals)).toContain(
      "${data.terraform_remote_state.cross-stack-reference-input-other.outputs.",
    );
  });

  test("none of them, which is an address like any other", () => {
    expect(refusals({ environment: production(terraformValue("http://localhost:3000")) })).toEqual([
      expect.stringMatching(
        /^"http:\/\/localhost:3000" \(.*terraform-value\.test\.ts:\d+\) is the visitor's own machine/,
      ),
    ]);
    expect(synth(stackWith({ environment: production(terraformValue("www.example.com")) })).locals).toBeUndefined();
  });
});

function production(...addresses: readonly (string | AddressSource)[]) {
  return nextEnvironment("production", { kind: "production", addresses });
}

describe("what is not an address is refused by name, never in cdktf's words", () => {
  const service = new Service(platformStack());

  test.each<[string, unknown, string]>([
    ["the first of a list", service.urls[0], "is taken from a list that only Terraform knows"],
    ["the rest of a list", [...service.urls, ...service.urls], "is taken from a list that only Terraform knows"],
    ["a list in a text", `https://${String(service.urls)}`, "is taken from a list that only Terraform knows"],
    ["a map", service.labels, "is a map"],
    ["a value of a map", Object.values(service.labels)[0], "is taken from a map that only Terraform knows"],
    ["a number", service.port, "is a number, but an address is a string"],
    ["a resource", service, "is a whole resource"],
    ["nothing", undefined, "is undefined"],
    ["a function", () => "", "is a function"],
    ["a placeholder", "https://${HOST}", "holds ${HOST}, which is not a Terraform expression"],
  ])("%s", (_, value, problem) => {
    const [line = "", ...others] = refusals({
      environment: production(terraformValue(value as TerraformValue), "a.example.com"),
    });

    expect(line).toContain(`the value given to terraformValue ${problem} (`);
    expect(line).toMatch(/terraform-value\.test\.ts:\d+\) \(unusable-token\): \S/);
    expect(others).toEqual([]);
  });

  test("also where it shows only when the stack is resolved", () => {
    const stack = stackOf(({ urls }) => [terraformValue(Lazy.stringValue({ produce: () => urls[0] }))]);

    expect(() => stack.toTerraform() as unknown).toThrow(
      /terraformValue \(.*terraform-value\.test\.ts:\d+\) is given a value taken from a list or a map/,
    );
  });

  test.each<[string, string, string]>([
    ["a value as an address", service.uri, "terraformValue(…)"],
    ["a value of a list as an address", service.urls[0] ?? "", "terraformValue(resource.list)"],
    ["a list in an address", `https://${String(service.urls)}`, "terraformValue(resource.list)"],
    ["a value of a map as an address", Object.values(service.labels)[0] ?? "", "terraformValue(Fn.lookup("],
    ["a value in an address", `https://${service.uri}/shop`, "terraformValue(…)"],
    ["a number in an address", `https://shop.example.com:${service.port}`, "terraformValue(…)"],
    ["a function as an address", Fn.lower(service.uri), "terraformValue(…)"],
    ["a value that is made later as an address", Lazy.stringValue({ produce: () => service.uri }), "terraformValue(…)"],
  ])("%s, without terraformValue", (_, address, remedy) => {
    expect(refusals({ environment: production(address) })).toEqual([expect.stringContaining(remedy)]);
  });

  test.each<[string, unknown, string]>([
    ["a list", service.urls, "Invalid addresses[0] (a Terraform value): expected a page address or a source, such as"],
    ["an object of cdktf", Token.asAny(service.uri), "and wrap what only Terraform knows in terraformValue(…)"],
    [
      "a value that is made later",
      Lazy.anyValue({ produce: () => service.uri }),
      "and wrap what only Terraform knows in terraformValue(…)",
    ],
    ["a number", service.port, "Invalid addresses[0] (a Terraform value): expected a page address or a source"],
    ["a map", service.labels, "Invalid addresses[0] (a Terraform value): expected a page address or a source"],
    ["a resource", service, "Invalid addresses[0] (a Service): expected a page address or a source"],
  ])("%s as an address, without terraformValue", (_, address, problem) => {
    expect(() => production(address as string)).toThrow(problem);
  });

  test.each<[string, string]>([
    ["a value", service.uri],
    ["a value of a list", service.urls[0] ?? ""],
  ])("%s as the name of an environment, or in an explanation", (_, token) => {
    expect(() => nextEnvironment(token, { kind: "production", addresses: [] })).toThrow(
      "Invalid name (a Terraform value): expected letters, digits",
    );
    expect(production("www.example.com").allowList.explain(token)).toMatchObject({
      admitted: false,
      remedy: expect.stringContaining("terraformValue(") as string,
    });
  });

  test("a reason for an acknowledgement is not part of the stack", () => {
    const acknowledge = { "platform-host": service.urls[0] ?? "" };
    const environment = nextEnvironment("production", { kind: "production", addresses: ["a.vercel.app"], acknowledge });
    expect(JSON.stringify(synth(stackWith({ environment })))).not.toContain("TfToken");
  });
});

describe("an environment with an address that only Terraform knows", () => {
  const late = terraformValue("${var.domain}");
  const environment = production("https://www.example.com", late);

  test("is not empty, and its acknowledgements may be for that address", () => {
    const acknowledge = { loopback: "a kiosk", "public-suffix": "not possible" };
    const only = nextEnvironment("production", { kind: "production", addresses: [late], acknowledge });

    expect(only.findings.map(({ rule, value }) => [rule, value])).toEqual([["acknowledgement", "public-suffix"]]);
    expect(production(late).findings).toEqual([]);
  });

  test("says so where it explains and compares its list", () => {
    const { allowList } = environment;
    const [unexpected] = allowList.diff({
      allowAllDomains: false,
      allowedDomains: ["shop.example.net", "www.example.com"],
    }).differences;

    expect(allowList.late).toEqual([
      { value: "var.domain", place: expect.objectContaining({ line: expect.any(Number) as number }) as object },
    ]);
    expect(allowList.explain("https://shop.example.net").message).toContain("known at apply: var.domain");
    expect(unexpected?.message).toContain("unless var.domain stands for it");
  });

  test("cannot allow all domains as well", () => {
    const all = nextEnvironment("preview", { kind: "preview", addresses: [late], allowAllDomains: true });

    expect(all.findings.map(({ rule }) => rule)).toContain("unused-addresses");
  });

  test("has the rules of its kind in the precondition, but not those that it acknowledges", () => {
    const refusing = (kind: NextEnvironmentProps["kind"], acknowledge = {}) =>
      Object.entries(lateRules(kind, acknowledge)).flatMap(([id, { says }]) => (says === "" ? [] : [id]));

    expect(refusing("production")).toEqual([
      "public-suffix",
      "unset-variable",
      "loopback",
      "ip-address",
      "private-name",
      "plain-http",
      "wildcard",
      "preview-host",
    ]);
    expect(refusing("staging")).toEqual(["public-suffix", "unset-variable", "loopback", "ip-address"]);
    expect(refusing("development")).toEqual(["public-suffix", "unset-variable"]);
    expect(refusing("staging", { "ip-address": "a bastion" })).toEqual(["public-suffix", "unset-variable", "loopback"]);
    // It still makes what yields to it superfluous.
    expect(Object.keys(lateRules("production", { loopback: "a kiosk" }))).toContain("loopback");
  });

  test("asks for at least one host where nothing is written out", () => {
    const json = (...addresses: AddressSource[]) =>
      JSON.stringify(synth(stackWith({ environment: production(...addresses) })));

    expect(json(late)).toContain("(empty-list)");
    expect(json(late, terraformValue("www.example.com"))).not.toContain("(empty-list)");
  });

  test("is synthesised to the same bytes whatever tokens were made before", () => {
    const json = () => JSON.stringify(synth(stackOf(({ uri, urls }) => [terraformValue(uri), terraformValue(urls)])));
    const first = json();
    Token.asString(Fn.lower("${var.other}"));

    expect(json()).toBe(first);
  });

  test("cannot be written in Terraform's own language", () => {
    expect(() => Testing.synthHcl(stackWith({ environment })) as unknown).toThrow("synthesise without --hcl");
  });
});
