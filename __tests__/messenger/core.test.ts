import * as own from "cdktf";
import * as cdktf from "cdktf/lib/index";
import * as cdktn from "cdktn";
import { Construct } from "constructs";
import * as library from "../../lib";
import * as testing from "../../lib/testing";
import { mixtureIn } from "../../lib/messenger/core";
import { production } from "./environments";
import { nothingIsWritten } from "./synthesis";

/** The core that the library loads here, and the other one: these tests run on both. */
const isCdktf = own.App === cdktf.App;
const [core, other, ofOther] = isCdktf ? ["cdktf", "cdktn", cdktn] : ["cdktn", "cdktf", cdktf];
const entry = isCdktf ? "cdktf-genesys-messenger/cdktn" : "cdktf-genesys-messenger";

const { App, TerraformStack } = own;
const environment = production();
const props = { environment, defaultLanguage: "en-us" };

/** Makes a construct as a program does that no compiler has checked: each core has its own types. */
function make(
  made: keyof typeof library | (abstract new (...given: never[]) => object),
  ...given: readonly unknown[]
): object {
  return Reflect.construct((typeof made === "string" ? library[made] : made) as () => object, given) as object;
}

const otherApp = (): cdktf.App | cdktn.App => new ofOther.App(nothingIsWritten);
const otherStack = (id = "shop") => make(ofOther.TerraformStack, otherApp(), id) as cdktf.TerraformStack;
const ownStack = (id = "shop") => new TerraformStack(new App(nothingIsWritten), id);

test("the two cores are told apart", () => {
  expect(ofOther.App).not.toBe(App);
  expect([mixtureIn(otherStack()), mixtureIn(ownStack())]).toEqual([{ own: core, other }, undefined]);
});

describe("in an app that is made with the other core", () => {
  test.each<[string, (scope: Construct) => unknown]>([
    ["MessengerStack", (scope) => make("MessengerStack", scope, "production", props)],
    ["WebMessenger", (scope) => make("WebMessenger", scope, "production", props)],
    [
      "MessengerConfiguration",
      (scope) => make("MessengerConfiguration", scope, "production", { defaultLanguage: "en-us" }),
    ],
    [
      "MessengerConfiguration",
      (scope) => library.MessengerConfiguration.fromConfigurationName(scope, "production", "Look"),
    ],
    ["ReleasedMessenger", (scope) => make("ReleasedMessenger", scope, "production")],
    ["GenesyscloudProvider", (scope) => make("GenesyscloudProvider", scope, "production")],
    ["WebMessenger", (scope) => library.WebMessenger.fromDeploymentName(scope, "production", "shop")],
    ["WebMessenger", (scope) => library.WebMessenger.fromDeploymentId(scope, "production", "4711")],
    [
      "WebMessenger",
      (scope) => library.WebMessenger.fromDeploymentAttributes(scope, "production", { deploymentId: "4711" }),
    ],
  ])("%s says which entry to import", (name, declare) => {
    const app = otherApp();
    const stack = otherStack();

    expect(() => declare(app)).toThrow(
      `${name} "production" is made with ${core}, and its app with ${other}: import ${name} from "${entry}".`,
    );
    expect(() => declare(stack)).toThrow(`${name} "production" is made with ${core}, and its app with ${other}`);
    expect([...app.node.children, ...stack.node.children]).toEqual([]);
  });

  test("a stack of the right core, in a separate class, is refused all the same", () => {
    class Platform extends TerraformStack {}
    const stack = make(Platform, otherApp(), "shop") as own.TerraformStack;

    expect(() => new library.WebMessenger(stack, "Messenger", props)).toThrow(`and its app with ${other}`);
  });
});

describe("in a stack with something of the other core in it", () => {
  test("a MessengerStack says what it is", () => {
    const app = new App(nothingIsWritten);
    const stack = new library.MessengerStack(app, "production", props);
    make(ofOther.LocalBackend, stack, { path: "terraform.tfstate" });

    expect(() => {
      app.synth();
    }).toThrow(
      `"production/backend" is made with ${other}, and its stack with ${core}: import it from "${core}", or make everything with ` +
        `${other} and import from "${entry}".`,
    );
  });

  test("a MessengerStack finds it at any depth", () => {
    const app = new App(nothingIsWritten);
    const stack = new library.MessengerStack(app, "production", props);
    make(ofOther.TerraformOutput, new Construct(stack, "more"), "page", { value: "www.example.com" });

    expect(() => {
      app.synth();
    }).toThrow(`"production/more/page" is made with ${other}`);
  });

  test("a WebMessenger finds what is there already", () => {
    const stack = ownStack();
    make(ofOther.LocalBackend, stack, { path: "terraform.tfstate" });

    expect(() => new library.WebMessenger(stack, "Messenger", props)).toThrow(
      `"shop/backend" is made with ${other}, and its stack with ${core}`,
    );
  });

  test("a WebMessenger finds what comes later, when it is validated", () => {
    const stack = ownStack();
    new library.GenesyscloudProvider(stack, "Genesys");
    new library.WebMessenger(stack, "Messenger", props);
    make(ofOther.LocalBackend, stack, { path: "terraform.tfstate" });

    expect(() => {
      stack.runAllValidations();
    }).toThrow(`"shop/backend" is made with ${other}`);
  });
});

describe("in an app with a stack of the other core in it", () => {
  const sentence =
    `is made with ${other}, and its app with ${core}: import it from "${core}", or make everything with ${other} and import from ` +
    `"${entry}".`;

  test.each<[string, (app: own.App) => unknown]>([
    ["MessengerStack", (app) => new library.MessengerStack(app, "production", props)],
    ["WebMessenger", (app) => new library.WebMessenger(new TerraformStack(app, "own"), "Messenger", props)],
    [
      "WebMessenger that is looked up",
      (app) => library.WebMessenger.fromDeploymentName(new TerraformStack(app, "own"), "Support", "Support"),
    ],
    ["ReleasedMessenger", (app) => new library.ReleasedMessenger(new TerraformStack(app, "own"), "Messenger")],
    ["GenesyscloudProvider", (app) => new library.GenesyscloudProvider(new TerraformStack(app, "own"), "Genesys")],
  ])("a %s says which stack it is", (_, declare) => {
    const [app, grouped] = [new App(nothingIsWritten), new App(nothingIsWritten)];
    make(ofOther.TerraformStack, app, "shop");
    make(ofOther.TerraformStack, new Construct(grouped, "group"), "shop");

    expect(() => declare(app)).toThrow(`"shop" ${sentence}`);
    expect(() => declare(grouped)).toThrow(`"group/shop" ${sentence}`);
  });

  test.each<[string, (app: own.App) => unknown]>([
    ["MessengerStack", (app) => new library.MessengerStack(app, "production", props)],
    [
      "WebMessenger",
      (app) => {
        const stack = new TerraformStack(app, "own");
        new library.GenesyscloudProvider(stack, "Genesys");
        new library.WebMessenger(stack, "Messenger", props);
      },
    ],
  ])("a %s finds one that comes later, when the app is synthesised", (_, declare) => {
    const app = new App(nothingIsWritten);
    declare(app);
    make(ofOther.TerraformStack, app, "shop");

    expect(() => {
      app.synth();
    }).toThrow(`"shop" ${sentence}`);
  });
});

interface Variable {
  readonly stringValue: string;
  readonly listValue: string[];
  readonly value: unknown;
}

describe("given something of the other core", () => {
  const theirs = (): { readonly text: string; readonly list: string[]; readonly value: unknown } => {
    const variable = make(ofOther.TerraformVariable, otherStack(), "domain", { type: "string" });
    const { stringValue, listValue, value } = variable as Variable;
    return { text: stringValue, list: listValue, value };
  };

  test.each<[string, () => object]>([
    ["provider", () => ({ provider: make(ofOther.TerraformProvider, otherStack(), "aws", {}) })],
    ["dependsOn", () => ({ dependsOn: [make(ofOther.TerraformOutput, otherStack(), "page", { value: "a" })] })],
    ["flow", () => ({ flow: { id: theirs().text } })],
    ["name", () => ({ name: `shop ${theirs().text}` })],
    ["languages", () => ({ languages: theirs().list })],
    ["overrides", () => ({ overrides: { deployment: { description: theirs().value } } })],
    ["flow", () => ({ flow: { id: ofOther.Fn.join("-", ["a", theirs().text]) as unknown } })],
  ])("a Messenger names the property: %s", (property, given) => {
    expect(() => make("WebMessenger", ownStack(), "Messenger", { ...props, ...given() })).toThrow(
      `The property "${property}" of WebMessenger "Messenger" is made with ${other}, and the WebMessenger with ${core}: make it with ` +
        `${core}, or import WebMessenger from "${entry}".`,
    );
  });

  test("a deployment that someone else made names it too", () => {
    const { text: deploymentId } = theirs();

    expect(() => library.WebMessenger.fromDeploymentId(ownStack(), "Support", deploymentId)).toThrow(
      `The property "deploymentId" of WebMessenger "Support" is made with ${other}`,
    );
  });

  test.each<[string, () => unknown]>([
    ["a text", () => theirs().text],
    ["a part of a text", () => `https://${theirs().text}/shop`],
    ["a list", () => theirs().list],
    ["a value that is resolved later", () => theirs().value],
    ["a function", () => ofOther.Fn.join(".", ["www", theirs().text])],
  ])("an address says which one it is, and where: %s", (_, value) => {
    const app = new App(nothingIsWritten);
    const address = library.terraformValue(value() as string, { name: "the domain" });
    new library.MessengerStack(app, "production", { ...props, environment: environment.with(address) });

    expect(() => {
      app.synth();
    }).toThrow(
      new RegExp(
        `terraformValue \\(.*core\\.test\\.ts:\\d+\\) is given a value that is made with ${other}, and the stack is made with ${core}: ` +
          `make it with ${core}, or everything with ${other} and import from "${entry}"`,
      ),
    );
  });

  test("a test says which entry to import", () => {
    const stack = otherStack();
    const sentence =
      `"shop" is made with ${other}, and the test with ${core}: import from "${entry}/testing" instead of ` +
      `"${isCdktf ? "cdktf-genesys-messenger" : "cdktf-genesys-messenger/cdktn"}/testing".`;

    expect(() => testing.review(stack)).toThrow(sentence);
    expect(() => testing.resources(stack)).toThrow(sentence);
    expect(() => testing.allowLists(stack)).toThrow(sentence);
    expect(() => testing.findings(stack)).toThrow(sentence);
    expect(() => testing.matchers.toAdmit.call({}, stack, "www.example.com")).toThrow(sentence);
    expect(() => testing.review(stack.node.root)).toThrow(`The app is made with ${other}`);
  });
});

test("everything of the right core is taken, in whatever copy", () => {
  jest.isolateModules(() => {
    const copy = jest.requireActual<typeof own>("cdktf");
    expect(copy.App).not.toBe(App);
    const app = make(copy.App, nothingIsWritten);
    const stack = make(copy.TerraformStack, app, "shop") as own.TerraformStack;
    make(copy.LocalBackend, stack, { path: "terraform.tfstate" });
    const domain = make(copy.TerraformVariable, stack, "domain", { type: "string" }) as own.TerraformVariable;
    new library.GenesyscloudProvider(stack, "Genesys");
    const address = library.terraformValue(domain.stringValue);
    const messenger = new library.WebMessenger(stack, "Messenger", {
      ...props,
      environment: environment.with(address),
    });

    expect(testing.resources(stack)).toHaveProperty("backend");
    expect(mixtureIn({ messenger, domain })).toBeUndefined();
  });
});
