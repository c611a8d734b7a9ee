import fc from "../fast-check";

/** What a loader can read. */
export interface Dialect {
  readonly extension: string;
  readonly module: "esm" | "cjs";
  /** TypeScript; `erasable` leaves out what has to be compiled, such as enums. */
  readonly types: "none" | "erasable" | "all";
  /** Whether an import below its use comes first all the same, as in an ES module. */
  readonly hoists: boolean;
}

/** An environments file, and the line on which each of its addresses is written. */
export interface PaddedFile {
  readonly text: string;
  readonly expected: Readonly<Record<string, number>>;
}

/** Lines of a program; in a declaration, each address is written where the mark is. */
interface Block {
  readonly lines: readonly string[];
  /** The name of the environment that the lines declare. */
  readonly declares?: string;
}

const library = "cdktf-genesys-messenger";
const decoy = `nextEnvironment("decoy", { kind: "staging", addresses: ["host-0.example.com", "host-1.example.com"] })`;

/** What stands between declarations, and moves them down. Each is given a number that no other has. */
const paddings: readonly {
  readonly needs?: "esm" | "erasable" | "all";
  readonly lines: (n: number) => readonly string[];
}[] = [
  { lines: () => ["", "", ""] },
  { lines: () => [`// ${decoy}`] },
  { lines: () => ["/*", ` * ${decoy}`, " */"] },
  { lines: (n) => [`const text${n} = \`first`, `  ${decoy}`, "last`;", `void text${n};`] },
  { lines: (n) => [`const pattern${n} = /["'\`(/]\\/[^/]"/u;`, `void pattern${n};`] },
  {
    lines: (n) => [`function unused${n}(a = "x", { b } = { b: 1 }) {`, "  return a + b; // )", "}", `void unused${n};`],
  },
  {
    lines: (n) => [
      `class Plain${n} {`,
      "  #secret = 1;",
      "",
      "  get secret() {",
      "    return this.#secret;",
      "  }",
      "}",
      `void Plain${n};`,
    ],
  },
  { needs: "esm", lines: (n) => ["import {", `  join as join${n},`, '} from "node:path";', `void join${n};`] },
  { needs: "esm", lines: () => ['import "node:fs";'] },
  { needs: "esm", lines: (n) => [`import * as all${n} from "node:os";`, "", `void all${n};`] },
  {
    needs: "erasable",
    lines: (n) => [
      `interface Shape${n} {`,
      "  readonly a: string;",
      "  readonly b?: {",
      "    readonly c: number;",
      "  };",
      "}",
    ],
  },
  {
    needs: "erasable",
    lines: (n) => [
      `type Union${n}<T> =`,
      "  | T",
      '  | "https://www.example.com"',
      "  | { readonly [key: string]: T };",
    ],
  },
  { needs: "erasable", lines: (n) => [`declare const declared${n}: {`, "  readonly a: string;", "};"] },
  { needs: "erasable", lines: (n) => [`declare function overloaded${n}(`, "  a: string,", "): void;"] },
  {
    needs: "erasable",
    lines: (n) => [
      `function overload${n}(a: string): string;`,
      `function overload${n}(a: number): number;`,
      `function overload${n}<`,
      "  T,",
      ">(a: T): T {",
      "  return a;",
      "}",
      `void overload${n}("a");`,
    ],
  },
  {
    needs: "erasable",
    lines: (n) => [
      `abstract class Typed${n}<T> {`,
      "  declare readonly a: T;",
      "  abstract b(): void;",
      "",
      "  private c?: string;",
      "}",
      `void Typed${n};`,
    ],
  },
  {
    needs: "all",
    lines: (n) => [`enum Several${n} {`, "  A,", '  B = "b",', "", "  C = 1 << 2,", "}", `void Several${n};`],
  },
  { needs: "all", lines: (n) => [`const enum Single${n} { A = 1 }`, `void Single${n}.A;`] },
  {
    needs: "all",
    lines: (n) => [
      `namespace Space${n} {`,
      "  export const a = 1;",
      "  export namespace Inner {",
      "    export const b = a;",
      "  }",
      "}",
      `void Space${n}.Inner.b;`,
    ],
  },
  {
    needs: "all",
    lines: (n) => [
      `class Property${n} {`,
      "  constructor(",
      "    readonly a: string,",
      "    private readonly b = 1,",
      "  ) {",
      "    void this.b;",
      "  }",
      "}",
      `void new Property${n}("a");`,
    ],
  },
];

/** The same call in the ways that people and formatters write it. The mark `@` is an address; a name has no quotes in it. */
const layouts: readonly ((name: string, count: number) => readonly string[])[] = [
  (name, count) => [
    `const ${name} = nextEnvironment("${name}", {`,
    '  kind: "staging",',
    "  addresses: [",
    ...times(count, () => '    "@",'),
    "  ],",
    "});",
  ],
  (name, count) => [
    `const ${name} = nextEnvironment("${name}", { kind: "staging", addresses: [${times(count, () => '"@"').join(", ")}] });`,
  ],
  (name, count) => [
    `const ${name} =`,
    "  nextEnvironment(",
    `    "${name}",`,
    "    {",
    '      kind: "staging", addresses: [',
    ...times(count, () => "        '@'")
      .join(",\n")
      .split("\n"),
    "      ]",
    "    }",
    "  );",
  ],
  (name, count) => [
    `const ${name} = [nextEnvironment("${name}", {`,
    "  // what a comment says",
    '  addresses: [/* "host-0.example.com", */',
    ...times(count, (i) => `    \`@\`, // "host-${i}.example.com"`),
    "  ],",
    '  kind: "staging",',
    "})][0];",
  ],
  (name, count) => [
    `const ${name} = nextEnvironment("${name}", {`,
    '  kind: "staging",',
    "  addresses: [],",
    "}).with(",
    ...times(count, () => '  "@",'),
    ");",
  ],
  (name, count) =>
    [
      `const { ${name} } = { ${name}: (() => {`,
      `  return nextEnvironment("${name}", {`,
      '    kind: "staging",',
      `    addresses: [...[${times(count, () => '"@"').join(",\n      ")}].map((host) => host)],`,
      "  });",
      "})() };",
    ]
      .join("\n")
      .split("\n"),
];

function times(count: number, text: (index: number) => string): readonly string[] {
  return Array.from({ length: count }, (_, index) => text(index));
}

/** Environments files of a dialect with everything between the declarations that moves lines about. */
export function paddedFiles(dialect: Dialect): fc.Arbitrary<PaddedFile> {
  const { module, types, hoists } = dialect;
  const usable = paddings.filter(
    ({ needs }) => needs === undefined || (needs === "esm" ? module === "esm" : types === "all" || needs === types),
  );
  const padding = fc.array(fc.constantFrom(...usable), { maxLength: 4 });
  const declaration = fc.record({
    layout: fc.constantFrom(...layouts),
    count: fc.integer({ min: 1, max: 3 }),
    padding,
  });
  return fc
    .record({
      declarations: fc.array(declaration, { minLength: 1, maxLength: 4 }),
      last: padding,
      importAt: fc.nat(),
      eol: fc.constantFrom("\n", "\r\n"),
      mark: fc.boolean(),
      lineOfImport: fc.constantFrom(1, 3),
    })
    .map(({ declarations, last, importAt, eol, mark, lineOfImport }) => {
      let n = 0;
      const padded = (chosen: typeof last): readonly Block[] => chosen.map(({ lines }) => ({ lines: lines(n++) }));
      const blocks: readonly Block[] = [
        ...declarations.flatMap(({ layout, count, padding: before }, index) => [
          ...padded(before),
          { lines: layout(`env${index}`, count), declares: `env${index}` },
        ]),
        ...padded(last),
      ];
      const first = blocks.findIndex(({ declares }) => declares !== undefined);
      const place = importAt % ((hoists ? blocks.length : first) + 1);
      const names = declarations.map((_, index) => `env${index}`).join(", ");
      const all = [
        ...blocks.slice(0, place).flatMap(({ lines }) => lines),
        ...importOf(dialect, lineOfImport),
        ...blocks.slice(place).flatMap(({ lines }) => lines),
        module === "esm" ? `export const environments = [${names}];` : `module.exports = { environments: [${names}] };`,
      ];
      const expected: Record<string, number> = {};
      const lines = all.map((line, index) =>
        line.replaceAll("@", () => {
          const address = `host-${Object.keys(expected).length}.example.com`;
          expected[address] = index + 1;
          return address;
        }),
      );
      return { text: `${mark ? "\uFEFF" : ""}${lines.join(eol)}${eol}`, expected };
    });
}

function importOf({ module }: Dialect, lines: number): readonly string[] {
  const [keyword, from] = module === "esm" ? ["import", `from "${library}"`] : ["const", `= require("${library}")`];
  return lines === 1
    ? [`${keyword} { nextEnvironment } ${from};`]
    : [`${keyword} {`, "  nextEnvironment,", `} ${from};`];
}
