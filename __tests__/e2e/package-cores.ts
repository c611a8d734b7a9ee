import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Consumer } from "./consumer";
import { type Core, cores, entryOf, onCore } from "./cores";
import { npm } from "../from-npm";
import { rows } from "../in-full";

const otherCore: Readonly<Record<Core, Core>> = { cdktf: "cdktn", cdktn: "cdktf" };
const install: Readonly<Record<Core, string>> = { cdktf: "cdktf constructs", cdktn: "cdktn constructs@~10.7" };
const folders = ["", "/testing", "/testing/jest", "/testing/jest-globals", "/testing/vitest"] as const;

/** What the package is to each of the two cores. */
export function coreChecks(tarballOf: () => string): void {
  const consumers: Consumer[] = [];
  const consumer = (installed: readonly Core[]): Consumer => {
    const made = new Consumer(tarballOf(), installed);
    consumers.push(made);
    return made;
  };
  afterEach(() => {
    for (const made of consumers.splice(0)) made.remove();
  });

  describe.each(cores)("an entry for %s", (core) => {
    test("leads to that core alone: its JavaScript, its types and its bindings", () => {
      const { installed } = consumer([]);
      const found = [".js", ".d.ts", ".mjs", ".d.mts"].map((ending) => reachable(installed, core, ending));
      expect(found.map(({ files }) => files > 0)).toEqual([true, true, true, true]);
      for (const { modules } of found.slice(0, 2)) {
        expect(modules).toContain(core);
        expect(modules.some((name) => name.endsWith(`${bindingsOf(core)}provider/index.js`))).toBe(true);
      }
      const others = found.flatMap(({ modules }) => modules).filter((name) => isOf(otherCore[core], name));
      expect(others).toEqual([]);
    });

    test.each([
      ["CommonJS", "missing.cjs", (name: string) => `require("${name}");`],
      ["an ES module", "missing.mjs", (name: string) => `await import("${name}");`],
      ["a static import", "static.mjs", (name: string) => `import * as library from "${name}"; void library;`],
    ])("says in a sentence that its core is not installed, in %s", (_, file, program) => {
      const project = consumer([otherCore[core]]);
      for (const folder of rows(
        folders.filter((name) => file === "missing.cjs" || name === ""),
        folders.slice(1),
      )) {
        project.write({ [file]: program(`${entryOf[core]}${folder}`) });
        const { code, stderr } = project.run([file]);
        const other = `${entryOf[otherCore[core]]}${folder.startsWith("/testing") ? "/testing" : ""}`;
        expect(stderr).toContain(
          `Error: "${core}" is not installed: run "npm install ${install[core]}", or import from "${other}" in an app that uses ${otherCore[core]}.\n`,
        );
        expect(stderr).not.toMatch(/MODULE_NOT_FOUND|Cannot find/);
        expect(code).toBe(1);
      }
    });

    test.each([
      ["a package that the core needs", 'require("left-out");', "Cannot find module 'left-out'"],
      ["a part of the core", `require("${core}/left-out");`, `Cannot find module '${core}/left-out'`],
      ["whatever the core throws", 'throw new TypeError("too old");', "TypeError: too old"],
    ])("leaves another error as it is: %s", (_, program, message) => {
      const project = consumer([]);
      const fake = join(project.folder, "node_modules", core);
      mkdirSync(fake);
      writeFileSync(join(fake, "index.js"), program);
      for (const folder of ["", "/testing"]) {
        project.write({ "main.cjs": `require("${entryOf[core]}${folder}");` });
        expect(project.run(["main.cjs"]).stderr).toContain(message);
      }
    });

    test("says so through the command too", () => {
      const project = consumer([otherCore[core]]);
      const declaration = `require("cdktf-genesys-messenger").nextEnvironment("a", { kind: "preview", addresses: [] })`;
      project.write({ "environments.js": onCore(core, `exports.environments = [${declaration}];`) });
      const { code, stderr } = project.run([join(project.installed, "bin", "origins.js"), "list"]);
      expect(stderr).toContain(`"${core}" is not installed: run "npm install ${install[core]}", or import from `);
      expect(code).toBe(1);
    });
  });

  test.each(
    rows<[string, readonly Core[], readonly string[]]>(
      [
        ["the oldest cdktf and constructs", ["cdktf"], ["cdktf@0.21.0", "constructs@10.4.2"]],
        ["cdktn as the documentation installs it", ["cdktn"], ["cdktn@0.24.0", "constructs@~10.7"]],
      ],
      [
        ["the oldest cdktn and constructs", ["cdktn"], ["cdktn@0.24.0", "constructs@10.6.0"]],
        ["both", ["cdktf", "cdktn"], ["cdktf@0.21.0", "cdktn@0.24.0", "constructs@~10.7"]],
      ],
    ),
  )("npm installs it beside %s, and brings no other core", (_, wanted, packages) => {
    const folder = mkdtempSync(join(tmpdir(), "peers-"));
    try {
      const { code, stderr } = npm(
        ["install", "--package-lock-only", "--strict-peer-deps", ...packages, tarballOf()],
        folder,
      );
      // npm 11 reports install scripts that it has not run: that of protobufjs, which nothing needs.
      expect(stderr.split("\n").filter((line) => !/^(?:npm warn install-scripts.*)?$/.test(line))).toEqual([]);
      expect(code).toBe(0);
      const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as { readonly packages: object };
      expect(cores.filter((core) => `node_modules/${core}` in lock.packages)).toEqual(wanted);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("the entries export the same", () => {
    const names = cores.map((core) =>
      ["", "/testing"].map((folder) => `Object.keys(require("${entryOf[core]}${folder}"))`).join(),
    );
    const project = consumer(cores);
    project.write({ "names.cjs": `console.log(JSON.stringify([${names.map((own) => `[${own}]`).join()}]))` });
    const [first, second] = JSON.parse(project.node(["names.cjs"])) as readonly unknown[];
    expect(second).toEqual(first);
  });

  test("an environment is the same to both, whichever entry made it, and so are its types", () => {
    const project = consumer(cores);
    project.link("@types/jest");
    project.write(exchange);
    // jest's own types need Node's; the library's need nothing, and that is what is looked at.
    expect(project.compile(".").replaceAll(/^.*\/@jest\/.*\n/gm, "")).toBe("");
    const [first, ...others] = JSON.parse(project.node(["main.js"])) as readonly unknown[];
    expect(first).toMatchObject({
      resource: { genesyscloud_webdeployments_deployment: expect.anything() as unknown },
      locals: expect.anything() as unknown,
    });
    expect(others).toEqual([first, first, first]);
  });

  test("a program that mixes them is refused in a sentence", () => {
    const project = consumer(cores);
    project.write({ "mixed.cjs": mixed });
    expect(JSON.parse(project.node(["mixed.cjs"]))).toEqual([
      'MessengerStack "production" is made with cdktn, and its app with cdktf: import MessengerStack from "cdktf-genesys-messenger".',
      'MessengerStack "production" is made with cdktf, and its app with cdktn: import MessengerStack from "cdktf-genesys-messenger/cdktn".',
    ]);
  });
}

function isOf(core: Core, name: string): boolean {
  return (
    name.includes(bindingsOf(core)) ||
    [core, ...(core === "cdktn" ? [entryOf.cdktn] : [])].some((own) => name === own || name.startsWith(`${own}/`))
  );
}

/** Where the package has the bindings for a core: a part of every path to them. */
function bindingsOf(core: Core): string {
  return `/bindings/${core === "cdktf" ? "lib" : "cdktn"}/`;
}

/** The modules that the entries for a core lead to in files of that ending, through the package's own files and its bindings. */
function reachable(
  installed: string,
  core: Core,
  ending: string,
): { readonly files: number; readonly modules: readonly string[] } {
  const folder = join(installed, "dist", core === "cdktf" ? "" : core);
  const isModule = ending.includes("mjs") || ending.includes("mts");
  const start = isModule ? ["testing/vitest"] : ["index", "testing/index", "testing/jest", "testing/jest-globals"];
  const waiting = start.map((name) => join(folder, `${name}${ending}`)).filter((file) => existsSync(file));
  const files = new Set(waiting);
  const modules = new Set<string>();
  for (const file of waiting) {
    const text = readFileSync(file, "utf8");
    for (const [, name = ""] of text.matchAll(/(?:\bfrom |\bimport |\bimport\(|\brequire\()["']([^"'\n]+)["']/g)) {
      modules.add(name);
      const target = locate(file, name);
      if (target === undefined || files.has(target)) continue;
      files.add(target);
      waiting.push(target);
    }
  }
  return { files: files.size, modules: [...modules] };
}

/** The file that a module of the package is; undefined of all others. */
function locate(from: string, name: string): string | undefined {
  if (!name.startsWith(".")) return undefined;
  const path = join(dirname(from), name);
  const base = path.replace(/\.js$/, "");
  const ending = /\.d\.m?ts$/.test(from) ? ".d.ts" : ".js";
  const found = [path, `${base}${ending}`, join(base, `index${ending}`)].find(
    (file) => /\.\w+$/.test(file) && existsSync(file),
  );
  if (found === undefined) throw new Error(`"${name}", which ${from} loads, is not in the package.`);
  return found;
}

/** Environments of one entry in stacks of the other, checked as strictly as types can be. */
const exchange = {
  "tsconfig.json": {
    compilerOptions: {
      module: "nodenext",
      target: "es2022",
      strict: true,
      exactOptionalPropertyTypes: true,
      types: [],
    },
    include: ["*.ts"],
  },
  "main.ts": `
    import * as cdktf from "cdktf";
    import * as cdktn from "cdktn";
    import * as one from "cdktf-genesys-messenger";
    import * as other from "cdktf-genesys-messenger/cdktn";
    import { type AllowList } from "cdktf-genesys-messenger/addresses";
    import { type AllowList as AllowListOnCdktn } from "cdktf-genesys-messenger/cdktn/addresses";
    import { resources } from "cdktf-genesys-messenger/testing/jest";
    import { allowLists, resources as resourcesOnCdktn } from "cdktf-genesys-messenger/cdktn/testing/jest";

    function environmentOf({ nextEnvironment, terraformValue }: Pick<typeof one, "nextEnvironment" | "terraformValue">) {
      return nextEnvironment("production", {
        kind: "production",
        addresses: ["https://www.example.com", terraformValue("\${var.domain}")],
      });
    }
    const made: readonly (one.NextEnvironment & other.NextEnvironment)[] = [environmentOf(one), environmentOf(other)];
    const lists: readonly AllowList[] = made.map((environment): AllowListOnCdktn => environment.allowList);
    if (new Set(made.map((environment) => allowLists(environment).replace(/ ←.*/, ""))).size !== 1 || lists.length !== 2) {
      throw new Error("The environments differ.");
    }
    const props = { defaultLanguage: "en-us" };
    const output = (text: string): unknown => JSON.parse(text, (key: string, value: unknown) => (key === "//" ? undefined : value));
    const synthesised = made.flatMap((environment) => [
      cdktf.Testing.synth(new one.MessengerStack(new cdktf.App(), "production", { environment, ...props }), true),
      cdktn.Testing.synth(new other.MessengerStack(new cdktn.App(), "production", { environment, ...props }), true),
    ]);
    const looks: readonly object[] = [
      resources(new one.MessengerStack(new cdktf.App(), "production", { environment: environmentOf(other), ...props })),
      resourcesOnCdktn(new other.MessengerStack(new cdktn.App(), "production", { environment: environmentOf(one), ...props })),
    ];
    if (JSON.stringify(looks[0]) !== JSON.stringify(looks[1])) throw new Error("The resources differ.");
    console.log(JSON.stringify(synthesised.map(output)));
  `,
};

const mixed = `
  const props = ({ nextEnvironment }) => ({
    environment: nextEnvironment("production", { kind: "production", addresses: ["www.example.com"] }),
    defaultLanguage: "en-us",
  });
  const said = (app, library) => {
    try {
      new library.MessengerStack(app, "production", props(library));
      app.synth();
      return "nothing";
    } catch (error) {
      return error.message;
    }
  };
  const [cdktf, cdktn] = [require("cdktf"), require("cdktn")];
  console.log(JSON.stringify([
    said(new cdktf.App(), require("cdktf-genesys-messenger/cdktn")),
    said(new cdktn.App(), require("cdktf-genesys-messenger")),
  ]));
`;
