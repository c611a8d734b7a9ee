import { Aspects, Testing, TerraformStack } from "cdktf";
import { MessengerStack } from "../../lib/messenger/messenger-stack";
import { terraformValue } from "../../lib/messenger/terraform-value";
import { WebMessenger } from "../../lib/messenger/web-messenger";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { matchers } from "../../lib/testing";
import { app, appendDomains, platform, production, written } from "./stacks";

expect.extend(matchers);

const environment = production("www.example.com", "shop.example.com");
const staging = nextEnvironment("staging", { kind: "staging", addresses: [written("staging.example.com")] });
const messengerStack = () => new MessengerStack(app(), "production", { environment, defaultLanguage: "en-us" });

/** What a failed expectation says. */
function failure(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("The expectation holds.");
}

describe("whatever holds a Messenger", () => {
  test.each([
    ["an environment", environment],
    ["a MessengerStack", messengerStack()],
    ["a Messenger", messengerStack().messenger],
    ["a custom stack", platform(environment)],
    ["an app", messengerStack().node.root],
    ["what Testing.synth returned", Testing.synth(messengerStack())],
  ])("%s admits its pages and no others", (_, subject) => {
    expect(subject).toAdmit("www.example.com");
    expect(subject).toAdmit("https://pr-1.shop.example.com/cart");
    expect(subject).not.toAdmit("example.com");
    expect(subject).toServeExactly(["www.example.com", "https://shop.example.com"]);
    expect(subject).not.toServeExactly(["www.example.com"]);
  });

  test("of several Messengers, one that admits a page is enough; none is asked for by not", () => {
    const stack = platform(environment, staging);

    expect(stack).toAdmit("staging.example.com");
    expect(stack).toAdmit("www.example.com");
    expect(stack).not.toAdmit("www.example.net");
  });

  test("addresses that are added later count, and so do those that an aspect adds", () => {
    const stack = messengerStack();
    expect(stack).not.toAdmit("help.example.com");
    stack.messenger.addAddress("https://help.example.com");
    expect(stack).toAdmit("help.example.com");
    Aspects.of(stack).add({
      visit: (node) => {
        if (node instanceof WebMessenger) node.addAddress("https://blog.example.com");
      },
    });
    expect(stack).toAdmit("blog.example.com");
  });

  test("an aspect runs no oftener than the stack grows, so that one that appends appends once", () => {
    const stack = messengerStack();
    let visits = 0;
    Aspects.of(stack).add({ visit: (node) => void (visits += node === stack ? 1 : 0) });
    expect(stack).toAdmit("www.example.com");
    expect(stack).toAdmit("shop.example.com");

    expect(visits).toBe(1);
  });

  test("where everything is allowed every page is admitted, and no list is exact", () => {
    const preview = nextEnvironment("preview", { kind: "preview", addresses: [], allowAllDomains: true });

    expect(platform(preview)).toAdmit("www.example.net");
    expect(platform(preview)).not.toServeExactly([]);
  });
});

describe("a failure says why", () => {
  test.each([
    [
      "the nearest entry, where it stands and what to add",
      () => {
        expect(environment).toAdmit("example.com");
      },
    ],
    [
      "where addresses are written, when no entry is near",
      () => {
        expect(messengerStack()).toAdmit("acme.test");
      },
    ],
    [
      "which entry admits a page that should not be",
      () => {
        expect(messengerStack()).not.toAdmit("a.shop.example.com");
      },
    ],
    [
      "what is missing and what no one expected",
      () => {
        expect(environment).toServeExactly(["www.example.com", "blog.example.com", "eu.shop.example.com"]);
      },
    ],
    [
      "that the list is what it should not be",
      () => {
        expect(environment).not.toServeExactly(["www.example.com", "shop.example.com"]);
      },
    ],
    [
      "which Messenger of several",
      () => {
        expect(platform(environment, staging)).toAdmit("example.net");
      },
    ],
    [
      "which Messenger admits it, of several",
      () => {
        expect(platform(environment, staging)).not.toAdmit("staging.example.com");
      },
    ],
    [
      "that a rule refuses the address",
      () => {
        expect(
          platform(
            nextEnvironment("production", {
              kind: "production",
              addresses: [
                {
                  read: () => ({
                    addresses: [{ value: "http://www.example.com", place: { file: "shop/.env", line: 1 } }],
                    findings: [],
                  }),
                },
              ],
            }),
          ),
        ).toAdmit("www.example.com");
      },
    ],
    [
      "the resource, of a synthesised stack",
      () => {
        expect(Testing.synth(platform(environment))).toAdmit("example.com");
      },
    ],
    [
      "that several lists cannot be one",
      () => {
        expect(platform(environment, staging)).toServeExactly([]);
      },
    ],
    [
      "that a stack has no Messenger",
      () => {
        expect(new TerraformStack(app(), "empty")).toAdmit("www.example.com");
      },
    ],
    [
      "that an app has none",
      () => {
        expect(app()).not.toAdmit("www.example.com");
      },
    ],
    [
      "that a value is not one of these",
      () => {
        expect({ stack: "production" }).toAdmit("www.example.com");
      },
    ],
    [
      "that a text is not a synthesised stack",
      () => {
        expect("production").toAdmit("www.example.com");
      },
    ],
    [
      "that a page is not an address, also with not",
      () => {
        expect(environment).not.toAdmit("ftp://www.example.com");
      },
    ],
  ])("%s", (_, expectation) => {
    expect(failure(expectation)).toMatchSnapshot();
  });
});

describe("a list that Terraform alone knows", () => {
  const unknown = platform(environment);
  appendDomains(unknown, environment, ["${vercel_project_domain.shop.domain}"]);

  test("admits what is written out", () => {
    expect(unknown).toAdmit("www.example.com");
  });

  test("lets no one say that a page is not admitted, or that a list is exact", () => {
    expect(
      failure(() => {
        expect(unknown).not.toAdmit("example.net");
      }),
    ).toMatchSnapshot();
    expect(
      failure(() => {
        expect(unknown).toAdmit("example.net");
      }),
    ).toMatchSnapshot();
    expect(
      failure(() => {
        expect(unknown).toServeExactly(["www.example.com"]);
      }),
    ).toMatchSnapshot();
    expect(
      failure(() => {
        expect(unknown).not.toServeExactly(["www.example.com"]);
      }),
    ).toMatchSnapshot();
  });

  test("has names for what terraformValue is given", () => {
    const late = production("www.example.com").with(terraformValue("${var.page}", { name: "the shop's page" }));

    expect(platform(late)).toAdmit("www.example.com");
    expect(late).toAdmit("www.example.com");
    for (const subject of [late, platform(late), Testing.synth(platform(late))]) {
      expect(
        failure(() => {
          expect(subject).not.toAdmit("example.net");
        }).replaceAll(/test\.ts:\d+/g, "test.ts"),
      ).toMatchSnapshot();
    }
  });
});
