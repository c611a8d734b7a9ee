import { type Audit, type AuditSubject } from "./audit";
import { compare } from "./compare";
import { type LiveEndpoints } from "./endpoints";
import { Http, type HttpOptions } from "./http";
import { Organization } from "./organization";
import { type LiveReading } from "./reading";

/** How an audit asks. */
export interface AuditOptions {
  /**
   * How many requests are under way at the same time.
   *
   * @default 16
   */
  readonly concurrency?: number;
  /**
   * Milliseconds for one attempt of one request, the body included.
   *
   * @default 10000
   */
  readonly timeoutMs?: number;
  /**
   * Reads the public files alone, whatever credentials there are.
   *
   * @default false
   */
  readonly publicOnly?: boolean;
  /** Told after every subject. */
  readonly onProgress?: (done: number, total: number) => void;
  /** How requests are repeated and by which clock, for tests. */
  readonly http?: Partial<HttpOptions>;
}

/**
 * Audits every subject; the audits are in the order of the subjects. It does not reject for anything that Genesys or the
 * network does: an audit that could not be made says so.
 */
export async function auditAll(
  subjects: readonly AuditSubject[],
  { concurrency, timeoutMs, publicOnly = false, onProgress, http: httpOptions }: AuditOptions = {},
): Promise<readonly Audit[]> {
  const http = new Http({
    ...httpOptions,
    ...(concurrency !== undefined && { concurrency }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const organizationOf = organizations(subjects, http, publicOnly);
  let done = 0;
  return Promise.all(
    subjects.map(async (subject) => {
      const { state, endpoints } = subject;
      const reading =
        state === undefined ? neverAsked : await organizationOf(endpoints).read(state.id, state.configuration.id);
      const audit = compare(subject, reading);
      onProgress?.(++done, subjects.length);
      return audit;
    }),
  );
}

/** Who answers and who asks makes an organisation: one token, one list of deployments. */
function organizations(
  subjects: readonly AuditSubject[],
  http: Http,
  publicOnly: boolean,
): (endpoints: LiveEndpoints) => Organization {
  const wanted = new Map<string, Set<string>>();
  for (const { state, endpoints } of subjects) {
    const key = keyOf(endpoints);
    const ids = wanted.get(key) ?? new Set();
    if (state !== undefined) ids.add(state.id);
    wanted.set(key, ids);
  }
  const known = new Map<string, Organization>();
  return (endpoints) => {
    const key = keyOf(endpoints);
    const organization =
      known.get(key) ?? new Organization(http, endpoints, { wanted: wanted.get(key) ?? new Set(), publicOnly });
    known.set(key, organization);
    return organization;
  };
}

function keyOf({ login, api, publicFiles, credentials }: LiveEndpoints): string {
  const who = credentials === undefined ? [] : Object.entries(credentials).sort();
  return JSON.stringify([login, api, publicFiles, who]);
}

const notDeployed = { outcome: "not-asked", reason: "it was never deployed" } as const;
const neverAsked: LiveReading = {
  api: notDeployed,
  versions: notDeployed,
  publicFiles: { domains: notDeployed, configuration: notDeployed },
};
