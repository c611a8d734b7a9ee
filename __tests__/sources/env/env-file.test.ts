import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseAddress } from "../../../lib/origins/address";
import { envFile, envFiles } from "../../../lib/sources/env/env-file";
import { nextEnvironment } from "../../../lib/sources/next-environment";
import { project, reading } from "../project";
import { readsEverything } from "../../posix";

test("the named variables are read, each with its file, its line and its name", () => {
  const root = project({
    "shop/.env.production": "# shop\n\nSITE_URL=https://shop.example.com\nDOCS=docs.example.com\n",
  });
  expect(reading(envFile("shop/.env.production", ["DOCS", "SITE_URL"]), root)).toEqual({
    addresses: [
      "docs.example.com <- shop/.env.production:4 DOCS",
      "https://shop.example.com <- shop/.env.production:3 SITE_URL",
    ],
    findings: [],
  });
});

test("without a name, the variables that hold page addresses by convention are read, and nothing else", () => {
  const text = [
    "DATABASE_URL=postgres://db.example.com",
    "NEXT_PUBLIC_API_URL=https://api.example.com",
    "NEXT_PUBLIC_SITE_URL=https://shop.example.com",
    "NEXTAUTH_URL=https://shop.example.com/custom/api/auth",
    "NEXTAUTH_URL_INTERNAL=http://10.0.0.1",
    "VERCEL_PROJECT_PRODUCTION_URL=example.com",
  ].join("\n");
  expect(reading(envFile(".env"), project({ ".env": text }))).toEqual({
    addresses: [
      "https://shop.example.com <- .env:3 NEXT_PUBLIC_SITE_URL",
      "https://shop.example.com/custom/api/auth <- .env:4 NEXTAUTH_URL",
      "example.com <- .env:6 VERCEL_PROJECT_PRODUCTION_URL",
    ],
    findings: [],
  });
});

describe("a chain of files", () => {
  const files = {
    "shop/.env": "SITE_URL=http://localhost:3000\nDOCS_URL=https://docs.example.com\nHOST=shop.example.com",
    "shop/.env.production": "SITE_URL=https://shop.example.com\nDOMAIN=example.com",
    "shop/.env.staging": "SITE_URL=https://staging.$DOMAIN\nDOMAIN=staging.example.com",
    "shop/.env.local": "SITE_URL=https://someones-machine.example.com",
    "shop/.env.production.local": "SITE_URL=https://someones-machine.example.com",
  };

  test("has the value of the first file that defines the variable, with the place in that file", () => {
    const source = envFile(["shop/.env.production", "shop/.env"], ["SITE_URL", "DOCS_URL"]);
    expect(reading(source, project(files)).addresses).toEqual([
      "https://shop.example.com <- shop/.env.production:1 SITE_URL",
      "https://docs.example.com <- shop/.env:2 DOCS_URL",
    ]);
  });

  test.each([
    ["production", ["https://shop.example.com <- shop/.env.production:1 SITE_URL"]],
    ["staging", ["https://staging.staging.example.com <- shop/.env.staging:1 SITE_URL"]],
    ["development", ["http://localhost:3000 <- shop/.env:1 SITE_URL"]],
  ])("is that of next build for a folder, under %s's own file, without any file of one machine", (mode, addresses) => {
    const source = envFiles("shop", { mode, variables: "SITE_URL" });
    expect(reading(source, project(files))).toEqual({ addresses, findings: [] });
  });

  test("of next build is the default of a folder", () => {
    expect(reading(envFiles("shop"), project(files)).addresses).toEqual([
      "https://shop.example.com <- shop/.env.production:1 SITE_URL",
    ]);
  });

  test("lets a variable of a higher file into a lower one, and never the other way round", () => {
    const root = project({
      ".env.production": "A=https://$HOST\nTOP=top.example.com",
      ".env": "HOST=h.example.com\nB=$TOP",
    });
    expect(reading(envFile([".env.production", ".env"], ["A", "B"]), root)).toEqual({
      addresses: ["top.example.com <- .env:2 B"],
      findings: [
        'error: "https://$HOST" (.env.production:1 A) refers to HOST, which only .env defines, and Next.js expands a file ' +
          "before it reads the files below it: it expands to an empty string (undefined-reference): write the value out, or " +
          "define the variable in the same file; shell variables of one machine are not used",
      ],
    });
  });

  test("without a file that was named, or of a custom mode, is a mistake", () => {
    const root = project({ ".env": "SITE_URL=https://example.com" });
    expect(reading(envFile([".env.production", ".env"]), root).findings).toEqual([
      expect.stringContaining('".env.production" (.env.production) does not exist (missing-file)'),
    ]);
    expect(reading(envFiles(".", { mode: "staging" }), root).findings).toEqual([
      expect.stringContaining('".env.staging" (.env.staging) does not exist (missing-file)'),
    ]);
    expect(reading(envFiles("."), root).findings).toEqual([]);
  });

  test("without any file is one finding", () => {
    expect(reading(envFiles("shop"), project({})).findings).toEqual([
      expect.stringContaining('"shop/.env.production" (shop/.env.production) does not exist (missing-file)'),
    ]);
  });
});

describe("a value is what Next.js sees", () => {
  test.each([
    [
      "an unquoted value ends at the first #, no space needed",
      "A=https://a.example.com/#top",
      ["https://a.example.com/"],
    ],
    ["quotes keep the #", 'A="https://a.example.com/#top"', ["https://a.example.com/#top"]],
    ["export and a colon are accepted", "export A: a.example.com", ["a.example.com"]],
    ["a byte order mark and CRLF are accepted", "\uFEFFA=a.example.com\r\n", ["a.example.com"]],
    ["the last definition of a file wins", "A=a.example.com\nA=b.example.com", ["b.example.com"]],
    ["a reference is filled in", "H=a.example.com\nA=https://$H", ["https://a.example.com"]],
    [
      "a reference is filled in between single quotes too",
      "H=a.example.com\nA='https://${H}'",
      ["https://a.example.com"],
    ],
    ["a default stands in for what is not defined", "A=https://${H:-a.example.com}/x", ["https://a.example.com"]],
    ["references go through others", "A=https://$B\nB=${C}\nC=a.example.com", ["https://a.example.com"]],
  ])("%s", (_, text, addresses) => {
    const { addresses: found } = envFile(".env", "A").read({ root: project({ ".env": text }), kind: "production" });
    expect(found.map(({ value }) => value)).toEqual(addresses);
  });

  test("the place of a value over several lines is the line of its name", () => {
    const root = project({ ".env": '\n\nA="\nhttps://a.example.com"\nB=b.example.com' });
    expect(reading(envFile(".env", ["A", "B"]), root).addresses).toEqual([
      "https://a.example.com <- .env:3 A",
      "b.example.com <- .env:5 B",
    ]);
  });

  test("a default beats the definition in the same file, which is worth a warning", () => {
    const root = project({ ".env": "H=a.example.com\nA=https://${H:-b.example.com}" });
    expect(reading(envFile(".env", "A"), root)).toEqual({
      addresses: ["https://b.example.com <- .env:2 A"],
      findings: [expect.stringContaining('warning: "https://${H:-b.example.com}" (.env:2 A) uses the default of H')],
    });
  });

  test("a circular reference drops its whole file, which is a mistake, no matter which refers to which", () => {
    const root = project({ ".env": "A=https://a.example.com\nB=$C\nC=$B\n" });
    expect(reading(envFile(".env", "A"), root)).toEqual({
      addresses: [],
      findings: [
        expect.stringContaining(
          'error: "B" (.env:2 B) refers to itself, so Next.js drops the whole file (circular-reference)',
        ),
      ],
    });
  });

  test("a value that grows without end counts as circular and is harmless", () => {
    const root = project({ ".env": "A=https://a.example.com\nB=x$&$&\nC=$B$B" });
    expect(reading(envFile(".env", "A"), root).findings).toEqual([expect.stringContaining("(circular-reference)")]);
  });

  test("a reference to nothing that leaves an address is a warning", () => {
    const root = project({ ".env": "A=https://a.example.com$BASE_PATH" });
    expect(reading(envFile(".env", "A"), root)).toEqual({
      addresses: ["https://a.example.com <- .env:1 A"],
      findings: [
        expect.stringMatching(/^warning: .*refers to BASE_PATH, which neither \.env nor a file above it defines/),
      ],
    });
  });
});

describe("a variable that holds several addresses", () => {
  const root = (): string =>
    project({ ".env": "ORIGINS=https://a.example.com, https://b.example.com,\nHOSTS='a.example.com  b.example.com'" });

  test("is split where the separator is given", () => {
    expect(reading(envFile(".env", { variables: "ORIGINS", separator: "," }), root()).addresses).toEqual([
      "https://a.example.com <- .env:1 ORIGINS",
      "https://b.example.com <- .env:1 ORIGINS",
    ]);
    expect(reading(envFile(".env", { variables: "HOSTS", separator: " " }), root()).addresses).toHaveLength(2);
  });

  test.each([
    ["a.example.com,b.example.com"],
    ["https://a.example.com, https://b.example.com,"],
    ["https://a.example.com/,https://b.example.com/"],
    ["a.example.com  b.example.com"],
    ['"a.example.com\\nb.example.com"'],
    ["https://a.example.com; https://b.example.com;"],
    ['["https://a.example.com", "https://b.example.com"]'],
    ['[ "a.example.com" ,"b.example.com" ]'],
    ["a.example.com:3000 b.example.com:3000"],
  ])("is understood without one: %s", (value) => {
    const { addresses, findings } = envFile(".env", "A").read({
      root: project({ ".env": `A=${value.startsWith('"') ? value : `'${value}'`}` }),
      kind: "production",
    });
    expect(findings).toEqual([]);
    expect(addresses.map((address) => parseAddress(address.value))).toMatchObject([
      { ok: true, address: { host: "a.example.com" } },
      { ok: true, address: { host: "b.example.com" } },
    ]);
  });

  test.each([
    ["https://a.example.com/?at=1,2", "https://a.example.com/?at=1,2"],
    ["https://a.example.com/x,y", "https://a.example.com/x,y"],
    ["[::1]", "[::1]"],
    ["https://a.example.com,", "https://a.example.com"],
    ['["https://a.example.com"]', "https://a.example.com"],
  ])("is not what an address is as a whole: %s", (value, address) => {
    const { addresses } = envFile(".env", "A").read({ root: project({ ".env": `A='${value}'` }), kind: "production" });
    expect(addresses.map((one) => one.value)).toEqual([address]);
  });

  test.each([
    ["Buy at www.example.com now", "contains white space"],
    ["exam ple.com", "contains white space"],
    ["^https://.{1,3}\\\\.example\\\\.com$", "is a regular expression"],
    ["https://app:a,b@a.example.com", "contains a user name or password"],
    ['["https://a.example.com", 3]', "is JSON, but not a list of strings"],
  ])("is not what only looks like one: %s", (value, problem) => {
    const root = project({ ".env": `A='${value}'` });
    const environment = nextEnvironment("dev", { kind: "development", addresses: [envFile(".env", "A")], root });
    expect(environment.allowList.domains).toEqual([]);
    expect(environment.findings[0]?.message).toContain(problem);
  });

  test("may be ambiguous, which is a mistake with a remedy", () => {
    const { addresses, findings } = reading(
      envFile(".env", "A"),
      project({ ".env": "A=https://a.example.com/x,b.example.com" }),
    );
    expect(addresses).toEqual([]);
    expect(findings).toEqual([
      expect.stringContaining('may be one address or several (several-addresses): write "https://"'),
    ]);
  });
});

describe("what cannot be read is a finding", () => {
  test("a missing file: it may exist on the machine of someone else, because git ignores it", () => {
    expect(reading(envFile("shop/.env.production"), project({})).findings).toEqual([
      'error: "shop/.env.production" (shop/.env.production) does not exist (missing-file): create it, or correct the path, ' +
        "which starts from the project's folder; where git ignores it, it exists on one machine only: keep the page " +
        "addresses in a file without secrets, such as site.env, and commit that one",
    ]);
  });

  test("a missing variable, with those that would do", () => {
    const root = project({ ".env": "SECRET=abc\nAUTH_URL=https://shop.example.com" });
    expect(reading(envFile(".env", "SITE_URL"), root).findings).toEqual([
      'error: "SITE_URL" (.env SITE_URL) is not defined in .env (missing-variable): add SITE_URL=https://…, or use one of ' +
        "AUTH_URL",
    ]);
  });

  test("a file without any variable that is known to hold an address", () => {
    expect(reading(envFile(".env"), project({ ".env": "SECRET=abc" })).findings).toEqual([
      expect.stringContaining("defines no variable that is known to hold a page address"),
    ]);
  });

  test("such a file, with the names that look like one and no value", () => {
    const names = ["STORE_URL", "NEXT_PUBLIC_SHOP_HOST", "PUBLIC_SITE", "shopOrigin", "MY_ORIGIN", "FRONTEND_DOMAIN"];
    const others = ["DATABASE_URL", "NEXT_PUBLIC_API_URL", "REDIS_HOST", "NEXT_PUBLIC_SUPABASE_URL", "COOKIE_DOMAIN"];
    const more = ["NEXTAUTH_URL_INTERNAL", "S3_BUCKET_URL", "WEBHOOK_URL", "CURL", "HOSTILE", "SENTRY_DSN_URL"];
    const text = [...names, ...others, ...more]
      .map((name, index) => `${name}=https://s3cret-${index}.example.com`)
      .join("\n");
    expect(reading(envFile(".env"), project({ ".env": text })).findings).toEqual([
      "error: .env defines no variable that is known to hold a page address, such as NEXT_PUBLIC_SITE_URL (.env) " +
        "(missing-variable): name the variable, such as one of these: STORE_URL, NEXT_PUBLIC_SHOP_HOST, PUBLIC_SITE, " +
        'MY_ORIGIN, FRONTEND_DOMAIN: envFile("…", "NEXT_PUBLIC_…")',
    ]);
  });

  test.each([
    ...["APP_URL", "BASE_URL", "APP_BASE_URL", "AUTH0_BASE_URL", "NEXT_PUBLIC_URL", "NEXT_PUBLIC_BASE_URL"],
    ...["NEXT_PUBLIC_DOMAIN", "NEXT_PUBLIC_FRONTEND_URL"],
  ])("nothing where %s holds the address, which is a usual name", (name) => {
    expect(reading(envFile(".env"), project({ ".env": `${name}=https://shop.example.com` }))).toEqual({
      addresses: [`https://shop.example.com <- .env:1 ${name}`],
      findings: [],
    });
  });

  test.each(["A=", "A=''", "A=$NOTHING_BUT_THIS"])("an empty value: %s", (text) => {
    const { addresses, findings } = reading(envFile(".env", "A"), project({ ".env": text }));
    expect(addresses).toEqual([]);
    expect(findings).toEqual([expect.stringMatching(/^error: .*\.env:1 A\)/)]);
  });

  test("a folder, a file of another program, a file that is too large", () => {
    const root = project({ "shop/x": "", binary: "SITE_URL\0\u0001", large: "#".repeat(1_000_001) });
    expect(["shop", "binary", "large"].flatMap((path) => reading(envFile(path), root).findings)).toEqual([
      'error: "shop" (shop) is a folder (unreadable-file): name a file in it',
      'error: "binary" (binary) is not a text in UTF-8 (unreadable-file): save it as UTF-8',
      'error: "large" (large) is larger than 1 MB (unreadable-file): name a file that holds settings',
    ]);
  });

  test("a file that this user may not read, or whose name is not a file name", () => {
    const root = project({ ".env": "A=b" });
    mkdirSync(join(root, "closed"));
    writeFileSync(join(root, "closed/.env"), "A=a.example.com");
    chmodSync(join(root, "closed"), 0o000);
    const findings = reading(envFile("closed/.env", "A"), root).findings;
    chmodSync(join(root, "closed"), 0o700);
    if (!readsEverything) expect(findings).toEqual([expect.stringContaining("cannot be read (EACCES)")]);
    expect(reading(envFile(".env/under-a-file"), root).findings).toEqual([expect.stringContaining("does not exist")]);
    expect(reading(envFile("\0"), root).findings).toEqual([
      expect.stringContaining("cannot be read (ERR_INVALID_ARG_VALUE)"),
    ]);
  });

  test("a file that differs between machines is read when it is named, with a warning", () => {
    const root = project({ ".env.local": "SITE_URL=https://me.example.com" });
    expect(reading(envFile(".env.local"), root)).toEqual({
      addresses: ["https://me.example.com <- .env.local:1 SITE_URL"],
      findings: [expect.stringContaining('warning: ".env.local" (.env.local) differs between machines')],
    });
  });
});

test.each([
  ["no file", () => envFile([]), "Invalid files []: expected at least 1 element"],
  ["an empty path", () => envFile(""), 'Invalid files "": expected a file, such as ".env"'],
  [
    "an empty separator",
    () => envFile(".env", { separator: "" }),
    'Invalid separator "": expected what stands between two addresses',
  ],
  [
    "a mode that leads elsewhere",
    () => envFiles(".", { mode: "../x" }),
    'Invalid mode "../x": expected a part of a file',
  ],
])("a call that cannot be meant is refused: %s", (_, call, message) => {
  expect(call).toThrow(message);
});
