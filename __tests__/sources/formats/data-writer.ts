/** What is written into a file: texts, in lists and tables. */
export type Data = string | readonly Data[] | Table;
export interface Table {
  readonly [key: string]: Data;
}

/** Adds a number to every text, so that each occurs once and its line can be told. */
export function numbered(table: Table): Table {
  let count = 0;
  const each = (data: Data): Data => {
    if (typeof data === "string") return `${data}<${count++}>`;
    return isList(data) ? data.map(each) : inTable(data);
  };
  const inTable = (of: Table): Table =>
    Object.fromEntries(Object.entries(of).map(([name, data]) => [name, each(data)]));
  return inTable(table);
}

export function isList(data: Data): data is readonly Data[] {
  return Array.isArray(data);
}

function isTable(data: Data): data is Table {
  return typeof data !== "string" && !isList(data);
}

/** A text as TOML and YAML both understand it, on one line. */
function quoted(text: string): string {
  const escape = (character: string): string => `\\U${(character.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`;
  return `"${Array.from(text, (character) => (/[ !#-[\]-~]/.test(character) ? character : escape(character))).join("")}"`;
}

/** Writes data line by line, and notes the line of every text. */
export class DataWriter {
  readonly lines = new Map<string, number>();
  readonly output: string[] = [];

  json(data: Data, before = "", after = ""): void {
    if (typeof data === "string") {
      this.line(data, `${before}${JSON.stringify(data)}${after}`);
      return;
    }
    this.output.push(`${before}${isList(data) ? "[" : "{"}`);
    const entries = Object.entries(data);
    entries.forEach(([name, each], index) => {
      this.json(each, isList(data) ? "" : `${JSON.stringify(name)}: `, index < entries.length - 1 ? "," : "");
    });
    this.output.push(`${isList(data) ? "]" : "}"}${after}`);
  }

  yaml(data: Data, before = "", indent = ""): void {
    if (typeof data === "string") {
      this.line(data, `${before} ${quoted(data)}`);
    } else if (Object.keys(data).length === 0) {
      this.output.push(`${before} ${isList(data) ? "[]" : "{}"}`);
    } else {
      if (before !== "") this.output.push(before);
      for (const [name, each] of Object.entries(data))
        this.yaml(each, `${indent}${isList(data) ? "-" : `${quoted(name)}:`}`, `${indent}  `);
    }
  }

  toml(table: Table, path: readonly string[] = []): void {
    const entries = Object.entries(table);
    for (const [name, each] of entries) if (!isTable(each)) this.tomlValue(each, `${quoted(name)} = `, "");
    for (const [name, each] of entries) {
      if (!isTable(each)) continue;
      const header = [...path, name];
      this.output.push(`[${header.map(quoted).join(".")}]`);
      this.toml(each, header);
    }
  }

  private tomlValue(data: Data, before: string, after: string): void {
    if (typeof data === "string") {
      this.line(data, `${before}${quoted(data)}${after}`);
    } else if (isList(data)) {
      this.output.push(`${before}[`);
      for (const item of data) this.tomlValue(item, "", ",");
      this.output.push(`]${after}`);
    } else {
      // An inline table, on one line.
      const inner = new DataWriter();
      for (const [name, each] of Object.entries(data)) inner.tomlValue(each, `${quoted(name)} = `, ",");
      for (const text of inner.lines.keys()) this.lines.set(text, this.output.length + 1);
      this.output.push(`${before}{ ${inner.output.join(" ").replace(/,$/, "")} }${after}`);
    }
  }

  private line(text: string, written: string): void {
    this.output.push(written);
    this.lines.set(text, this.output.length);
  }
}
