import type * as Yaml from "yaml";
import { type LinedTable, type LinedValue, lineIndex, type ParsedText } from "./lined-value";
import { hasFunctions, loadPackage } from "./text-file";

/** Parses YAML 1.2, with the merge keys `<<` that most parsers know. A file holds one document. */
export function parseYaml(text: string): ParsedText {
  const lineAt = lineIndex(text);
  const refused = (position: number, message: string): ParsedText => ({ ok: false, line: lineAt(position), message });
  try {
    const yaml = loadPackage("yaml", isYaml);
    const documents = yaml.parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, logLevel: "silent" });
    const [first, ...others] = documents;
    const problem = documents.find(({ errors }) => errors.length > 0)?.errors[0];
    if (problem !== undefined) return refused(problem.pos[0], reasonOf(problem));
    const second = others.find(({ contents }) => contents !== null && !isEmpty(yaml, contents));
    if (second !== undefined) return refused(second.range[0], "a second document begins here");
    return { ok: true, value: new YamlReader(yaml, lineAt).read(first?.contents ?? null, 1) };
  } catch (error) {
    if (error instanceof NoValue) return refused(error.position, error.message);
    return refused(0, tooDeep);
  }
}

/** What is well-formed and means nothing. */
class NoValue extends Error {
  constructor(
    readonly position: number,
    reason: string,
  ) {
    super(reason);
  }
}

type YamlNode = Yaml.Node | null;

/** More entries than this are not copied by merge keys: a chain of them takes the square of its length. */
const mostMerged = 1_000_000;

class YamlReader {
  private mergedEntries = 0;
  private readonly known = new Map<YamlNode, LinedValue | "being read">();
  /** What the anchors so far stand for: the parser itself would search the whole document for every alias. */
  private readonly anchors = new Map<string, Yaml.Node>();

  constructor(
    private readonly yaml: typeof Yaml,
    private readonly lineAt: (position: number) => number,
  ) {}

  /** A value under a key has the key's line; what an alias stands for has the alias's. */
  read(node: YamlNode, line = this.lineOf(node)): LinedValue {
    const target = this.yaml.isAlias(node) ? this.anchors.get(node.source) : node;
    if (target === undefined) throw new NoValue(node?.range?.[0] ?? 0, "an alias without an anchor above it");
    if (target === null) return { kind: "null", text: "", line };
    const known = this.known.get(target);
    if (known === "being read") throw new NoValue(node?.range?.[0] ?? 0, "a value refers to itself");
    if (known !== undefined) return { ...known, line };
    this.known.set(target, "being read");
    const value = this.readAnew(target, line);
    this.known.set(target, value);
    return value;
  }

  private readAnew(node: Yaml.Node, line: number): LinedValue {
    if ("anchor" in node && typeof node.anchor === "string") this.anchors.set(node.anchor, node);
    if (this.yaml.isMap(node)) return { kind: "table", entries: this.entries(node), line };
    if (this.yaml.isSeq(node)) {
      const items = node.items.map((item) => this.read(this.yaml.isNode(item) ? item : null));
      return { kind: "list", items, line };
    }
    if (!this.yaml.isScalar(node)) return { kind: "null", text: "", line };
    const { value, source } = node;
    if (value === null) return { kind: "null", text: "", line };
    if (typeof value === "string") return { kind: "text", text: value, line };
    return { kind: "literal", text: source ?? "", line };
  }

  private entries({ items }: Yaml.YAMLMap): LinedTable["entries"] {
    const own = new Map<string, LinedValue>();
    const merged = new Map<string, LinedValue>();
    for (const { key, value } of items) {
      if (this.yaml.isNode(key)) this.read(key); // it may have an anchor
      const read = this.read(this.yaml.isNode(value) ? value : null, this.lineOf(this.yaml.isNode(key) ? key : null));
      if (!this.yaml.isScalar(key)) continue; // a list or a table as a key names nothing that is looked for
      const name = typeof key.value === "string" ? key.value : (key.source ?? "");
      // The parser itself would compare every key with every other one.
      if (own.has(name)) throw new NoValue(key.range?.[0] ?? 0, "duplicate key");
      if (name !== "<<") own.set(name, read);
      else {
        for (const each of read.kind === "list" ? read.items : [read]) {
          this.mergedEntries += each.kind === "table" ? each.entries.size : 0;
          if (this.mergedEntries > mostMerged)
            throw new NoValue(key.range?.[0] ?? 0, "its merge keys repeat more than a million entries");
          mergeInto(merged, each);
        }
      }
    }
    return new Map([...merged, ...own]);
  }

  private lineOf(node: YamlNode): number {
    return this.lineAt(node?.range?.[0] ?? 0);
  }
}

/** Of several tables the first one counts. */
function mergeInto(merged: Map<string, LinedValue>, table: LinedValue): void {
  if (table.kind !== "table") return;
  for (const [name, value] of table.entries) if (!merged.has(name)) merged.set(name, value);
}

function isEmpty(yaml: typeof Yaml, node: Yaml.Node): boolean {
  return yaml.isScalar(node) && node.value === null;
}

const tooDeep = "values are nested too deeply";

/** What may quote the text is cut off, and where nothing else is left, put in other words. */
function reasonOf({ code, message }: { readonly code: string; readonly message: string }): string {
  if (code === "TAG_RESOLVE_FAILED") return "an unknown tag";
  if (code === "BAD_DIRECTIVE") return "an unknown directive";
  if (code === "BAD_DQ_ESCAPE") return "an unknown escape sequence";
  if (code === "BAD_ALIAS") return "an alias without an anchor above it";
  if (/call stack/i.test(message)) return tooDeep;
  return message.split(": ")[0]?.toLowerCase() ?? "unexpected token";
}

function isYaml(loaded: unknown): loaded is typeof Yaml {
  return hasFunctions(loaded, "parseAllDocuments", "isMap", "isSeq", "isScalar", "isAlias", "isNode");
}
