import { envCmdrc } from "../../../lib/sources/env/env-cmdrc";
import { project, reading } from "../project";

const text = `{
  "base": { "NEXT_PUBLIC_SITE_URL": "https://shop.example.com", "HOST": "base.example.com", "TOKEN": "s3cr3t" },
  "staging": {
    "NEXT_PUBLIC_SITE_URL": "https://staging.example.com",
    "ADMIN_URL": "https://admin.$HOST/login",
    "ORIGINS": ["https://a.example.com", "https://b.example.com"],
    "PORT": 3000
  },
  "texts": { "HOST": "base.example.com", "A": "https://\${HOST}", "B": "https://$A", "TOKEN": "pa$$w0rd$A", "C": "https://$TOKEN.example.com" },
  "flat": "no environment"
}`;
const root = (): string => project({ "apps/shop/.env-cmdrc": text });
const file = "apps/shop/.env-cmdrc";

test("the named variables of one environment are read, with their lines", () => {
  expect(reading(envCmdrc(file, "staging", "NEXT_PUBLIC_SITE_URL"), root())).toEqual({
    addresses: ["https://staging.example.com <- apps/shop/.env-cmdrc:4 NEXT_PUBLIC_SITE_URL"],
    findings: [],
  });
});

test("without a name, the usual variables are read; a folder means the file in it", () => {
  expect(reading(envCmdrc("apps/shop", "staging"), root()).addresses).toEqual([
    "https://staging.example.com <- apps/shop/.env-cmdrc:4 NEXT_PUBLIC_SITE_URL",
  ]);
});

test.each([
  ["a list", ["base", "staging"], "staging.example.com"],
  ["a list the other way round", ["staging", "base"], "shop.example.com"],
  ["a text, as for env-cmd -e", "staging,base", "shop.example.com"],
])("of several environments the last one counts: %s", (_, environments, host) => {
  const { addresses } = reading(envCmdrc(file, environments, "NEXT_PUBLIC_SITE_URL"), root());
  expect(addresses).toEqual([expect.stringContaining(host)]);
});

describe("a reference", () => {
  test("is filled in with --recursive alone, and once: what is filled in stays", () => {
    const options = { variables: ["A", "B"], recursive: true };
    expect(reading(envCmdrc(file, "texts", options), root())).toEqual({
      addresses: ["https://base.example.com <- apps/shop/.env-cmdrc:9 A"],
      findings: [
        expect.stringContaining('"https://$A" (apps/shop/.env-cmdrc:9 B) is not a page address once A is filled in'),
      ],
    });
  });

  test("is what the value says otherwise, which is not an address", () => {
    expect(reading(envCmdrc(file, "staging", "ADMIN_URL"), root())).toEqual({
      addresses: [],
      findings: [
        'error: "ADMIN_URL" (apps/shop/.env-cmdrc:5 ADMIN_URL) refers to HOST, which env-cmd fills in only with --recursive ' +
          "(undefined-reference): write the value out, or set { recursive: true } if env-cmd runs with it",
      ],
    });
  });

  test("to nothing stays, which is a mistake", () => {
    const source = envCmdrc(".env-cmdrc", "a", { variables: "A", recursive: true });
    const { findings } = reading(source, project({ ".env-cmdrc": '{"a": {"A": "https://$NOWHERE"}}' }));
    expect(findings).toEqual([expect.stringContaining("refers to NOWHERE, which is not there (undefined-reference)")]);
  });

  test("inside another variable's value is not a name to show: it may be a piece of a secret", () => {
    const said = reading(envCmdrc(file, "texts", { variables: "C", recursive: true }), root()).findings.join();
    expect(said).toContain("(apps/shop/.env-cmdrc:9 C)");
    expect(said).not.toContain("w0rd");
  });

  test("beside a number makes env-cmd itself fail", () => {
    expect(reading(envCmdrc(file, "staging", { recursive: true }), root()).findings).toEqual([
      expect.stringContaining(
        '"ORIGINS" (apps/shop/.env-cmdrc:6 ORIGINS) is a list, which makes env-cmd --recursive fail',
      ),
    ]);
  });
});

test("a list is what a program sees of it: its values with commas between them", () => {
  const source = envCmdrc(file, "staging", { variables: "ORIGINS", separator: "," });
  expect(reading(source, root()).addresses).toEqual([
    "https://a.example.com <- apps/shop/.env-cmdrc:6 ORIGINS",
    "https://b.example.com <- apps/shop/.env-cmdrc:6 ORIGINS",
  ]);
});

describe("what cannot be read is a finding", () => {
  test("an environment that is not there, with those that are", () => {
    expect(reading(envCmdrc(file, "production"), root()).findings).toEqual([
      'error: "production" (apps/shop/.env-cmdrc) is not an environment of apps/shop/.env-cmdrc (missing-environment): add it, ' +
        "or use one of base, staging, texts",
    ]);
    expect(reading(envCmdrc(file, ["staging", "flat"]), root()).findings).toHaveLength(1);
  });

  test("a variable that is not there, at its environment", () => {
    expect(reading(envCmdrc(file, "staging", "SITE_URL"), root()).findings).toEqual([
      'error: "SITE_URL" (apps/shop/.env-cmdrc:3 SITE_URL) is not defined in "staging" of apps/shop/.env-cmdrc ' +
        '(missing-variable): add "SITE_URL": "https://…" to "staging", or use one of NEXT_PUBLIC_SITE_URL',
    ]);
  });

  test("an environment without any of the usual variables", () => {
    const { findings } = reading(envCmdrc(".env-cmdrc", "a"), project({ ".env-cmdrc": '{"a": {"X": "y"}}' }));
    expect(findings).toEqual([
      expect.stringContaining('name the variable: envCmdrc(".env-cmdrc", "a", "NEXT_PUBLIC_…")'),
    ]);
  });

  test.each([
    ["a comment", '{\n  // note\n  "a": {} }', 2, "comments are not allowed in JSON"],
    ["a comma too many", '{\n"a": {},\n}', 3, "trailing comma"],
    ["a missing brace", '{\n"a": {', 2, 'expected "}"'],
    ["a comma too many in a list", '{"a": [1,\n]}', 2, "trailing comma"],
    ["a missing comma", '{"a": {}\n"b": {}}', 2, 'expected ","'],
    ["a missing value", '{"a":\n}', 2, "a value is missing"],
    ["a second value", '{"a": {}}\n{}', 2, "unexpected text after the value"],
    ["a number of JavaScript", '{"a":\n0x1}', 2, "invalid value"],
    ["an unterminated string", '{"a": "b\n}', 1, "unterminated string"],
    ["an escape of JavaScript", '{"a":\n"\\x41"}', 2, "invalid escape sequence"],
    ["single quotes", "{\n'a': {} }", 2, "a string or key is not in double quotes"],
    ["an empty file", "", 1, "a value is missing"],
    ["a byte order mark, which env-cmd does not take here", "\uFEFF{}", 1, "a byte order mark is not allowed"],
  ])("a file that is not valid JSON: %s", (_, broken, line, reason) => {
    const { findings } = reading(envCmdrc(".env-cmdrc", "a"), project({ ".env-cmdrc": broken }));
    expect(findings).toEqual([
      expect.stringContaining(`".env-cmdrc" (.env-cmdrc:${line}) is not valid JSON: ${reason}`),
    ]);
  });

  test.each([".env-cmdrc.js", "env.cjs", "env.mjs", "env.ts"])("a program, which is not executed: %s", (path) => {
    const { findings } = reading(envCmdrc(path, "a"), project({ [path]: "throw new Error()" }));
    expect(findings).toEqual([expect.stringContaining("is a program, which is not executed (unsupported-config)")]);
  });

  test("a missing file, and a folder without one", () => {
    expect(reading(envCmdrc(".env-cmdrc", "a"), project({})).findings).toEqual([
      expect.stringContaining("(missing-file)"),
    ]);
    expect(reading(envCmdrc("x", "a"), project({ "x/y": "" })).findings).toEqual([
      expect.stringContaining('"x" (x) holds no .env-cmdrc, .env-cmdrc.js, .env-cmdrc.json (missing-file)'),
    ]);
  });
});

test.each([
  ["no file", () => envCmdrc("", "a"), 'Invalid path "": expected a file, such as ".env-cmdrc"'],
  [
    "no environment",
    () => envCmdrc(".env-cmdrc", ""),
    'Invalid environment "": expected the name of an environment, such as "staging"',
  ],
  ["no environments", () => envCmdrc(".env-cmdrc", []), "Invalid environment []: expected at least 1 element"],
  [
    "an empty separator",
    () => envCmdrc(".env-cmdrc", "a", { separator: "" }),
    'Invalid separator "": expected what stands between two addresses',
  ],
])("a call that cannot be meant is refused: %s", (_, call, message) => {
  expect(call).toThrow(message);
});
