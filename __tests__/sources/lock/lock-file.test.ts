import { lockFile } from "../../../lib/sources/lock/lock-file";
import { netlifySite, vercelProject } from "../../../lib/sources/lock/hosted-project";
import { nextEnvironment } from "../../../lib/sources/next-environment";
import { project, reading } from "../project";

const lock = (rows: string): string => `{
  "version": 1,
  "projects": {
    "vercel acme/storefront": {
${rows}
    }
  }
}
`;
const good = lock(`      "www.example.com": ["production"],
      "staging.example.com": ["branch staging", "preview"],
      "pulled": ["production", "branch staging", "preview", "qa"]`);
const production = vercelProject("storefront", { team: "acme" });

describe("vercelProject reads its part of the lock", () => {
  test.each([
    ["production", production, ["www.example.com <- origins.lock.json:5 vercel acme/storefront"]],
    [
      "a branch",
      vercelProject("storefront", { team: "acme", branch: "staging" }),
      ["staging.example.com <- origins.lock.json:6 vercel acme/storefront"],
    ],
    [
      "a section that is named",
      lockFile("origins.lock.json", "vercel acme/storefront", "preview", "production"),
      [
        "www.example.com <- origins.lock.json:5 vercel acme/storefront",
        "staging.example.com <- origins.lock.json:6 vercel acme/storefront",
      ],
    ],
  ])("%s", (_, source, addresses) => {
    expect(reading(source, project({ "origins.lock.json": good }))).toEqual({ addresses, findings: [] });
  });

  test("from another file, where it names one", () => {
    const source = vercelProject("storefront", { team: "acme", lock: "ops/hosts.json" });
    expect(reading(source, project({ "ops/hosts.json": good })).addresses).toHaveLength(1);
  });

  test.each([
    [
      "no lock",
      {},
      /"origins\.lock\.json" .*does not exist \(missing-file\): run `npx origins pull`, and commit the file/,
    ],
    [
      "another project",
      { "origins.lock.json": lock('"pulled": []').replace("storefront", "shop") },
      /"vercel acme\/storefront" .*is not in origins\.lock\.json \(not-locked\): run `npx origins pull`/,
    ],
    [
      "another environment",
      { "origins.lock.json": lock('"pulled": ["qa"]') },
      /"production" .*of vercel acme\/storefront is not in origins\.lock\.json \(not-locked/,
    ],
    [
      "no host of it",
      { "origins.lock.json": lock('"pulled": ["production"]') },
      /^warning: "vercel acme\/storefront" .*had no host for production .*nothing-locked/,
    ],
    [
      "a merge conflict",
      { "origins.lock.json": good.replace('"version": 1,', '"version": 1,\n<<<<<<< HEAD') },
      /origins\.lock\.json:3\) contains merge conflict markers \(invalid-lock\): take either side, then run `npx origins pull` again/,
    ],
    [
      "another version",
      { "origins.lock.json": good.replace("1,", "2,") },
      /origins\.lock\.json:2\) has version 2, but this release reads version 1 .*: install the release that wrote it/,
    ],
    ["no version", { "origins.lock.json": good.replace('"version": 1,', "") }, /has no "version", such as 1/],
    ["no JSON", { "origins.lock.json": good.replace("],", "]") }, /origins\.lock\.json:6\) is not valid JSON/],
    [
      "a URL",
      { "origins.lock.json": good.replace("www.example.com", "https://www.example.com/") },
      /origins\.lock\.json:5\) has "https:\/\/www\.example\.com\/", which is not a bare host/,
    ],
    [
      "capitals",
      { "origins.lock.json": good.replace("www", "WWW") },
      /has "WWW\.example\.com", which is not a bare host/,
    ],
    [
      "a host in no section",
      { "origins.lock.json": good.replace('["production"]', "[]") },
      /has no section for "www\.example\.com"/,
    ],
    [
      "a host in a section that was not pulled",
      { "origins.lock.json": good.replace('["production"]', '["prod"]') },
      /in "prod", which is missing from "pulled"/,
    ],
    [
      "a host twice",
      { "origins.lock.json": good.replace("staging.example.com", "www.example.com") },
      /origins\.lock\.json:6\) has "www\.example\.com" twice/,
    ],
    [
      "an unknown key",
      { "origins.lock.json": good.replace('"version"', '"hosts": [],\n  "version"') },
      /origins\.lock\.json:2\) has an unknown "hosts"/,
    ],
  ])("%s is a finding that says what to do", (_, files, message) => {
    const { addresses, findings } = reading(production, project(files));
    expect(addresses).toEqual([]);
    expect(findings).toEqual([expect.stringMatching(message)]);
  });
});

describe("what origins pull has to ask", () => {
  test("is told without reading anything, for addresses that are added later as well", () => {
    const environment = nextEnvironment("preview", {
      kind: "preview",
      addresses: ["a.example.com", vercelProject("storefront", { environment: "preview", deployments: { newest: 3 } })],
      root: "/srv/app",
    }).with(netlifySite("docs", { branch: "staging" }));
    expect(environment.pulls).toEqual([
      {
        platform: "vercel",
        project: "storefront",
        target: { environment: "preview" },
        newest: 3,
        lock: expect.stringMatching(/origins\.lock\.json$/) as string,
      },
      { platform: "netlify", project: "docs", target: { branch: "staging" }, lock: expect.any(String) as string },
    ]);
  });

  test.each([
    [() => vercelProject(""), 'Invalid project "": expected the name or id of a project'],
    [() => vercelProject("a", { team: "x/y" }), 'Invalid team "x/y": expected a team'],
    [
      () => vercelProject("a", { environment: "qa", branch: "qa" }),
      'Invalid branch "qa": it cannot be combined with an environment; write a separate source for each',
    ],
    [
      () => vercelProject("a", { environment: "development" }),
      'Invalid environment "development": expected production, preview or the slug of a custom environment',
    ],
    [
      () => vercelProject("a", { environment: "my env" }),
      'Invalid environment "my env": expected production, preview or the slug',
    ],
    [() => vercelProject("a", { deployments: { newest: 0 } }), "from 1 to 100"],
    [() => netlifySite("a", { lock: "" }), 'Invalid lock "": expected a file'],
    [() => lockFile("origins.lock.json", "vercel a"), "Invalid sections []: expected at least 1 element"],
  ])("%s is refused: %s", (call, message) => {
    expect(call).toThrow(message);
  });
});
