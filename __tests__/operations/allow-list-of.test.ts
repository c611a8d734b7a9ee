import { allowListOf } from "../../lib/operations/examine";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { declared, stackOf } from "../cli/examined";

const stack = stackOf("production");
const policy = (
  ...allowedDomains: readonly string[]
): { allowAllDomains: boolean; allowedDomains: readonly string[] } => ({
  allowAllDomains: false,
  allowedDomains,
});

describe("the allow-list that a stack declares", () => {
  test("has the recorded sources of each entry, and the stack as the source of one without a record", () => {
    const environment = nextEnvironment("production", { kind: "production", addresses: ["https://www.example.com"] });
    const recorded = { address: declared.address, environment };
    const list = allowListOf(stack, {
      ...declared,
      policy: policy("added.example.com", "www.example.com"),
      recorded,
    });
    expect(list?.entries.map(({ host, sources }) => [host, sources.map(({ place }) => place.file)])).toEqual([
      ["added.example.com", ["stack production"]],
      ["www.example.com", [expect.stringContaining("allow-list-of.test.ts")]],
    ]);
  });

  test("admits everything where the stack does", () => {
    const list = allowListOf(stack, { ...declared, policy: { allowAllDomains: true, allowedDomains: [] } });
    expect(list?.policy).toEqual({ allowAllDomains: true, allowedDomains: [] });
  });

  test.each([
    ["a Terraform expression decides it", undefined],
    ["it holds what is not an address", policy("not an address")],
    ["it holds what can never match", policy("https://www.example.com/")],
    ["it is in another order", policy("b.example.com", "a.example.com")],
  ])("is not known where %s", (_, declaredPolicy) => {
    const messenger = { ...declared, ...(declaredPolicy !== undefined && { policy: declaredPolicy }) };
    expect(allowListOf(stack, messenger)).toBeUndefined();
  });
});
