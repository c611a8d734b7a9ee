import fc from "../../fast-check";
import { ListWriter } from "./list-generator";
import { type GeneratedProgram, type Format, Pieces } from "./program-pieces";

/** A configuration that was generated, with the files around it. */
export interface GeneratedConfig {
  readonly files: Readonly<Record<string, string>>;
  /** What was written into it, such as `list.push` or `config.class`: what a failure is about. */
  readonly kinds: readonly string[];
}

const envFiles = {
  ".env": "BRAND=brand\nSHOP_HOST=shop.$BRAND.example\nLIST=one.example,two.example\nEMPTY=\n",
  ".env.production": "MODE_HOST=production.example\nONLY_PRODUCTION=p.example\n",
  ".env.development": "MODE_HOST=development.example\nONLY_DEVELOPMENT=d.example\n",
};

/**
 * Configurations as programs write them: lists that change after their declaration, aliases, helpers, names that are hidden,
 * destructuring, classes, getters, conditions, asynchronous functions, and variables that are set or not.
 *
 * @param formats the kinds of file that the version of Next.js reads
 */
export function generatedConfig(formats: readonly Format[]): fc.Arbitrary<GeneratedConfig> {
  return fc.gen().map((draw) => {
    const program = new Pieces((most) => draw(fc.nat, { max: most }), formats);
    writeConfig(program);
    return { files: { ...envFiles, ...filesOf(program.finished()) }, kinds: program.kinds };
  });
}

function filesOf({ format, text, files }: GeneratedProgram): Readonly<Record<string, string>> {
  const name = { cjs: "next.config.js", esm: "next.config.mjs", package: "next.config.js", ts: "next.config.ts" }[
    format
  ];
  return { ...files, ...(format === "package" && { "package.json": `{ "type": "module" }` }), [name]: text };
}

/** The keys, the object that holds them, what happens to it afterwards, and how it is exported. */
function writeConfig(program: Pieces): void {
  const lists = new ListWriter(program);
  const hosts = (): string => lists.list(program.below(3));
  const parts: Record<"allowedDevOrigins" | "experimental" | "i18n", string> = {
    allowedDevOrigins: hosts(),
    experimental: `{ serverActions: { allowedOrigins: ${hosts()} } }`,
    i18n: `{ locales: ["en", "fr"], defaultLocale: "en", domains: ${lists.domains()} }`,
  };
  const names = (["allowedDevOrigins", "experimental", "i18n"] as const).filter(() => program.below(4) > 0);
  const keys = names.length === 0 ? (["allowedDevOrigins"] as const) : names;
  const object = program.pick(objects)(
    program,
    keys.map((key) => [key, parts[key]] as const),
  );
  const config = program.constant("config", object);
  for (let count = program.below(3); count > 0; count--) program.pick(changes)(program, config, keys);
  program.pick(exportsOf(program.format))(program, config);
}

type Entries = readonly (readonly [string, string])[];

const literal = (entries: Entries): string => `{ ${entries.map(([key, value]) => `${key}: ${value}`).join(", ")} }`;

/** The forms of an object that holds these keys. */
const objects: readonly ((program: Pieces, entries: Entries) => string)[] = [
  (_, entries) => literal(entries),
  (_, entries) => literal(entries),
  (program, entries) => {
    program.note("config.computed-keys");
    return `{ ${entries.map(([key, value]) => `[${JSON.stringify(key.slice(0, 3))} + ${JSON.stringify(key.slice(3))}]: ${value}`).join(", ")} }`;
  },
  (program, entries) => {
    program.note("config.spread");
    const base = program.constant("base", literal(entries));
    return `{ reactStrictMode: true, ...${base}, ...(process.env.UNSET_SPREAD && { allowedDevOrigins: ["never.example"] }) }`;
  },
  (program, entries) => {
    program.note("config.assign");
    const base = program.constant("base", literal(entries));
    return `Object.assign({}, ${base}, { poweredByHeader: false })`;
  },
  (program, entries) => {
    program.note("config.getters");
    return `{ ${entries.map(([key, value]) => `get ${key}() { return ${value}; }`).join(", ")} }`;
  },
  (program, entries) => {
    program.note("config.class-fields");
    const name = program.name("Config");
    program.line(`class ${name} { ${entries.map(([key, value]) => `${key} = ${value};`).join(" ")} }`);
    return `new ${name}()`;
  },
  (program, entries) => {
    program.note("config.class-getters");
    const name = program.name("Config");
    program.line(`class ${name} { ${entries.map(([key, value]) => `get ${key}() { return ${value}; }`).join(" ")} }`);
    return `Object.assign(new ${name}(), { reactStrictMode: true })`;
  },
  (program, entries) => {
    program.note("config.inherited");
    const [first, ...rest] = entries;
    const inherited = first === undefined ? "{}" : literal([first]);
    return `Object.assign(Object.create(${inherited}), ${literal(rest)})`;
  },
  (program, entries) => {
    program.note("config.from-entries");
    return `Object.fromEntries([${entries.map(([key, value]) => `[${JSON.stringify(key)}, ${value}]`).join(", ")}])`;
  },
  (program, entries) => {
    program.note("config.default-parameter");
    const name = program.name("make");
    const outer = program.constant("hosts", `["outer.example"]`);
    const inner = entries.map(([key, value]) => [key, key === "allowedDevOrigins" ? outer : value] as const);
    program.line(`const ${name} = (${outer} = ["inner.example"]) => (${literal(inner)});`);
    return `${name}()`;
  },
  (program, entries) => {
    program.note("config.function");
    const name = program.name("build");
    program.line(
      `function ${name}(flag) { if (flag) { return { allowedDevOrigins: ["flag.example"] }; } return ${literal(entries)}; }`,
    );
    return program.below(2) === 0 ? `${name}(false)` : `${name}(process.env.UNSET_FLAG)`;
  },
  (program, entries) => {
    program.note("config.duplicate-keys");
    return literal([["allowedDevOrigins", `["first.example"]`], ...entries]);
  },
  (program, entries) => {
    program.note("config.plugin");
    const name = program.name("withPlugin");
    program.line(
      `const ${name} = (given) => ({ ...given, allowedDevOrigins: [...(given.allowedDevOrigins ?? []), "plugin.example"] });`,
    );
    return `${name}(${literal(entries)})`;
  },
  (program, entries) => {
    program.note("config.null-keys");
    return `{ ...${literal(entries)}, allowedDevOrigins: process.env.UNSET_LIST ? ["never.example"] : null }`;
  },
];

/** What may happen to a configuration after its declaration. */
const changes: readonly ((program: Pieces, config: string, keys: readonly string[]) => void)[] = [
  (program, config) => {
    program.note("change.assign");
    program.line(`${config}.allowedDevOrigins = ["assigned.example"];`);
  },
  (program, config) => {
    program.note("change.alias");
    const same = program.constant("same", config);
    program.line(`${same}.experimental = { serverActions: { allowedOrigins: ["alias.example"] } };`);
  },
  (program, config) => {
    program.note("change.nested-alias");
    const inner = program.constant("inner", `${config}.experimental ?? {}`);
    program.line(`${inner}.serverActions = { allowedOrigins: ["nested.example"] };`);
  },
  (program, config) => {
    program.note("change.push");
    program.line(`if (Array.isArray(${config}.allowedDevOrigins)) ${config}.allowedDevOrigins.push("pushed.example");`);
  },
  (program, config) => {
    program.note("change.delete");
    program.line(`delete ${config}[${JSON.stringify("allowed" + "DevOrigins")}];`);
  },
  (program, config) => {
    program.note("change.helper");
    const name = program.name("change");
    program.line(`function ${name}(given) { given.allowedDevOrigins = ["helper.example"]; return 1; }`);
    program.line(`const ${program.name("unused")} = ${name}(${config});`);
  },
  (program, config) => {
    program.note("change.key-variable");
    const key = program.constant("key", `"allowed" + "DevOrigins"`);
    program.line(`${config}[${key}] = ["keyed.example"];`);
  },
  (program, config) => {
    program.note("change.define-property");
    program.line(
      `Object.defineProperty(${config}, "allowedDevOrigins", { value: ["defined.example"], enumerable: true, configurable: true, writable: true });`,
    );
  },
  (program, config) => {
    program.note("change.condition");
    program.line(
      `if (process.env.NODE_ENV === "production") ${config}.allowedDevOrigins = ["condition.example"]; else delete ${config}.i18n;`,
    );
  },
  (program, config) => {
    program.note("change.platform");
    program.line(
      `${config}.allowedDevOrigins = process.env.VERCEL_ENV === "production" ? ["live.example"] : ["staging.example"];`,
    );
  },
  (program, config) => {
    program.note("change.freeze");
    program.line(`Object.freeze(${config});`);
    program.line(`try { ${config}.allowedDevOrigins = ["frozen.example"]; } catch {}`);
  },
  (program, config) => {
    program.note("change.shadowed");
    program.line(`{ const ${config} = {}; ${config}.allowedDevOrigins = ["shadow.example"]; }`);
  },
  (program, config) => {
    program.note("change.loop");
    program.line(
      `for (const key of Object.keys(${config})) if (key === "i18n") ${config}.i18n.domains = ${config}.i18n.domains.slice(0, 1);`,
    );
  },
];

type Exporter = (program: Pieces, config: string) => void;

const functions: readonly ((config: string) => string)[] = [
  (config) => config,
  (config) => config,
  (config) => `() => ${config}`,
  (config) => `async () => ${config}`,
  (config) =>
    `async (phase) => ({ ...${config}, allowedDevOrigins: phase === "phase-development-server" ? ["dev.example"] : ["build.example"] })`,
  (config) => `(phase, { defaultConfig }) => ({ ...${config}, pageExtensions: defaultConfig.pageExtensions })`,
  (config) => `Promise.resolve(${config})`,
  (config) =>
    `function named(phase) { switch (phase) { case "phase-production-build": return ${config}; default: return { ...${config}, i18n: undefined }; } }`,
  (config) => `(${config}, ${config})`,
];

const commonJs: readonly Exporter[] = [
  ...functions.map((form): Exporter => (program, config) => {
    program.line(`module.exports = ${form(config)};`);
  }),
  (program, config) => {
    program.note("export.names");
    program.line(`exports.allowedDevOrigins = ${config}.allowedDevOrigins;`);
    program.line(`exports.i18n = ${config}.i18n;`);
  },
  (program, config) => {
    program.note("export.twice");
    program.line(`module.exports = { allowedDevOrigins: ["early.example"] };`);
    program.line(`module.exports = { ...module.exports, ...${config} };`);
  },
  (program, config) => {
    program.note("export.later");
    program.line(`module.exports = ${config};`);
    program.line(`if (Object.isExtensible(module.exports)) module.exports.allowedDevOrigins = ["later.example"];`);
  },
  (program, config) => {
    program.note("export.condition");
    program.line(`if (process.env.UNSET_EXPORT) module.exports = {}; else module.exports = ${config};`);
  },
];

const modules: readonly Exporter[] = [
  ...functions.map((form): Exporter => (program, config) => {
    program.line(`export default ${form(config)};`);
  }),
  (program, config) => {
    program.note("export.as-default");
    program.line(`export { ${config} as default };`);
  },
  (program, config) => {
    program.note("export.after");
    program.line(`export default ${config};`);
    program.line(`if (Object.isExtensible(${config})) ${config}.allowedDevOrigins = ["after.example"];`);
  },
  (program, config) => {
    program.note("export.beside");
    program.line(`export const allowedDevOrigins = ["beside.example"];`);
    program.line(`export default ${config};`);
  },
];

function exportsOf(format: Format): readonly Exporter[] {
  return format === "cjs" ? commonJs : modules;
}
