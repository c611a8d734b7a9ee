import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { auditAll } from "../lib/audit/audit-all";
import { type AuditSubject } from "../lib/audit/audit";
import { AllowList } from "../lib/origins/allow-list";
import { parseAddress } from "../lib/origins/address";
import { findTerraform, terraformEnvironment } from "../lib/terraform/binary";
import { DistantSandbox } from "./audit-sandbox";

/**
 * How long an audit of many deployments takes, against what the latency of its requests alone costs at the same concurrency,
 * and beside `terraform plan` of as many deployments in one stack. Genesys is a sandbox that answers every request late.
 */
export interface AuditMeasurement {
  /** Milliseconds of the fastest audit: what is slower was the machine's other work. */
  readonly audit: number;
  /** Milliseconds that the latency alone costs: so many rounds of as many requests as are under way at the same time. */
  readonly latency: number;
  /** `audit` divided by `latency`. The aim is 1.2 or less. */
  readonly ratio: number;
  /** Milliseconds of the fastest `terraform plan`; absent without Terraform. */
  readonly plan?: number;
  readonly deployments: number;
  /** Of one audit. */
  readonly requests: number;
  readonly concurrency: number;
}

const deployments = 200;
const latencyMs = 50;
/** What `auditAll` does unless told otherwise. */
const concurrency = 16;
const rounds = 5;

async function measureAudit(): Promise<Omit<AuditMeasurement, "plan">> {
  const sandbox = await DistantSandbox.start();
  const subjects = await populate(sandbox);
  const times: number[] = [];
  let requests = 0;
  for (let round = 0; round < rounds; round++) {
    await sandbox.answerLate(latencyMs);
    const started = performance.now();
    const audits = await auditAll(subjects);
    times.push(performance.now() - started);
    requests = await sandbox.answerLate(0);
    const wrong = audits.find(({ verdict }) => verdict !== "equal");
    if (wrong !== undefined) throw new Error(JSON.stringify(wrong));
  }
  await sandbox.close();
  const audit = Math.min(...times);
  const latency = Math.ceil(requests / concurrency) * latencyMs;
  return { audit, latency, ratio: audit / latency, deployments, requests, concurrency };
}

/** Makes the deployments as an administrator would, and says what a program would want of them. */
async function populate({ served }: DistantSandbox): Promise<readonly AuditSubject[]> {
  const { url, clientId, clientSecret } = served;
  const endpoints = { login: url, api: url, publicFiles: url, credentials: { clientId, clientSecret } };
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const { access_token: token } = await post(`${url}/oauth/token`, `Basic ${basic}`, {
    grant_type: "client_credentials",
  });
  const make = (path: string, body: object): Promise<Record<string, string>> =>
    post(`${url}/api/v2/webdeployments/${path}`, `Bearer ${token ?? ""}`, body);
  const subjects: AuditSubject[] = [];
  for (let n = 0; n < deployments; n++) {
    const name = `Shop ${n}`;
    const content = { name, languages: ["en-us"], defaultLanguage: "en-us" };
    const { id: configurationId = "" } = await make("configurations", content);
    await make(`configurations/${configurationId}/versions/draft/publish`, {});
    const derived = listOf(domainsOf(n));
    const settings = { name, ...derived.policy, configuration: { id: configurationId, version: "1" } };
    const { id = "" } = await make("deployments", settings);
    const state = { ...settings, id, status: "Active" };
    subjects.push({ name, derived, state, stateConfigurationVersion: "1", status: "Active", endpoints });
  }
  return subjects;
}

async function measurePlan(): Promise<number | undefined> {
  const terraform = findTerraform(process.env);
  if ("reason" in terraform) return undefined;
  const sandbox = await DistantSandbox.start();
  const folder = mkdtempSync(join(tmpdir(), "bench-audit-"));
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify(stack()));
  const env = { ...terraformEnvironment(process.env), TF_REATTACH_PROVIDERS: sandbox.served.reattach };
  const run = (...parameters: readonly string[]): void => {
    const { status, stderr } = spawnSync(terraform.command, parameters, { cwd: folder, env, encoding: "utf8" });
    if (status !== 0) throw new Error(`terraform ${parameters.join(" ")}: ${stderr}`);
  };
  run("init", "-input=false");
  run("apply", "-input=false", "-auto-approve");
  const times: number[] = [];
  await sandbox.answerLate(latencyMs);
  for (let round = 0; round < rounds; round++) {
    const started = performance.now();
    run("plan", "-input=false", "-detailed-exitcode");
    times.push(performance.now() - started);
  }
  await sandbox.close();
  rmSync(folder, { recursive: true });
  return Math.min(...times);
}

/** The same deployments in one stack. */
function stack(): object {
  const configurations: Record<string, object> = {};
  const deployed: Record<string, object> = {};
  for (let n = 0; n < deployments; n++) {
    const resource = `genesyscloud_webdeployments_configuration.shop_${n}`;
    const name = `Shop ${n}`;
    configurations[`shop_${n}`] = { name, languages: ["en-us"], default_language: "en-us" };
    deployed[`shop_${n}`] = {
      name,
      status: "Active",
      allowed_domains: domainsOf(n),
      configuration: { id: `\${${resource}.id}`, version: `\${${resource}.version}` },
    };
  }
  return {
    terraform: { required_providers: { genesyscloud: { source: "mypurecloud/genesyscloud", version: "~> 1.84" } } },
    provider: { genesyscloud: {} },
    resource: {
      genesyscloud_webdeployments_configuration: configurations,
      genesyscloud_webdeployments_deployment: deployed,
    },
  };
}

function domainsOf(n: number): readonly string[] {
  return [`shop-${n}.example.com`, `www.shop-${n}.example.com`];
}

function listOf(values: readonly string[]): AllowList {
  return new AllowList(
    values.map((value) => {
      const parsed = parseAddress(value);
      if (!parsed.ok) throw new Error(parsed.problem.message);
      return { host: parsed.address.host, sources: [{ value, place: { file: "bench/audit.ts" } }] };
    }),
  );
}

async function post(url: string, authorization: string, body: object): Promise<Record<string, string>> {
  const form = url.endsWith("/oauth/token");
  const answer = await fetch(url, {
    method: "POST",
    headers: { authorization, "content-type": form ? "application/x-www-form-urlencoded" : "application/json" },
    body: form ? new URLSearchParams(Object.entries(body)) : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`POST ${url}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as Record<string, string>;
}

async function measure(): Promise<AuditMeasurement> {
  const audit = await measureAudit();
  const plan = await measurePlan();
  return { ...audit, ...(plan !== undefined && { plan }) };
}

if (require.main === module)
  void measure().then((measured) => {
    console.log(JSON.stringify(measured));
  });
