import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire, Module } from "node:module";
import { join } from "node:path";
import { terraformSchemaOf, tooltipOf } from "./terraform-schema.mjs";

const require = createRequire(import.meta.url);
const { ConstructsMakerTarget, Language, TerraformProviderConstraint } = requireCommons();
const { CodeMaker } = require("codemaker");
// The package's root would need jsii as well; this module is all that TypeScript bindings take.
const { TerraformProviderGenerator } = require("@cdktf/provider-generator/lib/get/generator/provider-generator");

/**
 * The TypeScript of the bindings: a Map from a path such as `webdeployments-deployment/index.ts` to its text.
 *
 * @param schema schema.json, parsed
 * @param workFolder a folder for the generator to write to; it is gone afterwards
 */
export async function bindingsOf(schema, workFolder) {
  const name = schema.source.split("/")[1];
  const constraint = new TerraformProviderConstraint({ name, source: schema.source, version: schema.version });
  const code = new DocumentingCodeMaker();
  const generator = new TerraformProviderGenerator(code, terraformSchemaOf(schema));
  describeBlocks(generator, schema);
  documentGetters(generator, code);
  generator.generate(ConstructsMakerTarget.from(constraint, Language.TYPESCRIPT));
  try {
    await generator.save(workFolder);
    return readSources(join(workFolder, "providers", name), schema);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** Writes one given comment in front of the block that opens next with a given text. */
class DocumentingCodeMaker extends CodeMaker {
  documented = { opening: "", text: undefined };

  openBlock(opening) {
    const { text } = this.documented;
    if (text !== undefined && opening === this.documented.opening) {
      this.line("/**");
      for (const line of text.split("\n")) this.line(`* ${line}`.trimEnd());
      this.line("*/");
    }
    super.openBlock(opening);
  }
}

/** The generator explains the properties that can be set. This explains what can only be read as well. */
function documentGetters(generator, code) {
  for (const { attributesEmitter } of [generator.resourceEmitter, generator.structEmitter]) {
    const emit = attributesEmitter.emit.bind(attributesEmitter);
    attributesEmitter.emit = (model, ...rest) => {
      code.documented = { opening: `public get ${model.name}()`, text: model.description };
      emit(model, ...rest);
    };
  }
}

/** The generator leaves a block's description unread and writes "<name> block"; this says what the block is for. */
function describeBlocks(generator, schema) {
  const parser = generator.resourceParser;
  const parse = parser.parse.bind(parser);
  parser.parse = (fullName, type, ...rest) => {
    const model = parse(fullName, type, ...rest);
    describe(model.attributes, rootBlock(schema, type));
    return model;
  };
}

function describe(models, block) {
  for (const model of models) {
    const nested = block.blocks[model.terraformName];
    if (nested === undefined) continue;
    model._description = tooltipOf(nested);
    describe(model.type.struct.attributes, nested);
  }
}

/** The block that the generator calls `type`: the provider, a resource, or with `data_` before its name a data source. */
function rootBlock(schema, type) {
  if (type === "provider") return schema.provider;
  return schema.resources[type] ?? schema.dataSources[type.replace(/^data_/, "")];
}

function readSources(folder, schema) {
  const sources = new Map();
  for (const path of readdirSync(folder, { recursive: true }).sort()) {
    if (!path.endsWith("index.ts") || path === "lazy-index.ts") continue;
    const source = readFileSync(join(folder, path), "utf8");
    sources.set(path, putDeprecationLast(describeClass(source, path, schema)));
  }
  return sources;
}

/** Says at the class what the resource is, before the link to its documentation. */
function describeClass(source, path, schema) {
  return source.replace(/^\* Represents a \{@link \S+ (\S+)\}$/m, (link, type) => {
    const { description } = path.startsWith("data-")
      ? schema.dataSources[type]
      : (schema.resources[type] ?? schema.provider);
    return `* ${description}\n*\n${link}`;
  });
}

/** A tag reaches to the end of its comment: the link that the generator appends would become a part of it. */
function putDeprecationLast(source) {
  return source.replace(/^( *\* @deprecated .*\n)( *\*\n)( *\* Docs at .*\n)/gm, "$3$2$1");
}

/**
 * The generator's companion, without the `terraform version` that it would run while it loads: no bindings need it, the
 * program may be missing, and where it is not it asks the network for a newer version.
 */
function requireCommons() {
  const path = require.resolve("@cdktf/commons/src/terraform.js");
  const stub = new Module(path);
  stub.exports = { terraformBinaryName: "terraform", terraformVersion: Promise.resolve("not asked for") };
  stub.loaded = true;
  require.cache[path] = stub;
  return require("@cdktf/commons");
}
