import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Consumer } from "./consumer";
import { type Core, entryOf } from "./cores";

const root = resolve(__dirname, "../..");

/** What the judges of published packages say of the tarball. */
export function packageChecks(consumerOf: () => Consumer): void {
  test("publint finds nothing, suggestions included", () => {
    const consumer = consumerOf();
    const { stdout, code } = consumer.tool("publint/src/cli.js", ["run", "--strict", consumer.tarball]);
    expect(stdout).toContain("All good!");
    expect(code).toBe(0);
  });

  test("attw finds nothing: types and program agree for every entry, from CommonJS and from ES modules", () => {
    const consumer = consumerOf();
    const parameters = [consumer.tarball, "--format", "json", "--no-definitely-typed"];
    const { stdout, code } = consumer.tool("@arethetypeswrong/cli/dist/index.js", parameters);
    const { analysis } = JSON.parse(stdout) as { readonly analysis: Analysis };
    expect(analysis.problems).toEqual([]);
    expect(Object.keys(analysis.entrypoints).sort()).toEqual(Object.keys(consumer.manifest.exports).sort());
    expect(code).toBe(0);
  });

  test("needs no install script of any package that comes with it: here, too, none was run", () => {
    const { packages } = JSON.parse(readFileSync(resolve(root, "package-lock.json"), "utf8")) as Lock;
    const { allowScripts } = JSON.parse(readFileSync(resolve(root, "package.json"), "utf8")) as Manifest;
    const withScripts = Object.entries(packages).flatMap(([path, { hasInstallScript, dev }]) =>
      hasInstallScript === true && dev !== true ? path.replace(/^.*node_modules\//, "") : [],
    );
    expect(withScripts.filter((name) => name !== "" && allowScripts[name] !== false)).toEqual([]);
  });
}

/** What Node's own module systems find in a project that has one core. */
export function entryChecks(consumerOf: () => Consumer, core: Core): void {
  test("every name of every entry can be imported by native ES modules", () => {
    const consumer = consumerOf();
    const entries = ["", "/testing", "/testing/jest", "/testing/jest-globals", "/testing/vitest"].map(
      (entry) => `${entryOf[core]}${entry}`,
    );
    const names = entries.map((entry) => `Object.keys(require("${entry}"))`).join(",");
    consumer.write({ "names/require.cjs": `console.log(JSON.stringify([${names}]))` });
    const exported = JSON.parse(consumer.node(["require.cjs"], "names")) as readonly (readonly string[])[];
    const imports = exported.map((own, index) => {
      const renamed = own.map((name) => `${name} as ${name}_${index}`).join(", ");
      return `import { ${renamed} } from "${entries[index] ?? ""}";`;
    });
    const values = exported.flatMap((own, index) => own.map((name) => `${name}_${index}`));
    expect(exported.map(({ length }) => length > 4)).toEqual(entries.map(() => true));
    consumer.write({
      "names/import.mjs": `${imports.join("\n")}
        console.log([${values.join(", ")}].every((value) => value !== undefined));`,
    });
    expect(consumer.node(["import.mjs"], "names")).toBe("true\n");
  });
}

interface Analysis {
  readonly problems: readonly unknown[];
  readonly entrypoints: Readonly<Record<string, unknown>>;
}

interface Lock {
  readonly packages: Readonly<Record<string, { readonly hasInstallScript?: boolean; readonly dev?: boolean }>>;
}

interface Manifest {
  readonly allowScripts: Readonly<Record<string, boolean>>;
}
