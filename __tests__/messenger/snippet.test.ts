import { createContext, runInContext } from "node:vm";
import { type AwsRegion, regions } from "../../lib/genesys/regions";
import { messengerSnippet } from "../../lib/messenger/snippet";

const deploymentId = "6c1d0bd2-5f0c-4c7f-9c7e-6d6f4f1b2a10";

interface Script {
  async?: boolean;
  src?: string;
}

type Queue = ((...call: unknown[]) => void) & { q?: ArrayLike<unknown>[]; t?: number; c?: object };

/** A page, as far as the snippet touches it. */
function run(html: string): { window: { Genesys?: Queue; _genesysJs?: string }; head: Script[] } {
  const window: { Genesys?: Queue; _genesysJs?: string } = {};
  const head: Script[] = [];
  const document = {
    createElement: (): Script => ({}),
    head: {
      appendChild: (script: Script) => {
        head.push(script);
      },
    },
  };
  const [, script = ""] = /^<script[^>]*>([\s\S]*)<\/script>$/.exec(html) ?? [];
  runInContext(script, createContext({ window, document, Date }));
  return { window, head };
}

describe("the snippet of a page", () => {
  test("loads Genesys's own loader of the region, without holding the page up", () => {
    const { head } = run(messengerSnippet({ deploymentId, region: "eu-central-1" }));

    expect(head).toEqual([{ async: true, src: "https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js" }]);
  });

  test("tells the loader which deployment is meant, in which environment, and since when", () => {
    const { window } = run(messengerSnippet({ deploymentId, region: "eu-central-1" }));

    expect(window._genesysJs).toBe("Genesys");
    expect(window.Genesys?.c).toEqual({ environment: "prod-euc1", deploymentId });
    expect(window.Genesys?.t).toEqual(expect.any(Number));
  });

  test("queues what the page says before the loader is there", () => {
    const { window } = run(messengerSnippet({ deploymentId }));

    window.Genesys?.("command", "Messenger.open");
    window.Genesys?.("subscribe", "Messenger.ready");

    expect(window.Genesys?.q?.map((call) => Array.from(call))).toEqual([
      ["command", "Messenger.open"],
      ["subscribe", "Messenger.ready"],
    ]);
  });

  test("is quiet unless told otherwise", () => {
    expect(run(messengerSnippet({ deploymentId, debug: true })).window.Genesys?.c).toHaveProperty("debug", true);
    expect(run(messengerSnippet({ deploymentId })).window.Genesys?.c).not.toHaveProperty("debug");
  });

  test("carries the nonce of a strict page", () => {
    expect(messengerSnippet({ deploymentId, nonce: "r4nd0m" })).toMatch(/^<script nonce="r4nd0m">\n/);
  });

  test("cannot be ended, or left, by a value that is put into it", () => {
    const html = messengerSnippet({ deploymentId: `</script><img src=x>"`, nonce: `"><img src=x>` });

    expect(html).not.toContain(`</script><img`);
    expect(html).not.toContain(`nonce=""`);
    expect(run(messengerSnippet({ deploymentId: `</script>"` })).window.Genesys?.c).toHaveProperty(
      "deploymentId",
      `</script>"`,
    );
  });

  test.each(regions)("holds nothing that Terraform would read as a template: $awsRegion", ({ awsRegion, domain }) => {
    const html = messengerSnippet({ deploymentId, region: awsRegion });

    expect(html).not.toMatch(/[$%]\{/);
    expect(html).toContain(`https://apps.${domain}/`);
  });

  test.each<[string, string]>([
    ["mars-north-1", 'expected "us-east-1", "us-east-2"'],
    ["prod-euc1", 'did you mean "eu-central-1"?'],
    ["mypurecloud.ie", 'did you mean "eu-west-1"?'],
  ])('refuses the region "%s"', (region, remedy) => {
    expect(() => messengerSnippet({ deploymentId, region: region as AwsRegion })).toThrow(
      `Invalid region "${region}": ${remedy}`,
    );
  });
});
