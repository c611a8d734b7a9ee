/**
 * An audit of 1,000 brands in 4 environments each, in an organisation whose API answers 300 requests a minute and token. The
 * clock of both sides runs `speed` times as fast, so that minutes can be sat out; prints JSON.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { auditAll } from "../lib/audit/audit-all";
import { type AuditSubject } from "../lib/audit/audit";
import { type LiveEndpoints } from "../lib/platform/endpoints";
import { AllowList } from "../lib/origins/allow-list";
import { type AllowedDomain } from "../lib/origins/listed-domains";
import { parseAddress } from "../lib/origins/address";
import { startApi } from "../packages/sandbox/lib/api/start";
import { createConfiguration, createDeployment, publishDraft } from "../packages/sandbox/lib/cloud/state";
import { Store } from "../packages/sandbox/lib/cloud/store";

const brands = Number(process.argv[2] ?? 1_000);
const environments = ["production", "staging", "preview", "development"];
const speed = 20;

function entry(text: string): AllowedDomain {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(text);
  return { host: parsed.address.host, sources: [{ value: text, place: { file: "bench/scale.ts" } }] };
}

function populate(store: Store, endpoints: LiveEndpoints): readonly AuditSubject[] {
  const stamp = { now: new Date(0), user: "bench", activationDelayMs: 0 };
  return Array.from({ length: brands }, (_, brand) =>
    environments.map((environment): AuditSubject => {
      const name = `brand-${brand}-${environment}`;
      const derived = new AllowList([entry(`${environment}.brand-${brand}.example.com`)]);
      return store.change((state) => {
        const content = { name, languages: ["en-us"], defaultLanguage: "en-us" };
        const active = { status: "Active" } as const;
        const made = createConfiguration(state, content, active, stamp);
        publishDraft(state, made, stamp);
        const settings = { name, ...derived.policy, configuration: { id: made.id, version: "1" } };
        const { id } = createDeployment(state, settings, active, stamp);
        const deployment = { id, ...settings, status: "Active" };
        return { name, derived, state: deployment, stateConfigurationVersion: "1", status: "Active", endpoints };
      });
    }),
  ).flat();
}

async function measure(publicOnly: boolean): Promise<object> {
  const store = Store.open();
  const began = Date.now();
  const api = await startApi({
    store,
    faults: [{ kind: "limit", requests: 300 }],
    now: () => new Date(began + (Date.now() - began) * speed),
  });
  const { url, credentials } = api;
  const subjects = populate(store, { login: url, api: url, publicFiles: url, credentials });
  const started = performance.now();
  const audits = await auditAll(subjects, {
    publicOnly,
    http: {
      clock: {
        now: () => performance.now() * speed,
        sleep: async (milliseconds) => {
          await sleep(milliseconds / speed);
        },
      },
    },
  });
  const seconds = (performance.now() - started) / 1_000;
  const calls = api.calls.after().filter(({ path }) => path.startsWith("/api/"));
  await api.close();
  store.close();
  return {
    deployments: subjects.length,
    publicOnly,
    equal: audits.filter(({ verdict }) => verdict === "equal").length,
    calls: calls.length,
    refused: calls.filter(({ status }) => status === 429).length,
    minutes: publicOnly ? seconds / 60 : (seconds * speed) / 60,
  };
}

async function main(): Promise<void> {
  for (const publicOnly of [true, false]) console.log(JSON.stringify(await measure(publicOnly)));
}

void main();
