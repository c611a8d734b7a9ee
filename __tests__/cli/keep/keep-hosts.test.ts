import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { keepHosts, type Kept } from "../../../lib/cli/keep/keep-hosts";
import {
  nextEnvironment,
  type NextEnvironment,
  type NextEnvironmentProps,
} from "../../../lib/sources/next-environment";

let folder: string;
let file: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "keep-")));
  file = join(folder, "environments.ts");
  write("environments.ts", program());
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(path: string, text: string): string {
  const written = join(folder, path);
  mkdirSync(dirname(written), { recursive: true });
  writeFileSync(written, text);
  return written;
}

function program(addresses = '["www.example.com"]', more = ""): string {
  return (
    'import { nextEnvironment } from "cdktf-genesys-messenger/environments";\n\n' +
    `export const environments = [\n  nextEnvironment("production", {\n    kind: "production",\n    addresses: ${addresses},${more}\n  }),\n];\n`
  );
}

const kept = (hosts: string, more = ""): string =>
  program(`[\n      "www.example.com",\n      // incident 4711\n${hosts}    ]`, more);

/** What {@link program} declares, as if it had been loaded from that file. */
function declared(props: Partial<NextEnvironmentProps> = {}, place = "environments.ts"): NextEnvironment {
  const all = { kind: "production", addresses: ["www.example.com"], root: folder, ...props } as const;
  return { ...nextEnvironment("production", all), place: { file: place } };
}

const keep = (hosts: readonly string[], environment = declared(), reason = "incident 4711"): Kept | undefined =>
  keepHosts(environment, hosts, reason, file);
const text = (path = file): string => readFileSync(path, "utf8");

test("hosts are added to the file that declares the environment, each once and as hosts", () => {
  const result = keep([
    "https://Shop2.example.com:443/cart?x=1",
    "shop2.example.com",
    "www.example.com",
    "b.example.com",
  ]);
  expect(result).toEqual({
    file: relative("", file),
    hosts: ["shop2.example.com", "b.example.com"],
    acknowledge: {},
  });
  expect(text()).toBe(kept('      "shop2.example.com",\n      "b.example.com",\n'));
});

test("nothing is done where all of them are there, also in the environment that admits every page", () => {
  expect(keep(["www.example.com", "https://WWW.example.com/"])).toBeUndefined();
  expect(keep([])).toBeUndefined();
  expect(text()).toBe(program());
});

test("an environment that admits every page keeps none", () => {
  const open = declared({ addresses: [], allowAllDomains: true, acknowledge: { "allow-all": "a demo" } });
  expect(() => keep(["shop2.example.com"], open)).toThrow(
    'The environment "production" admits every page: there is nothing to keep.',
  );
});

test.each([
  ["", "Invalid host: "],
  ["two words", "Invalid host: "],
  ["https://", "Invalid host: "],
])("%j is refused as a host", (host, words) => {
  expect(() => keep(["shop2.example.com", host])).toThrow(words);
  expect(() => keep([host])).toThrow(/To fix it: .*\.$/);
  expect(text()).toBe(program());
});

test("a password in an address is neither written nor printed", () => {
  const told = (): string => {
    try {
      return JSON.stringify(keep(["https://me:hunter2@shop2.example.com/"]));
    } catch (error) {
      return String(error);
    }
  };
  expect(told() + text()).not.toContain("hunter2");
});

describe("a rule that the hosts break", () => {
  test("is acknowledged with the reason, where an environment may break it", () => {
    const result = keep(["localhost", "x.vercel.app"]);
    expect(result?.acknowledge).toEqual(expect.objectContaining({ loopback: "incident 4711" }));
    expect(text()).toContain('loopback: "incident 4711"');
    expect(text()).toContain('      "localhost",\n      "x.vercel.app",\n');
  });

  test("is not acknowledged again", () => {
    const environment = declared({ acknowledge: { loopback: "a test" } });
    expect(keep(["localhost"], environment)?.acknowledge).toEqual({});
    expect(text()).toBe(kept('      "localhost",\n'));
  });

  test("is not added for a rule that the environment broke before", () => {
    const environment = declared({ addresses: ["localhost"] });
    expect(keep(["shop2.example.com"], environment)?.acknowledge).toEqual({});
  });

  test("is told where it refuses the host for good, and nothing is written", () => {
    expect(() => keep(["shop2.example.com", "co.uk"])).toThrow(
      /^Nothing was written, because a rule refuses it in the environment "production":\n {2}.*co\.uk/,
    );
    expect(text()).toBe(program());
  });
});

test.each([
  ["the list is made by a program", program("addresses"), 'the addresses of "production" are not a list literal'],
  ["the file does not parse", "const = ;", "it cannot be parsed as TypeScript"],
  ["another module declares it", "export const environments = [];", "it does not import nextEnvironment"],
])("where %s, the message lists the lines to write", (_, before, problem) => {
  write("environments.ts", before);
  expect(() => keep(["localhost", "shop2.example.com"], declared(), "incident\n4711")).toThrow(
    `Cannot edit "${relative("", file)}": ${problem}.\n\nAdd these lines to the addresses of "production" yourself:\n` +
      '  "localhost", // incident 4711\n  "shop2.example.com", // incident 4711\n' +
      '  acknowledge: { "loopback": "incident\\n4711" }',
  );
  expect(text()).toBe(before);
});

describe("the file is", () => {
  const host = ["shop2.example.com"];
  const expected = kept('      "shop2.example.com",\n');

  test("the one that the environment's place tells, from its root", () => {
    const other = write("apps/web/messenger.ts", program());
    expect(keep(host, declared({}, "apps/web/messenger.ts"))?.file).toBe(relative("", other));
    expect([text(other), text()]).toEqual([expected, program()]);
  });

  test("the same where the root is above the project's folder", () => {
    file = write("apps/web/environments.ts", program());
    expect(keep(host, declared({}, "apps/web/environments.ts"))?.file).toBe(relative("", file));
    expect([text(), text(join(folder, "environments.ts"))]).toEqual([expected, program()]);
  });

  test("not one of that name in a root beside it: the place is a bare name then", () => {
    const other = write("app/environments.ts", program());
    keep(host, declared({ root: join(folder, "app") }));
    expect([text(), text(other)]).toEqual([expected, program()]);
  });

  test.each([undefined, "lib/gone.ts"])("the environments file where the place is %s", (place) => {
    const environment = declared();
    keep(host, { ...environment, place: place === undefined ? undefined : { file: place } });
    expect(text()).toBe(expected);
  });

  test("what a symbolic link leads to; the link stays", () => {
    const target = write("shared/target.ts", program());
    rmSync(file);
    symlinkSync(target, file);
    expect(keep(host)?.file).toBe(relative("", file));
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(text(target)).toBe(expected);
  });
});
