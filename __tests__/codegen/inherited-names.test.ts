import { runInNewContext } from "node:vm";
import { environmentText, messengerText } from "../../lib/codegen/program";
import { printLiteral } from "../../lib/codegen/literal";
import { withMessenger } from "../../lib/cli/adopt/edits";
import { adopted } from "./live";

/** Names that every object has already. */
const inherited = Object.getOwnPropertyNames(Object.prototype);

describe.each(inherited)("an environment called %s", (name) => {
  const adoption = adopted({ environment: { name } });

  test("is a property like any other in the program that adopts it", () => {
    const messengers: unknown = runInNewContext(`({ ${messengerText(adoption, 2)} })`);
    expect(Object.getOwnPropertyNames(messengers)).toEqual([name]);
    expect(environmentText({ ...adoption.environment, name } as Parameters<typeof environmentText>[0])).toContain(
      `nextEnvironment("${name}", {`,
    );
  });

  test("keeps its comments, and is added once", () => {
    const comments = { adopt: ["a comment"] };
    const first = withMessenger(undefined, { ...adoption, comments }, "cdktf-genesys-messenger");
    const text = "text" in first ? first.text : "";
    expect(text).toContain("// a comment");
    expect(withMessenger(text, adoption, "cdktf-genesys-messenger")).toHaveProperty("impossible");
  });

  test("is written as a value that reads back", () => {
    const value = { [name]: [{ [name]: "x" }], other: { [name]: 1 } };
    const read: unknown = runInNewContext(`JSON.stringify(${printLiteral(value)})`);
    expect(read).toBe(JSON.stringify(value));
  });
});
