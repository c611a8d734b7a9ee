import { stripVTControlCharacters as plain } from "node:util";
import stringWidth from "string-width";
import { type Column, renderTable } from "../../lib/cli/terminal/table";
import fc from "../fast-check";
import { cases } from "../fast-check";

/** What cells are made of: places where lines may end, and characters that take no room, one column or two. */
const parts = [
  ...["a", "B", "7", "ü", "u\u0308", "漢", "한", "😀", "👍🏽", "🇩🇪", "é", "…", "–", "✔", "$", "{", "}", "(", ":", "%"],
  ...[" ", "  ", "/", "//", ",", ", ", "-", "--", "_", "__", ".", "..", "*.", "www.", "examples/", "NEXT_PUBLIC_"],
];
const piece = fc.constantFrom(...parts);
const cell = fc.oneof(
  fc.array(piece, { maxLength: 40 }).map((all) => all.join("")),
  fc.stringMatching(/^[!-~]{0,80}$/),
);
const code = fc.constantFrom("\u001b[1m", "\u001b[2m", "\u001b[31m", "\u001b[39m", "\u001b[22m", "\u001b[0m");
const colored = fc.array(fc.oneof({ weight: 4, arbitrary: piece }, code), { maxLength: 40 }).map((all) => all.join(""));

const table = (cells: fc.Arbitrary<string>): fc.Arbitrary<{ columns: Column[]; rows: string[][] }> =>
  fc.integer({ min: 1, max: 6 }).chain((count) =>
    fc.record({
      columns: fc.array(
        fc.record({
          title: fc.constantFrom("", "source", "allowed domain", "what Genesys serves"),
          isName: fc.boolean(),
        }),
        { minLength: count, maxLength: count },
      ),
      rows: fc.array(fc.array(cells, { minLength: count, maxLength: count }), { maxLength: 5 }),
    }),
  );

/** The width at which each column can show two columns of the terminal, the width of the widest character. */
const narrowest = (columns: readonly Column[]): number => 1 + columns.length * (3 + 2);

/** The lines of each cell, row by row, without the padding. */
function cellsOf(drawn: string, rows: number): readonly (readonly (readonly string[])[])[] {
  const lines = drawn.split("\n").slice(1, -1);
  const groups: string[][] = [[]];
  for (const line of lines) {
    if (line.startsWith("├")) groups.push([]);
    else groups.at(-1)?.push(line);
  }
  const [, ...body] = groups;
  const byRow = body.length === rows ? body : body.flat().map((line) => [line]);
  return byRow.map((group) => {
    const split = group.map((line) => line.split("│").slice(1, -1));
    return (split[0] ?? []).map((_, index) => split.map((line) => (line[index] ?? "").slice(1, -1).trimEnd()));
  });
}

const withoutSpaces = (text: string): string => text.replaceAll(" ", "");
const runs = { numRuns: cases(1_000) };

test("no line is wider than the terminal", () => {
  fc.assert(
    fc.property(table(fc.oneof(cell, colored)), fc.nat(160), ({ columns, rows }, more) => {
      const width = narrowest(columns) + more;
      for (const line of renderTable(columns, rows, { width }).split("\n")) {
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
      }
    }),
    runs,
  );
});

test("no character is lost, and a terminal that is wide enough changes nothing", () => {
  fc.assert(
    fc.property(table(cell), fc.nat(160), ({ columns, rows }, more) => {
      const unlimited = renderTable(columns, rows);
      const natural = stringWidth(unlimited.split("\n")[0] ?? "");
      expect(renderTable(columns, rows, { width: natural })).toBe(unlimited);

      const shown = cellsOf(renderTable(columns, rows, { width: narrowest(columns) + more }), rows.length);
      expect(shown.map((row) => row.map((lines) => withoutSpaces(lines.join(""))))).toEqual(
        rows.map((row) => row.map(withoutSpaces)),
      );
    }),
    runs,
  );
});

test("colours take no room, and none reaches beyond its line", () => {
  fc.assert(
    fc.property(table(colored), fc.nat(160), ({ columns, rows }, more) => {
      const width = narrowest(columns) + more;
      const shown = cellsOf(plain(renderTable(columns, rows, { width })), rows.length);
      expect(shown.map((row) => row.map((lines) => withoutSpaces(lines.join(""))))).toEqual(
        rows.map((row) => row.map((text) => withoutSpaces(plain(text)))),
      );
    }),
    runs,
  );
});

test("at 80 columns a host of ordinary labels breaks before dots alone", () => {
  const label = fc.stringMatching(/^[a-z][a-z0-9-]{0,13}[a-z0-9]$/);
  const host = fc.array(label, { minLength: 1, maxLength: 6 }).map((labels) => labels.join("."));
  const word = fc.stringMatching(/^[A-Za-z]{1,12}$/);
  const place = fc
    .tuple(fc.array(word, { minLength: 1, maxLength: 6 }), fc.nat(99), fc.array(word, { minLength: 1, maxLength: 5 }))
    .map(([path, line, name]) => `${path.join("/")}:${line} ${name.join("_")}`);
  const columns = [
    { title: "page host", isName: true },
    { title: "allowed domain", isName: true },
    { title: "source" },
  ];
  const rows = fc.array(fc.tuple(host, host, place), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(rows, (all) => {
      for (const [page = [], domain = []] of cellsOf(renderTable(columns, all, { width: 80 }), all.length)) {
        for (const line of [...page.slice(1), ...domain.slice(1)]) expect(line).toMatch(/^(?:\.|$)/);
      }
    }),
    { numRuns: 200 },
  );
});
