import { chmodSync, mkdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { type AddressSource, type SourceReading } from "../../lib/sources/address-source";
import { appHosting } from "../../lib/sources/platforms/app-hosting";
import { envCmdrc } from "../../lib/sources/env/env-cmdrc";
import { envFile, envFiles } from "../../lib/sources/env/env-file";
import { netlifyToml } from "../../lib/sources/platforms/netlify-toml";
import { nextConfig } from "../../lib/sources/next-config/next-config";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { wrangler } from "../../lib/sources/platforms/wrangler";
import { project } from "./project";
import { readsEverything } from "../posix";

const url = "https://shop.example.com";

/** Every source that reads a file: the call, and the file with its text. */
const sources: readonly (readonly [call: string, source: AddressSource, file: string, text: string])[] = [
  ["envFile", envFile(".env", "SITE_URL"), ".env", `SITE_URL=${url}`],
  ["envFiles", envFiles(".", { mode: "staging", variables: "SITE_URL" }), ".env.staging", `SITE_URL=${url}`],
  [
    "nextConfig",
    nextConfig("next.config.mjs"),
    "next.config.mjs",
    "export default { i18n: { locales: ['fr'], defaultLocale: 'fr', domains: [{ domain: 'example.fr', defaultLocale: 'fr' }] } };",
  ],
  ["envCmdrc", envCmdrc(".env-cmdrc", "staging", "SITE_URL"), ".env-cmdrc", `{"staging": {"SITE_URL": "${url}"}}`],
  [
    "netlifyToml",
    netlifyToml("netlify.toml", { variables: "SITE_URL" }),
    "netlify.toml",
    `build.environment.SITE_URL = "${url}"`,
  ],
  [
    "appHosting",
    appHosting(".", { variables: "SITE_URL" }),
    "apphosting.yaml",
    `env: [{variable: SITE_URL, value: "${url}"}]`,
  ],
  ["wrangler, TOML", wrangler("wrangler.toml"), "wrangler.toml", 'route = "shop.example.com/*"'],
  ["wrangler, JSON", wrangler("wrangler.jsonc"), "wrangler.jsonc", '{"route": "shop.example.com/*"} // the shop'],
];

function read(source: AddressSource, root: string): SourceReading {
  return source.read({ root, kind: "production" });
}

test.each([
  ["envCmdrc", (path: string) => envCmdrc(path, "a")],
  ["netlifyToml", (path: string) => netlifyToml(path)],
  ["wrangler", (path: string) => wrangler(path)],
  ["nextConfig", (path: string) => nextConfig(path)],
  ["appHosting", (path: string) => appHosting(path)],
])("%s reports an invalid path", (_, call) => {
  const root = project({ file: "" });
  for (const path of ["file/below", "\0", "x".repeat(300)]) {
    const { addresses, findings } = read(call(path), root);
    expect(addresses).toEqual([]);
    expect(findings).toEqual([expect.objectContaining({ severity: "error" })]);
  }
});

describe.each(sources)("%s", (_, source, file, text) => {
  test("reads an address, with the file relative to the project's folder and the line", () => {
    const { addresses, findings } = read(source, project({ [file]: text }));
    expect(findings).toEqual([]);
    expect(addresses).toEqual([
      { value: expect.any(String) as string, place: expect.objectContaining({ file, line: 1 }) as object },
    ]);
    expect(addresses.every(({ place }) => !isAbsolute(place.file))).toBe(true);
  });

  test("says the same every time, in every folder, whatever the process's environment and working folder are", () => {
    const first = read(source, project({ [file]: text }));
    const elsewhere = project({ [file]: text, "next.config.js": "", "deeper/file": "" });
    const before = { ...process.env };
    process.env["SITE_URL"] = "https://leak.example.com";
    process.env["NODE_ENV"] = "development";
    try {
      expect(read(source, elsewhere)).toEqual(first);
      expect(read(source, elsewhere)).toEqual(first);
      expect(process.env["SITE_URL"]).toBe("https://leak.example.com");
    } finally {
      process.env = before;
    }
  });

  test("changes nothing in the environment of the process", () => {
    const before = { ...process.env };
    read(source, project({ [file]: text }));
    expect({ ...process.env }).toEqual(before);
  });

  test("reports a missing file, and reads nothing", () => {
    const root = project({});
    const reading = read(source, root);
    expect(reading.addresses).toEqual([]);
    expect(reading.findings).toEqual([
      expect.objectContaining({ rule: "missing-file", severity: "error", value: file }),
    ]);
    expect(JSON.stringify(reading)).not.toContain(root);
  });

  test("reports what is not text", () => {
    const { addresses, findings } = read(source, project({ [file]: `${text}\0` }));
    expect(addresses).toEqual([]);
    expect(findings).toEqual([
      expect.objectContaining({ rule: "unreadable-file", severity: "error", place: { file } }),
    ]);
  });

  test("reports a folder in the file's place", () => {
    const root = project({});
    mkdirSync(join(root, file));
    const { addresses, findings } = read(source, root);
    expect(addresses).toEqual([]);
    expect(findings.map(({ severity }) => severity)).toContain("error");
    expect(JSON.stringify(findings)).not.toContain(root);
  });

  test("reports a file that this user may not read", () => {
    const root = project({ [file]: text });
    chmodSync(join(root, file), 0o000);
    if (readsEverything) return;
    expect(read(source, root).findings).toEqual([
      expect.objectContaining({ rule: "unreadable-file", severity: "error" }),
    ]);
  });

  test("is part of an environment, which keeps its places", () => {
    const root = project({ [file]: text });
    const { allowList, findings } = nextEnvironment("production", { kind: "production", addresses: [source], root });
    expect(findings).toEqual([]);
    expect(allowList.entries).toHaveLength(1);
  });
});
