import { App } from "cdktf";
import { MessengerStack, nextEnvironment } from "../../lib";
import { matchers, review } from "../../lib/testing";

expect.extend(matchers);

const environment = nextEnvironment("production", { kind: "production", addresses: ["https://www.example.com"] });
const stack = new MessengerStack(new App(), "production", { environment, defaultLanguage: "en-us" });

test("only the shop's pages show the Messenger", () => {
  expect(stack).toAdmit("https://www.example.com/checkout");
  expect(stack).not.toAdmit("localhost");
  expect(stack).toServeExactly(["www.example.com"]);
});

test("a pull request shows what changes", () => {
  expect(review(stack, { lines: false })).toMatchSnapshot();
});
