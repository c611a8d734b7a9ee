import { type Node } from "@babel/types";
import { type Severity } from "../../origins/finding";
import { lineOf, memberPath, rootOf, walk } from "./config-nodes";
import { type ConfigProgram } from "./config-program";
import { type Lookup, type ShapeReader } from "./config-shape";

/** A host as a configuration names it. */
export interface HostEntry {
  readonly text: string;
  /** Whether the page is served over plain HTTP. */
  readonly http: boolean;
}

/** An entry that is written as a literal. */
export interface LiteralValue extends HostEntry {
  readonly kind: "literal";
  readonly line: number;
}

/** An entry that only executing the configuration would tell. */
export interface ComputedValue {
  readonly kind: "computed";
  /** What it is instead of a literal, as the rest of a sentence. */
  readonly why: string;
  /** The variable of the environment that it reads. */
  readonly variable?: string;
  /** A warning where the key may not be there at all. */
  readonly severity: Severity;
  readonly line: number;
}

/** An entry of one of the keys. */
export type ConfigValue = LiteralValue | ComputedValue;

/** Reads the entries of lists, as far as they are written down. */
export class EntryReader {
  constructor(
    private readonly program: ConfigProgram,
    private readonly reader: ShapeReader,
  ) {}

  ofLookup({ kind, node }: Lookup, isEverythingUnknown: boolean): readonly ConfigValue[] {
    switch (kind) {
      case "value":
        return this.ofList(node);
      case "conditional":
        return [{ kind: "computed", why: "depends on a condition", severity: "error", line: lineOf(node) }];
      case "perhaps":
        if (isEverythingUnknown) return [this.computed(node)];
        return [{ ...this.computed(node), why: `may be in what ${this.why(node)}`, severity: "warning" }];
    }
  }

  assignedLater(path: readonly string[]): readonly ConfigValue[] {
    return this.program.assignments
      .filter((assignment) => assignment.path.length > 0)
      .filter((assignment) => assignment.path.every((name, index) => index >= path.length || name === path[index]))
      .map(({ line }) => ({ kind: "computed", why: "is assigned after its declaration", severity: "error", line }));
  }

  private ofList(node: Node): readonly ConfigValue[] {
    const list = this.reader.resolve(node);
    if (list.type !== "ArrayExpression") return [this.computed(node)];
    return list.elements.flatMap((element) => {
      if (element === null) return [];
      return element.type === "SpreadElement" ? this.ofList(element.argument) : [this.ofEntry(element)];
    });
  }

  /** A text, or one of the objects of `i18n.domains`. */
  private ofEntry(node: Node): ConfigValue {
    const text = this.reader.textOf(node);
    if (text !== undefined) return { kind: "literal", text, http: false, line: lineOf(node) };
    const resolved = this.reader.resolve(node);
    if (resolved.type !== "ObjectExpression") return this.computed(node);
    const shape = { kind: "object", node: resolved } as const;
    const [domain, ...others] = this.reader.lookup(shape, ["domain"]);
    if (domain?.kind !== "value" || others.length > 0) return this.computed(domain?.node ?? node);
    const host = this.reader.textOf(domain.node);
    if (host === undefined) return this.computed(domain.node);
    const [http] = this.reader.lookup(shape, ["http"]);
    const scheme = http === undefined ? undefined : this.reader.resolve(http.node);
    if (scheme !== undefined && scheme.type !== "BooleanLiteral") return this.computed(scheme);
    return { kind: "literal", text: host, http: scheme?.value === true, line: lineOf(domain.node) };
  }

  private computed(node: Node): ComputedValue {
    const variable = this.variableIn(node);
    const why = variable === undefined ? this.why(node) : `reads process.env.${variable}`;
    const value: ComputedValue = { kind: "computed", why, severity: "error", line: lineOf(node) };
    return variable === undefined ? value : { ...value, variable };
  }

  private why(node: Node): string {
    const resolved = this.reader.resolve(node);
    const name = rootOf(resolved)?.name;
    if (name !== undefined && this.program.importedFrom(name) !== undefined) return "comes from another file";
    if (/CallExpression$|^NewExpression$/.test(resolved.type)) return "is the result of a call";
    if (/^ConditionalExpression$|^LogicalExpression$/.test(resolved.type)) return "depends on a condition";
    return "is computed";
  }

  /** The first variable of the environment that an expression reads. */
  private variableIn(node: Node): string | undefined {
    let variable: string | undefined;
    walk(this.reader.resolve(node), (below) => {
      const path = memberPath(below);
      if (rootOf(below)?.name === "process" && path?.[0] === "env") variable ??= path[1];
      return variable === undefined ? undefined : "skip";
    });
    return variable;
  }
}
