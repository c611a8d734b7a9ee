import fc from "fast-check";
import "../../fast-check";
import { parseEnvText } from "../../../lib/sources/env/env-expansion";
import { withVariables } from "../../../lib/sources/env/env-write";

const values = { ID: "new-id", REGION: "prod-euc1" };

test.each([
  ["an empty file", "", "ID=new-id\nREGION=prod-euc1\n"],
  ["both defined", "ID=old\nREGION=prod\n", "ID=new-id\nREGION=prod-euc1\n"],
  ["one defined, in the middle", "A=1\nID=old\nB=2\n", "A=1\nID=new-id\nB=2\nREGION=prod-euc1\n"],
  ["no line break at the end", "A=1", "A=1\nID=new-id\nREGION=prod-euc1\n"],
  ["CRLF", "A=1\r\nID=old\r\nREGION=x\r\nB=2", "A=1\r\nID=new-id\r\nREGION=prod-euc1\r\nB=2"],
  ["mixed line breaks", "A=1\r\nID=old\nREGION=x\r\n", "A=1\r\nID=new-id\nREGION=prod-euc1\r\n"],
  ["comments", "# ID=a\nID=old # why\nREGION=x#y\n", "# ID=a\nID=new-id # why\nREGION=prod-euc1#y\n"],
  ["quotes", `ID="old"\nREGION='x' # y\n`, "ID=new-id\nREGION=prod-euc1 # y\n"],
  ["a value of several lines", `ID="a\nb"\nREGION=x\nB=1\n`, "ID=new-id\nREGION=prod-euc1\nB=1\n"],
  ["export, spaces and a colon", "export ID = old\n  REGION: x\n", "export ID=new-id\n  REGION=prod-euc1\n"],
  ["empty values", "ID=\nREGION= # none\nB=1\n", "ID=new-id\nREGION=prod-euc1 # none\nB=1\n"],
  ["defined twice", "ID=a\nID=b\nREGION=x\n", "ID=new-id\nID=new-id\nREGION=prod-euc1\n"],
  ["names that only begin or end alike", "ID2=a\nMY_ID=b\n", "ID2=a\nMY_ID=b\nID=new-id\nREGION=prod-euc1\n"],
  ["in another value", `A="\nID=old\n"\nREGION=x\n`, `A="\nID=old\n"\nREGION=prod-euc1\nID=new-id\n`],
])("%s", (_, before, after) => {
  expect(withVariables(before, values)).toBe(after);
  expect(withVariables(after, values)).toBe(after);
});

test("whatever the file is, the variables have their values and no other changes, or it is refused", () => {
  const line = fc
    .constantFrom("ID", "REGION", "A", "B")
    .chain((name) =>
      fc
        .tuple(
          fc.constantFrom("", "export ", "  ", "#"),
          fc.constantFrom("=", " = ", ": ", ""),
          fc.constantFrom("", "1", `"x y"`, "'a", "`b\nc`", "d#e", '"\\"', "$A"),
          fc.constantFrom("\n", "\r\n", "\r", " # c\n", ""),
        )
        .map(([prefix, assignment, value, ending]) => `${prefix}${name}${assignment}${value}${ending}`),
    );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
      const before = lines.join("");
      let after: string;
      try {
        after = withVariables(before, values);
      } catch (error) {
        expect(String(error)).toContain("cannot be told from the text around it");
        return;
      }
      const meaning = (text: string) =>
        new Map([...parseEnvText(text)].map(([name, { text: value }]) => [name, value]));
      expect(meaning(after)).toEqual(new Map([...meaning(before), ...Object.entries(values)]));
      expect(withVariables(after, values)).toBe(after);
    }),
  );
});
