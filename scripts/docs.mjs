// `npm run docs`: writes the documentation that is generated. docs/api.md comes from the JSDoc of the package's entries, the programs of
// the other pages from __tests__/recipes, where they are tested. With --check nothing is written: exit code 1 if a page is out of date.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as prettier from "prettier";
import { Application, ReflectionKind } from "typedoc";
import { root } from "./install.mjs";

const read = (...path) => readFileSync(join(root, ...path), "utf8");
const format = (text) => prettier.format(text, { parser: "markdown", printWidth: 120 });

/** The entries that package.json exports. Those for cdktn and for the test runners export the same names. */
const { name: library, exports: exported } = JSON.parse(read("package.json"));
const entries = Object.entries(exported)
  .filter(([path, { types }]) => types !== undefined && !/^\.\/(?:cdktn|testing\/)/.test(path))
  .map(([path, { types }]) => ({
    path: `${library}${path.slice(1)}`,
    source: types.replace("./dist/", "lib/").replace(/\.d\.ts$/, ".ts"),
  }));

const groups = [
  ["Classes", ReflectionKind.Class],
  ["Functions", ReflectionKind.Function],
  ["Constants", ReflectionKind.Variable],
  ["Interfaces", ReflectionKind.Interface],
  ["Types", ReflectionKind.TypeAlias],
];

/** docs/api.md: every name once, under the smallest entry that exports it. */
async function api() {
  const smallestFirst = entries.toSorted((a, b) => b.path.length - a.path.length);
  const application = await Application.bootstrap({
    entryPoints: smallestFirst.map(({ source }) => join(root, source)), // TypeDoc lists a name where it comes first
    tsconfig: join(root, "tsconfig.json"),
    logLevel: "Error",
    skipErrorChecking: true, // `npm run typecheck` finds them
    readme: "none",
    excludePrivate: true,
    excludeProtected: true,
    excludeInternal: true,
    disableSources: true,
    validation: false,
    sort: ["alphabetical"],
    externalPattern: ["**/node_modules/**", "**/*provider*genesyscloud/**", "**/providers/**"],
  });
  const project = await application.convert();
  if (project === undefined) throw new Error("TypeDoc cannot read the entries.");
  const found = project.getChildrenByKind(ReflectionKind.Module);
  const modules = entries.map(({ source }) => found.find(({ name }) => slim(name) === slim(source)));
  const declared = modules.map((each) => (each.children ?? []).filter(({ kind }) => kind !== ReflectionKind.Reference));
  const anchors = anchorsOf(declared);
  const parts = modules.map((each, index) => {
    const again = each.getChildrenByKind(ReflectionKind.Reference);
    return [
      `## ${entries[index].path}`,
      text(each.comment?.summary),
      again.length > 0 ? `It also exports the ${again.length} names that are listed under another entry.` : "",
      ...groups.flatMap(([title, kind]) => {
        const those = declared[index].filter((one) => one.kind === kind);
        return those.length === 0 ? [] : [`### ${title}`, ...those.map((one) => declaration(one, anchors))];
      }),
    ];
  });
  return [
    "# API",
    "Every public name, generated from the source by `npm run docs`. On cdktn, import from " +
      `\`${library}/cdktn\` where this page says \`${library}\`. Start with [the README](../README.md#install) ` +
      "and [the recipes](recipes.md).",
    ...parts.flat(),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** What the module of an entry is called: `lib/testing/index.ts` is `testing`. */
const slim = (source) => source.replaceAll(/^lib\/|(?:\/index)?(?:\.ts)?$/g, "");

/** The anchor of each name's heading, as GitHub makes it: a second one of the same letters gets a number. */
function anchorsOf(declared) {
  const taken = new Map();
  const ordered = declared.flatMap((children) => groups.flatMap(([, kind]) => children.filter((c) => c.kind === kind)));
  return new Map(
    ordered.map((one) => {
      const anchor = one.name.toLowerCase();
      const before = taken.get(anchor) ?? 0;
      taken.set(anchor, before + 1);
      return [one.id, before === 0 ? anchor : `${anchor}-${before}`];
    }),
  );
}

/** One name: what it is, how it is written, and its members. */
/** What is said of a binding that has no comment. */
const ofProvider =
  "Its members are the arguments of the [provider](https://registry.terraform.io/providers/mypurecloud/genesyscloud/latest/docs), in camel case.";

function declaration(one, anchors) {
  const signature = one.signatures?.[0];
  const comment = signature?.comment ?? one.comment;
  return [
    `#### ${one.name}`,
    text(comment?.summary, anchors) || (one.flags.isExternal ? ofProvider : ""),
    written(one),
    parameters(signature),
    notes(comment, anchors),
    members(one, anchors),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function written(one) {
  const code = (line) => `\`\`\`ts\n${line}\n\`\`\``;
  if (one.kind === ReflectionKind.Function) return code(one.signatures.map((each) => call(each)).join("\n"));
  if (one.kind === ReflectionKind.Class) {
    const made = one.children?.find(({ kind }) => kind === ReflectionKind.Constructor);
    return made === undefined || made.flags.isExternal
      ? ""
      : code(made.signatures.map((each) => call(each)).join("\n"));
  }
  if (one.kind === ReflectionKind.Variable) return code(shortened(`const ${one.name}: ${one.type}`));
  if (one.kind === ReflectionKind.TypeAlias && one.type.type !== "reflection")
    return code(`type ${one.name} = ${one.type}`);
  return "";
}

/** A type that lists values at length is in the editor. */
const shortened = (line) => (line.length > 240 ? `${line.slice(0, 200)} …` : line);

function call({ name, kind, parameters: those = [], type }) {
  const list = those.map((each) => `${each.flags.isRest ? "..." : ""}${each.name}${optional(each)}: ${each.type}`);
  const prefix = kind === ReflectionKind.ConstructorSignature ? "new " : "";
  return `${prefix}${name}(${list.join(", ")})${prefix === "" ? `: ${type}` : ""}`;
}

const optional = ({ flags, kind, defaultValue }) =>
  flags.isOptional || (kind === ReflectionKind.Parameter && defaultValue !== undefined) ? "?" : "";

function parameters(signature) {
  const told = (signature?.parameters ?? []).filter(({ comment }) => comment !== undefined);
  return told.map(({ name, comment }) => `- \`${name}\`: ${text(comment.summary)}`).join("\n");
}

/** What a comment says besides its summary. */
function notes(comment, anchors) {
  const titles = { "@throws": "Throws", "@returns": "Returns", "@example": "", "@default": "Default" };
  const told = (comment?.blockTags ?? []).filter(({ tag }) => tag in titles);
  return told
    .map(({ tag, content }) => {
      const said = text(content, anchors);
      if (tag === "@example") return said.includes("```") ? said : `\`\`\`ts\n${said}\n\`\`\``;
      return `${titles[tag]}: ${said}`;
    })
    .join("\n\n");
}

/** The members that a user writes or reads, in a table; those of a core are in its own documentation. */
function members(one, anchors) {
  const owner = one.type?.type === "reflection" ? one.type.declaration : one;
  const own = (owner.children ?? []).filter(
    ({ kind, flags, inheritedFrom }) =>
      kind !== ReflectionKind.Constructor && !flags.isExternal && !isListed(inheritedFrom, anchors),
  );
  const parents = (one.extendedTypes ?? []).filter(({ reflection }) => anchors.has(reflection?.id));
  const more = parents.map((each) => `[\`${each.name}\`](#${anchors.get(each.reflection.id)})`).join(", ");
  const rows = own.map((each) => {
    const signature = each.signatures?.[0] ?? each.getSignature;
    const comment = signature?.comment ?? each.comment;
    const type = each.signatures ? `\`${cell(call(signature))}\`` : linked(signature?.type ?? each.type, anchors);
    const said = [text(comment?.summary, anchors), inline(comment, anchors)].filter((part) => part !== "").join(" ");
    return `| \`${each.flags.isStatic ? "static " : ""}${each.name}${optional(each)}\` | ${type} | ${cell(said)} |`;
  });
  return [
    more === "" ? "" : `Has all members of ${more}${rows.length > 0 ? ", and:" : "."}`,
    rows.length === 0 ? "" : ["| member | type | |", "| --- | --- | --- |", ...rows].join("\n"),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

/** Whether a member is inherited from a type that the page lists itself. */
function isListed(inherited, anchors) {
  return inherited?.reflection !== undefined && anchors.has(inherited.reflection.parent?.id);
}

function inline(comment, anchors) {
  return (comment?.blockTags ?? [])
    .filter(({ tag }) => tag === "@default" || tag === "@throws")
    .map(({ tag, content }) => {
      const said = text(content, anchors)
        .replace(/^```ts\n(.*)\n```$/s, "`$1`")
        .replace(/^(`?)- /, "$1");
      return `${tag === "@default" ? "Default" : "Throws"}: ${said}.`.replace(/\.\.$/, ".");
    })
    .join(" ");
}

function linked(type, anchors) {
  const few = type.type === "union" && type.types.length > 6 ? [...type.types.slice(0, 3), "…"].join(" | ") : type;
  const shown = `\`${cell(String(few))}\``;
  const anchor = type.type === "reference" ? anchors.get(type.reflection?.id) : undefined;
  return anchor === undefined || type.typeArguments?.length > 0 ? shown : `[${shown}](#${anchor})`;
}

const cell = (said) => said.replaceAll(/\s*\n\s*/g, " ").replaceAll(/(?<!\\)\|/g, "\\|");

/** The text of a comment; a link leads to the name's heading if the page has it. */
function text(parts = [], anchors = new Map()) {
  return parts
    .map((part) => {
      if (part.kind !== "inline-tag") return part.text;
      const anchor = anchors.get(part.target?.id);
      return anchor === undefined ? `\`${part.text}\`` : `[\`${part.text}\`](#${anchor})`;
    })
    .join("")
    .trim();
}

/** The pages whose programs are recipes, with those programs as they are now. */
function pagesWithRecipes() {
  const folder = join(root, "__tests__", "recipes");
  const programs = readdirSync(folder).filter((file) => file.endsWith(".ts") && !/^(?:recipes|as-).*\.ts$/.test(file));
  const codes = programs.map((file) =>
    readFileSync(join(folder, file), "utf8")
      .replaceAll(`"../../lib/testing"`, `"${library}/cdktn/testing/jest"`)
      .replaceAll(`"../../lib`, `"${library}/cdktn`)
      .replaceAll(`"cdktf"`, `"cdktn"`),
  );
  const nameIn = (code) => /^(?:export (?:class|function|const) \w+|test\(.*)/m.exec(code)?.[0];
  const pages = readdirSync(join(root, "docs")).filter((page) => page.endsWith(".md") && page !== "api.md");
  return pages.map((page) => [
    page,
    read("docs", page).replaceAll(/^```ts\n(.*?)^```/gms, (block, shown) => {
      const code = codes.find((each) => nameIn(each) === nameIn(shown));
      return code === undefined || nameIn(shown) === undefined ? block : `\`\`\`ts\n${code}\`\`\``;
    }),
  ]);
}

const stale = [];
for (const [page, text] of [["api.md", await api()], ...pagesWithRecipes()]) {
  const file = join(root, "docs", page);
  const formatted = page === "api.md" ? `${text}\n` : await format(text); // Prettier would fill its tables with spaces
  const now = existsSync(file) ? readFileSync(file, "utf8") : "";
  if (now === formatted) continue;
  stale.push(`docs/${page}`);
  if (!process.argv.includes("--check")) writeFileSync(file, formatted);
}
if (process.argv.includes("--check") && stale.length > 0) {
  console.error(`Out of date: ${stale.join(", ")}. Run "npm run docs".`);
  process.exitCode = 1;
} else console.log(stale.length === 0 ? "The generated documentation is up to date." : `Wrote ${stale.join(", ")}.`);
