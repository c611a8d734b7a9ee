import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Consumer } from "./consumer";
import { type Core, onCore } from "./cores";
import { rows } from "../in-full";

/** What vitest's own types need of Node and of Vite is not what is looked at. */
const compilerOptions = { target: "es2022", strict: true, noEmit: true, skipLibCheck: true, types: [] };

/** A platform team's project whose tests run in vitest: its specification and what that reads. */
const projectOn = (core: Core): Readonly<Record<string, string | object>> => ({
  "package.json": { type: "module" },
  "tsconfig.json": {
    compilerOptions: {
      module: "NodeNext",
      target: "es2022",
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
    },
    include: ["*.ts"],
  },
  "apps/shop/.env.production": "NEXT_PUBLIC_SITE_URL=https://www.example.com\n",
  "stack.ts": onCore(
    core,
    `
    import { App } from "cdktf";
    import { envFiles, MessengerStack, nextEnvironment } from "cdktf-genesys-messenger";
    export const environment = nextEnvironment("production", {
      kind: "production",
      addresses: [envFiles("apps/shop", { variables: "NEXT_PUBLIC_SITE_URL" }), "https://shop.example.com"],
    });
    export const stack = new MessengerStack(new App(), "production", { environment, defaultLanguage: "en-us" });`,
  ),
  "stack.test.ts": onCore(
    core,
    `
    import { matchers, review } from "cdktf-genesys-messenger/testing/vitest";
    import { expect, test } from "vitest";
    import { environment, stack } from "./stack.js";
    expect.extend(matchers);
    test("the shop's pages", () => {
      expect(stack).toAdmit("https://www.example.com/cart");
      expect(stack).not.toAdmit("example.com");
      expect(environment).toServeExactly(["www.example.com", "shop.example.com"]);
    });
    test("what a pull request shows", () => {
      expect(review(stack)).toMatchSnapshot();
    });`,
  ),
});

/** Tests in vitest as they are run and compiled elsewhere: vitest itself, its types, its snapshots. */
export function vitestRuns(tarballOf: () => string, core: Core): void {
  const snapshots = join("__snapshots__", "stack.test.ts.snap");
  let consumer: Consumer;
  beforeAll(() => {
    consumer = new Consumer(tarballOf(), [core]);
    consumer.link("vitest");
    consumer.write(projectOn(core));
  });
  afterAll(() => {
    consumer.remove();
  });

  /** A run of all tests; with `CI` no snapshot is written. */
  const run = (environment: NodeJS.ProcessEnv): { readonly code: number | null; readonly said: string } => {
    const { code, stdout, stderr } = consumer.tool("vitest/vitest.mjs", ["run"], ".", environment);
    return { code, said: stripVTControlCharacters(`${stdout}${stderr}`) };
  };

  test("the matchers hold, and the first run writes the snapshot", () => {
    const { code, said } = run({ CI: "" });
    expect(said).toMatch(/Snapshots +1 written/);
    expect(said).toMatch(/Tests +2 passed \(2\)/);
    expect(code).toBe(0);
    const written = readFileSync(join(consumer.folder, snapshots), "utf8");
    expect(written).toContain("shop.example.com ← stack.ts:6");
    expect(written).toContain("www.example.com ← apps/shop/.env.production:1 NEXT_PUBLIC_SITE_URL");
    expect(written).not.toContain(consumer.folder);
  });

  test("a page that moves fails: the snapshot shows the line, the matcher who to ask", () => {
    expect(existsSync(join(consumer.folder, snapshots))).toBe(true);
    consumer.write({ "apps/shop/.env.production": "NEXT_PUBLIC_SITE_URL=https://wwww.example.com\n" });
    const { code, said } = run({ CI: "true" });
    expect(said).toMatch(/- +www\.example\.com ← apps\/shop\/\.env\.production:1 NEXT_PUBLIC_SITE_URL/);
    expect(said).toMatch(/\+ +wwww\.example\.com ← apps\/shop\/\.env\.production:1 NEXT_PUBLIC_SITE_URL/);
    expect(said).toContain(
      '"www.example.com" is not admitted: the nearest entry is "wwww.example.com" (apps/shop/.env.production:1 NEXT_PUBLIC_SITE_URL), and it is spelled differently',
    );
    expect(code).not.toBe(0);
  });

  test.each(
    rows(
      [{ type: "module", module: "ESNext", moduleResolution: "bundler" }],
      [
        { type: "module", module: "NodeNext", moduleResolution: "NodeNext" },
        { type: "commonjs", module: "NodeNext", moduleResolution: "NodeNext" },
      ],
    ),
  )("the compiler knows the matchers, and what they take: $type, $moduleResolution", ({ type, ...options }) => {
    consumer.write({
      "types/package.json": { type },
      "types/tsconfig.json": { compilerOptions: { ...compilerOptions, ...options }, include: ["*.ts"] },
      "types/use.ts": onCore(
        core,
        `
        import { matchers } from "cdktf-genesys-messenger/testing/vitest";
        import { expect } from "vitest";
        expect.extend(matchers);
        expect(1).toAdmit("a"); expect(1).not.toServeExactly(["a"]);`,
      ),
      "types/misuse.ts": onCore(
        core,
        `
        import "cdktf-genesys-messenger/testing/vitest";
        import { expect } from "vitest";
        expect(1).toAdmit(443); expect(1).toServeExactly("a"); expect(1).not.toAdmits("a");`,
      ),
    });
    const errors = consumer.compile("types").match(/^.*error TS\d+/gm);
    expect(errors).toEqual([
      "misuse.ts(4,27): error TS2345",
      "misuse.ts(4,58): error TS2345",
      "misuse.ts(4,78): error TS2551",
    ]);
  });
}
