import { stripVTControlCharacters as plain } from "node:util";
import { type Column, renderTable } from "../../lib/cli/terminal/table";

const columns: readonly Column[] = [
  { title: "page host", isName: true },
  { title: "allowed domain", isName: true },
  { title: "source" },
  { title: "findings", isOptional: true },
];
const german = [
  "www.bücher.example.com",
  "www.xn--bcher-kva.example.com",
  ".env.production:6 NEXT_PUBLIC_GERMAN_SITE_URL",
  "",
];
const shop = ["shop.example.com", "shop.example.com", "environments.ts:14", "shared-host"];
const drawn = (rows: readonly (readonly string[])[], width?: number): string =>
  `\n${renderTable(columns, rows, width === undefined ? {} : { width })}\n`;

test("without a width each row has one line", () => {
  expect(drawn([german])).toBe(`
┌────────────────────────┬───────────────────────────────┬───────────────────────────────────────────────┐
│ page host              │ allowed domain                │ source                                        │
├────────────────────────┼───────────────────────────────┼───────────────────────────────────────────────┤
│ www.bücher.example.com │ www.xn--bcher-kva.example.com │ .env.production:6 NEXT_PUBLIC_GERMAN_SITE_URL │
└────────────────────────┴───────────────────────────────┴───────────────────────────────────────────────┘
`);
});

test("text breaks at spaces first", () => {
  expect(drawn([german], 100)).toBe(`
┌────────────────────────┬───────────────────────────────┬─────────────────────────────┐
│ page host              │ allowed domain                │ source                      │
├────────────────────────┼───────────────────────────────┼─────────────────────────────┤
│ www.bücher.example.com │ www.xn--bcher-kva.example.com │ .env.production:6           │
│                        │                               │ NEXT_PUBLIC_GERMAN_SITE_URL │
└────────────────────────┴───────────────────────────────┴─────────────────────────────┘
`);
});

test("text breaks within words before a host does", () => {
  expect(drawn([german], 84)).toBe(`
┌────────────────────────┬───────────────────────────────┬─────────────────────┐
│ page host              │ allowed domain                │ source              │
├────────────────────────┼───────────────────────────────┼─────────────────────┤
│ www.bücher.example.com │ www.xn--bcher-kva.example.com │ .env.production:6   │
│                        │                               │ NEXT_PUBLIC_GERMAN_ │
│                        │                               │ SITE_URL            │
└────────────────────────┴───────────────────────────────┴─────────────────────┘
`);
});

test("a host breaks before a dot, and a line separates rows of several lines", () => {
  expect(drawn([german, shop], 78)).toBe(`
┌────────────────────┬───────────────────┬────────────────────┬─────────────┐
│ page host          │ allowed domain    │ source             │ findings    │
├────────────────────┼───────────────────┼────────────────────┼─────────────┤
│ www.bücher.example │ www.xn--bcher-kva │ .env.production:6  │             │
│ .com               │ .example.com      │ NEXT_PUBLIC_       │             │
│                    │                   │ GERMAN_SITE_URL    │             │
├────────────────────┼───────────────────┼────────────────────┼─────────────┤
│ shop.example.com   │ shop.example.com  │ environments.ts:14 │ shared-host │
└────────────────────┴───────────────────┴────────────────────┴─────────────┘
`);
});

test("a column that may be left out is, where all its cells are empty", () => {
  expect(drawn([german])).not.toContain("findings");
  expect(drawn([german, shop])).toContain("findings");
});

test("a colour ends with its line and continues on the next one", () => {
  const dim = (text: string): string => `\u001b[2m${text}\u001b[22m`;
  const text = `${dim("platform-host (accepted)")}, \u001b[33mshared-host\u001b[39m`;
  const lines = renderTable([{ title: "findings" }], [[text]], { width: 17 })
    .split("\n")
    .slice(3, -1);

  expect(lines.map(plain)).toEqual(["│ platform-host │", "│ (accepted),   │", "│ shared-host   │"]);
  expect(lines).toEqual([
    "│ \u001b[2mplatform-host\u001b[0m │",
    "│ \u001b[2m(accepted)\u001b[22m,   │",
    "│ \u001b[33mshared-host\u001b[39m   │",
  ]);
});
