import { spawnSync } from "node:child_process";
import { basename, join, resolve } from "node:path";
import { nodeBinary } from "../from-npm";
import fc, { cases } from "../fast-check";
import { LoaderProject } from "./loader-project";
import { type Dialect, paddedFiles, type PaddedFile } from "./padded-environments";

const modules = resolve(__dirname, "../../node_modules");
const numRuns = cases(60, 15);

const project = new LoaderProject();
afterAll(() => {
  project.remove();
});

/** Writes files of a dialect, and answers their names. */
function write(folder: string, { extension }: Dialect, files: readonly PaddedFile[]): readonly string[] {
  return files.map(({ text }, index) => {
    const name = `${folder}/environments-${index}${extension}`;
    project.write({ [name]: text });
    return name;
  });
}

/** What a file should say of itself; with its text, so that a failure shows it. */
const wanted = ({ text, expected }: PaddedFile, name: string): object => ({
  text,
  addresses: Object.entries(expected).map(([address, line]) => `${address} ${name.split("/").pop() ?? ""}:${line}`),
});

const typescript: Dialect = { extension: ".ts", module: "esm", types: "all", hoists: true };

describe("every address has the line that it is written on", () => {
  test.each<Dialect & { readonly type: string }>([
    { ...typescript, type: "commonjs" },
    { ...typescript, type: "module" },
    { ...typescript, extension: ".mts", type: "commonjs" },
    { ...typescript, extension: ".cts", module: "cjs", type: "module", hoists: false },
    { ...typescript, extension: ".js", types: "none", type: "module" },
    { ...typescript, extension: ".js", types: "none", module: "cjs", type: "commonjs", hoists: false },
    { ...typescript, extension: ".mjs", types: "none", type: "commonjs" },
    { ...typescript, extension: ".cjs", types: "none", module: "cjs", type: "module", hoists: false },
  ])("in an environments$extension that origins loads in a package of type $type", ({ type, ...dialect }) => {
    const folder = `origins-${dialect.extension.slice(1)}-${type}`;
    project.write({ [`${folder}/package.json`]: { type } });
    const files = fc.sample(paddedFiles(dialect), numRuns);
    const names = write(folder, dialect, files);
    const loaded = project.load(names);
    expect(loaded.map((result, index) => ({ text: files[index]?.text, ...result }))).toEqual(
      files.map((file, index) => wanted(file, names[index] ?? "")),
    );
  });

  test.each<Dialect & { readonly type: string; readonly runner: keyof typeof runners; readonly settings?: object }>([
    { ...typescript, runner: "ts-node", type: "commonjs", hoists: false, settings: { transpileOnly: true } },
    { ...typescript, runner: "ts-node", type: "commonjs", settings: { swc: true } },
    { ...typescript, runner: "tsx", type: "commonjs" },
    { ...typescript, runner: "tsx", type: "module" },
    { ...typescript, runner: "tsx", extension: ".mts", type: "commonjs" },
    { ...typescript, runner: "tsx", extension: ".cts", module: "cjs", type: "module", hoists: false },
    { ...typescript, runner: "node", type: "module", types: "erasable" },
    { ...typescript, runner: "node", extension: ".mts", type: "commonjs", types: "erasable" },
    {
      ...typescript,
      runner: "node",
      extension: ".cts",
      module: "cjs",
      type: "module",
      types: "erasable",
      hoists: false,
    },
  ])("in an environments$extension that an app imports that $runner runs in a package of type $type", async (given) => {
    const { runner, type, settings, ...dialect } = given;
    const folder = `${runner}-${dialect.extension.slice(1)}-${type}-${settings === undefined ? "" : Object.keys(settings).join("")}`;
    project.write({
      [`${folder}/package.json`]: { type },
      [`${folder}/tsconfig.json`]: { compilerOptions: { target: "es2022", module: "node16" }, "ts-node": settings },
      [`${folder}/app.cjs`]: app,
    });
    const files = fc.sample(paddedFiles(dialect), numRuns);
    const names = write(folder, dialect, files);
    const cwd = join(project.folder, folder);
    const [program, ...parameters] = await runners[runner]();
    const input = JSON.stringify(names.map((name) => `./${basename(name)}`));
    const { stdout, stderr } = spawnSync(program, [...parameters, "app.cjs"], { cwd, input, encoding: "utf8" });
    expect(stderr).toBe("");
    const loaded = JSON.parse(stdout) as readonly (readonly string[])[];
    expect(loaded.map((addresses, index) => ({ text: files[index]?.text, addresses }))).toEqual(
      files.map((file, index) => wanted(file, names[index] ?? "")),
    );
  });
});

/** How people run an app. */
const runners = {
  "ts-node": () => Promise.resolve([process.execPath, "--require", join(modules, "ts-node/register")] as const),
  tsx: () => Promise.resolve([process.execPath, join(modules, "tsx/dist/cli.mjs")] as const),
  node: () => Promise.resolve([nodeBinary(24), "--no-warnings"] as const),
};

/** The app: it imports environments files as any program does. */
const app = `(async () => {
  const all = [];
  for (const file of JSON.parse(require("node:fs").readFileSync(0, "utf8"))) {
    const loaded = await (process.execArgv.includes("--require") ? require(file) : import(file));
    const { environments } = loaded.environments === undefined ? loaded.default : loaded;
    all.push(environments.flatMap(({ written }) => written.map(({ value, place }) => value + " " + place.file + ":" + place.line)));
  }
  console.log(JSON.stringify(all));
})();
`;
