import { formatFinding, refuses } from "../../lib/origins/finding";
import { rules } from "../../lib/origins/rules";
import { derived } from "./derived";

test("an acknowledged finding is marked with the reason and refuses nothing", () => {
  const { allowList, findings } = derived(["http://shop.example.com"], {
    acknowledge: { "plain-http": " behind a proxy that redirects " },
  });
  expect(findings).toMatchObject([
    { rule: "plain-http", severity: "error", acknowledged: "behind a proxy that redirects" },
  ]);
  expect(findings.some(refuses)).toBe(false);
  expect(allowList.domains).toEqual(["shop.example.com"]);
});

test("acknowledging one rule leaves the others in force", () => {
  const { allowList, findings } = derived(["http://*.example.com"], {
    acknowledge: { "plain-http": "a proxy redirects" },
  });
  expect(findings.filter(refuses).map(({ rule }) => rule)).toEqual(["wildcard"]);
  expect(allowList.domains).toEqual([]);
});

test("an environment's rule can be acknowledged as well", () => {
  const { findings } = derived([], { allowAllDomains: true, acknowledge: { "allow-all": "a public widget" } });
  expect(findings).toMatchObject([{ rule: "allow-all", acknowledged: "a public widget" }]);
});

describe("an acknowledgement that cannot count is refused, and the rule stays in force", () => {
  test.each([
    [{ loopback: " " }, '"loopback" is acknowledged without a reason', "state why the environment breaks the rule"],
    [{ "public-suffix": "we own Vercel" }, '"public-suffix" cannot be acknowledged', "remove the acknowledgement"],
    [{ "invalid-address": "later" }, '"invalid-address" cannot be acknowledged', "remove the acknowledgement"],
    [{ localhost: "for now" }, '"localhost" is not a rule that can be acknowledged', "loopback"],
    [{ constructor: "for now" }, '"constructor" is not a rule that can be acknowledged', "platform-host"],
  ])("%j", (acknowledge, message, remedy) => {
    const { findings } = derived(["localhost", "vercel.app"], { acknowledge });
    const own = findings.filter(({ rule }) => rule === "acknowledgement");
    expect(own).toHaveLength(1);
    expect(own[0]).toMatchObject({ severity: "error", message });
    expect(own[0]?.remedy).toContain(remedy);
    expect(findings.filter(refuses)).toHaveLength(3);
  });

  test("an unknown rule's remedy lists the rules that can be acknowledged, and no others", () => {
    const [finding] = derived(["www.example.com"], { acknowledge: { plain: "x" } }).findings;
    for (const { id, acknowledgeable } of rules) expect(finding?.remedy.includes(id)).toBe(acknowledgeable);
  });
});

describe("an acknowledgement of nothing is a warning, lest it excuses what comes later", () => {
  test("where no address breaks the rule", () => {
    const { findings } = derived(["www.example.com"], { acknowledge: { loopback: "the kiosk" } });
    expect(findings.map(formatFinding)).toEqual([
      '"loopback" does not need to be acknowledged: nothing breaks the rule (acknowledgement): remove the acknowledgement',
    ]);
    expect(findings.some(refuses)).toBe(false);
  });

  test("where the rule is silent for the kind", () => {
    const { findings } = derived(["localhost"], { kind: "development", acknowledge: { loopback: "the kiosk" } });
    expect(findings[0]?.message).toContain("the rule allows it in a development environment");
  });

  const late = [{ value: "the shop's domain", place: { file: "environments.ts", line: 7 } }];

  test("but not where an address that only Terraform knows may be what it is for", () => {
    expect(derived([], { late, acknowledge: { loopback: "the kiosk" } }).findings).toEqual([]);
  });

  test("and there, too, where the rule is silent for the kind", () => {
    const { findings } = derived([], { late, kind: "development", acknowledge: { loopback: "the kiosk" } });
    expect(findings[0]?.message).toContain("the rule allows it in a development environment");
  });

  test("but shared-host is judged where all environments are seen", () => {
    expect(derived(["www.example.com"], { acknowledge: { "shared-host": "one shop" } }).findings).toEqual([]);
  });
});
