import { withoutCapturedTraces } from "../../lib/messenger/core";

const traceOf = (): string | undefined => {
  const holder: { stack?: string } = {};
  Error.captureStackTrace(holder);
  return holder.stack;
};

describe("making something without stack traces", () => {
  test("takes none meanwhile, and again afterwards", () => {
    expect(withoutCapturedTraces(traceOf)).toBeUndefined();
    expect(traceOf()).toContain("quick-construction.test.ts");
  });

  test("gives what was made, also from within", () => {
    expect(withoutCapturedTraces(() => withoutCapturedTraces(() => 1) + 1)).toBe(2);
    expect(traceOf()).toBeDefined();
  });

  test("lets an error through with its stack, and takes traces again", () => {
    const broken = withoutCapturedTraces(() => new Error("broken"));
    const failing = () => {
      throw broken;
    };

    expect(() => withoutCapturedTraces(failing)).toThrow(broken);
    expect(broken.stack).toContain("quick-construction.test.ts");
    expect(traceOf()).toBeDefined();
  });
});
