import { dirname } from "node:path";
import { pathToFileURL } from "node:url";

/** What a plugin of Babel is given: jiti brings Babel along, so nothing of it is imported here. */
interface Babel {
  readonly types: { readonly VISITOR_KEYS: Readonly<Record<string, readonly string[]>> };
}

interface SyntaxNode {
  readonly type: string;
  /** Where the generator breaks lines, so that the node stands on the line that it was written on. */
  loc?: { readonly start: { readonly line: number } } | null;
  readonly [key: string]: unknown;
}

interface Path {
  readonly node: SyntaxNode;
  replaceWith(node: object): void;
}

/**
 * Keeps every line of a module where it was written, so that a stack trace needs no source map. The generator breaks lines
 * until a node is on its own line, and cannot go back: what was moved up, such as an import below the first statement, would
 * take everything after it along. Such nodes lose their line.
 */
export function keepLines({ types }: Babel): object {
  return {
    visitor: {
      Program: {
        exit({ node }: Path) {
          let next = Number.POSITIVE_INFINITY;
          for (const each of [...nodesIn(node, types.VISITOR_KEYS)].reverse()) {
            const line = each.loc?.start.line;
            if (line === undefined) continue;
            if (line > next) each.loc = null;
            else next = line;
          }
        },
      },
    },
  };
}

/** The nodes of a tree, in the order in which they are printed. */
function* nodesIn(node: SyntaxNode, keys: Babel["types"]["VISITOR_KEYS"]): Generator<SyntaxNode> {
  yield node;
  for (const key of keys[node.type] ?? []) {
    const value = node[key];
    for (const child of Array.isArray(value) ? value : [value]) {
      if (isNode(child)) yield* nodesIn(child, keys);
    }
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value;
}

/**
 * Gives `import.meta` a value. jiti replaces what Node.js 20 has of it; anything else would not compile outside an ES module, and
 * jiti would evaluate the file under another name, without its lines.
 */
export function replaceImportMeta(filename: string): (babel: { readonly template: Template }) => object {
  const meta = { url: pathToFileURL(filename).href, filename, dirname: dirname(filename), main: false };
  return ({ template }) => ({
    visitor: {
      MetaProperty(path: Path) {
        const { meta: keyword } = path.node;
        if (isNode(keyword) && keyword["name"] === "import") {
          path.replaceWith(template.expression.ast(`(${JSON.stringify(meta)})`));
        }
      },
    },
  });
}

interface Template {
  readonly expression: { ast(code: string): object };
}

/** Names that a file imports from a module, as values. */
export interface NamedImport {
  /** The importing file. */
  readonly file: string;
  readonly line: number;
  /** What is imported from, as it is written. */
  readonly source: string;
  readonly names: readonly string[];
}

/** Tells which names a file imports. Imports that TypeScript erases are not among them. */
export function recordImports(record: (imported: Omit<NamedImport, "file">) => void): () => object {
  return () => ({
    visitor: {
      ImportDeclaration({ node }: Path) {
        const { source, specifiers } = node;
        if (!isNode(source) || !Array.isArray(specifiers)) return;
        const names = specifiers.filter(isNode).flatMap(({ type, imported }) => {
          if (type === "ImportDefaultSpecifier") return ["default"];
          return isNode(imported) ? [String(imported["name"] ?? imported["value"])] : [];
        });
        record({ line: node.loc?.start.line ?? 1, source: String(source["value"]), names });
      },
    },
  });
}
