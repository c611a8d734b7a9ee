import { adopted } from "../codegen/live";
import { declared, examined, messengerOf, stackOf } from "./examined";
import { reading, subject } from "../audit/subjects";
import { project } from "../sources/project";
import { type LiveState } from "../../lib/audit/visitors";
import { renderSections, adoptionSections } from "../../lib/cli/adopt/sections";
import { renderAdoption } from "../../lib/cli/adopt/adopt-deployment";
import { renderReport, reportOn } from "../../lib/cli/report/environment-report";
import { answers, readPage } from "../../lib/cli/explain/answer";
import { explainJson } from "../../lib/cli/explain/json";
import { renderAnswers } from "../../lib/cli/explain/report";
import { renderPulled } from "../../lib/cli/commands/pull";
import { auditJson, renderExamination } from "../../lib/cli/report/audit-report";
import { renderSummary } from "../../lib/cli/report/deploy-summary";
import { renderPlan, renderRepairs } from "../../lib/cli/report/plan-report";
import { describeError } from "../../lib/cli/terminal/interruption";
import { HostingFailure } from "../../lib/pull/hosting-api";
import { printableJson, printableLines } from "../../lib/base/printable";
import { type AddressSource } from "../../lib/sources/address-source";
import { appHosting } from "../../lib/sources/platforms/app-hosting";
import { envCmdrc } from "../../lib/sources/env/env-cmdrc";
import { envFile } from "../../lib/sources/env/env-file";
import { lockFile } from "../../lib/sources/lock/lock-file";
import { netlifyToml } from "../../lib/sources/platforms/netlify-toml";
import { nextConfig } from "../../lib/sources/next-config/next-config";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { nextIntlRouting } from "../../lib/sources/next-config/next-intl";
import { wrangler } from "../../lib/sources/platforms/wrangler";

/** Everything at once that a name may hold to deceive a reader, a terminal or a pipeline. */
const evil =
  "\u001b[2J\u001b]0;x\u0007\u009b31m\u202eabc\u2066\u200b\u061c\u2028\u2029\ud800\u0085\ttab\rback\n::error::INJECTED\n##[error]INJECTED";
const hostile = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

/** Fails where a report holds what it must not, or has a line that only the hostile text has begun. */
function expectHarmless(report: string): void {
  const printed = printableLines(report);
  for (const line of printed.split("\n")) {
    expect(line).not.toMatch(hostile);
    expect(line).not.toMatch(/^\s*(?:::|##\[|INJECTED|\\u\{3a\})/);
  }
}

const json = JSON.stringify(evil);
const url = `https://shop.example.com`;

/** Every source, reading a file in which whatever a person may name has the hostile name. */
const sources: readonly (readonly [name: string, source: AddressSource, files: Readonly<Record<string, string>>])[] = [
  ["envFile", envFile(".env", ["A", evil]), { ".env": `A="${evil}"\nB=$${evil}` }],
  ["envFile, a list", envFile(".env", "A"), { ".env": `A="${url}, ${evil.replaceAll("\n", " ")}"` }],
  ["envFile, nowhere", envFile(`${evil}.env`), {}],
  ["envFile, names", envFile(".env"), { ".env": `${evil}_URL=${url}\nMY_\u202eURL=x` }],
  ["envCmdrc", envCmdrc(".env-cmdrc", evil), { ".env-cmdrc": `{${json.replace("INJECTED", "x")}: {}}` }],
  [
    "envCmdrc, values",
    envCmdrc(".env-cmdrc", "a", [evil, "B"]),
    { ".env-cmdrc": `{"a": {${json}: ${json}, "B": [${json}]}}` },
  ],
  [
    "netlifyToml",
    netlifyToml("netlify.toml", { context: evil }),
    { "netlify.toml": `[context.${json.replace("\\ud800", "")}.x]\na = 1` },
  ],
  ["netlifyToml, invalid", netlifyToml("netlify.toml"), { "netlify.toml": `a = ${evil}` }],
  [
    "appHosting",
    appHosting(".", { variables: evil }),
    { "apphosting.yaml": `env: [{variable: ${json}, value: ${json}}]` },
  ],
  ["appHosting, invalid", appHosting("."), { "apphosting.yaml": `env: *${evil}` }],
  [
    "wrangler",
    wrangler("wrangler.json", { environment: evil }),
    { "wrangler.json": `{"env": {${json.replace("INJECTED", "y")}: {}}}` },
  ],
  [
    "wrangler, routes",
    wrangler("wrangler.json"),
    { "wrangler.json": `{"routes": [${json}, {"pattern": ${json}, "custom_domain": true}]}` },
  ],
  [
    "lockFile",
    lockFile("lock.json", evil, evil),
    { "lock.json": `{"version": 1, "projects": {${json}: {"pulled": [], ${json}: [${json}]}}}` },
  ],
  [
    "lockFile, unknown",
    lockFile("lock.json", evil, "x"),
    { "lock.json": `{"version": 1, "projects": {}, ${json}: 1}` },
  ],
  [
    "nextConfig",
    nextConfig("next.config.mjs", { evaluate: false, keys: ["experimental.serverActions.allowedOrigins"] }),
    { "next.config.mjs": `export default { experimental: { serverActions: { allowedOrigins: [${json}] } } };` },
  ],
  ["nextConfig, nowhere", nextConfig(evil), {}],
  ["nextIntlRouting, nowhere", nextIntlRouting(evil), {}],
  [
    "written out",
    { read: () => ({ addresses: [{ value: evil, place: { file: evil, key: evil } }], findings: [] }) },
    {},
  ],
  [
    "a source that fails",
    {
      read: () => {
        throw new Error(evil);
      },
    },
    {},
  ],
  [
    "a source's own finding",
    {
      read: () => ({
        addresses: [],
        findings: [{ rule: evil, severity: "error", value: evil, message: evil, remedy: evil, place: { file: evil } }],
      }),
    },
    {},
  ],
];

describe.each(sources)("the hostile names of %s reach no terminal", (_, source, files) => {
  const root = project(files);
  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: [source, "https://www.example.com"],
    acknowledge: { "plain-http": evil },
    root,
  });

  test("as findings of origins list, as text and as JSON", () => {
    const reports = reportOn([environment]);
    expect(reports.flatMap(({ findings }) => findings)).not.toEqual([]);
    for (const report of reports) expectHarmless(renderReport(report));
    const text = printableJson(reports.map(({ findings }) => findings));
    expect(text.replaceAll("\n", "")).not.toMatch(hostile);
  });

  test("as places and refused addresses of origins explain", () => {
    for (const page of ["https://www.example.com/x", "https://shop.example.com", "nowhere.example.net"]) {
      const asked = readPage(page);
      const found = answers(asked, [environment], [environment]);
      expectHarmless(renderAnswers(asked, found, { named: true }));
      expect(printableJson(explainJson(asked, found)).replaceAll("\n", "")).not.toMatch(hostile);
    }
  });
});

describe("what Genesys, Vercel, Netlify and Terraform call things reaches no terminal", () => {
  const live = reading(
    { name: evil, allowedDomains: [evil, "www.example.com"], status: evil, configuration: { id: evil, version: evil } },
    { namesakes: { outcome: "unreachable", reason: evil }, versions: { outcome: "served", newest: evil } },
  );
  const examination = examined("production", messengerOf(live, { name: evil }));
  const problem = { stack: stackOf("production"), problem: new Error(`Terraform says ${evil}`) };

  test("in an audit", () => {
    expectHarmless(renderExamination(examination));
    expect(printableJson(auditJson(examination)).replaceAll("\n", "")).not.toMatch(hostile);
    const unread = reading({}, { api: { outcome: "unreachable", reason: evil } });
    expectHarmless(renderExamination(examined("production", messengerOf(unread))));
  });

  test("in a failure, whose own lines stay", () => {
    const printed = printableLines(renderExamination(problem));
    expect(printed.replaceAll("\n", "")).not.toMatch(hostile);
    expect(printed).not.toMatch(/^\s*::/m);
    expect(printed).not.toContain("##[");
  });

  test("in a plan, a repair and the summary of a deploy", () => {
    const change = {
      address: declared.address,
      type: "genesyscloud_webdeployments_deployment",
      action: "update" as const,
      before: { allow_all_domains: false, allowed_domains: [evil] },
    };
    const plan = { stackName: "production", hasChanges: true, text: "the plan", file: "plan", changes: [change] };
    const policy = { allowAllDomains: false, allowedDomains: [evil] };
    const lives: readonly LiveState[] = [
      { outcome: "served", source: "the public files", policy, status: evil },
      { outcome: "unknown", reason: evil },
    ];
    for (const live of lives)
      expectHarmless(renderPlan("production", plan, [{ declared, derived: subject.derived, live }]));
    const repairs = [{ edit: { address: evil, attribute: "existence" as const, value: false as const }, why: evil }];
    for (const line of renderRepairs("production", repairs)) expectHarmless(line);
    const outcome = {
      stack: stackOf("production"),
      outcome: "deployed" as const,
      repairs,
      recreated: [{ address: "x", was: evil }],
    };
    expectHarmless(renderSummary([outcome], new Map([["production", examination]])));
  });

  test("in an adoption, and in the program that it writes", () => {
    const adoption = adopted({
      deployment: { name: evil, description: evil, status: evil },
      domains: { allowedDomains: [evil, `https://${evil}`] },
    });
    expectHarmless(renderAdoption(adoption));
    const files = {
      environments: "environments.ts",
      main: "main.ts",
      messengers: "messengers.ts",
      messengersModule: "./messengers",
      library: "cdktf-genesys-messenger",
    };
    const program = renderSections(adoptionSections(adoption, files));
    expect(program.replaceAll("\n", "")).not.toMatch(hostile);
    expect(program).not.toMatch(/^\s*::/m);
  });

  test("in a pull", () => {
    const pulled = {
      file: `/project/${evil}`,
      stale: true,
      unreadable: evil,
      changes: [
        { kind: "added" as const, project: evil, host: evil, section: evil },
        { kind: "removed" as const, project: "gone", host: evil, section: evil },
      ],
      projects: [{ project: evil, leftOut: [{ host: evil, reason: evil }], notes: [evil] }],
    };
    expectHarmless(renderPulled(pulled, true));
    expectHarmless(renderPulled(pulled, false));
    expectHarmless(new HostingFailure(evil).message);
  });

  test("in an error", () => {
    expect(printableLines(describeError(new Error(evil))).replaceAll("\n", "")).not.toMatch(hostile);
  });
});
