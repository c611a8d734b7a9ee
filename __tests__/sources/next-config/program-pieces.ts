/** What a configuration is written in; `package` is a `.js` file in a package of ECMAScript modules. */
export type Format = "cjs" | "esm" | "package" | "ts";

/** A program that is complete, with the modules that it imports. */
export interface GeneratedProgram {
  readonly format: Format;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

/** A program that is being written: its statements, the names that are taken, and the modules beside it. */
export class Pieces {
  readonly format: Format;
  readonly kinds: string[] = [];
  private readonly imports: string[] = [];
  private readonly statements: string[] = [];
  private readonly files: Record<string, string> = {};
  private readonly taken = new Map<string, number>();
  private hosts = 0;

  constructor(
    private readonly draw: (most: number) => number,
    formats: readonly Format[],
  ) {
    this.format = this.pick(formats);
  }

  below(count: number): number {
    return this.draw(count - 1);
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("There is nothing to pick from");
    return item;
  }

  note(kind: string): void {
    this.kinds.push(kind);
  }

  line(statement: string): void {
    this.statements.push(statement);
  }

  name(stem: string): string {
    const count = this.taken.get(stem) ?? 0;
    this.taken.set(stem, count + 1);
    return count === 0 ? stem : `${stem}${count}`;
  }

  constant(stem: string, value: string): string {
    const name = this.name(stem);
    this.line(`const ${name} = ${value};`);
    return name;
  }

  /** A host that nothing else in the program has, as a literal. */
  host(): string {
    return `"h${this.hosts++}.example.com"`;
  }

  /** The default export of a module beside the program that holds this expression. */
  imported(value: string): string {
    const name = this.name("part");
    const isCommonJs = this.format === "cjs";
    const file = `${name}.${{ cjs: "js", esm: "mjs", package: "js", ts: "ts" }[this.format]}`;
    this.files[file] = isCommonJs ? `module.exports = ${value};\n` : `export default ${value};\n`;
    const path = this.format === "ts" ? `./${name}` : `./${file}`;
    this.imports.push(isCommonJs ? `const ${name} = require("${path}");` : `import ${name} from "${path}";`);
    return name;
  }

  /** The content of a JSON file beside the program. */
  json(text: string): string {
    const name = this.name("data");
    this.files[`${name}.json`] = text;
    if (this.format === "cjs") this.imports.push(`const ${name} = require("./${name}.json");`);
    else if (this.format === "ts") this.imports.push(`import ${name} from "./${name}.json";`);
    else {
      this.imports.push(`import { readFileSync as read${name} } from "node:fs";`);
      return `JSON.parse(read${name}(new URL("./${name}.json", import.meta.url), "utf8"))`;
    }
    return name;
  }

  finished(): GeneratedProgram {
    const head = this.format === "ts" ? [`// @ts-nocheck`, `import type { NextConfig } from "next";`] : [];
    return {
      format: this.format,
      text: [...head, ...this.imports, ...this.statements, ""].join("\n"),
      files: this.files,
    };
  }
}
