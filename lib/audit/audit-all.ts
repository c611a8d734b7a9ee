import { Http, type HttpOptions } from "../base/http";
import { type LiveEndpoints } from "../platform/endpoints";
import { Organization } from "../platform/organization";
import { type LiveReading, type NamesakesReading } from "../platform/public-files";
import { type Adoptee, type Audit, type AuditSubject } from "./audit";
import { compare } from "./compare";
import { isRenamed, likenessOf, namesOf } from "./compare-namesakes";

/** Which other states may have a deployment that seems to be a copy. */
export type ManagedElsewhere = "namesakes" | "all";

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
  /** The ids of deployments that states have, beside those of the subjects: none of them is an unwanted copy. */
  readonly managed?: ReadonlySet<string>;
  /**
   * More of them, which are dear to find: asked at most once each, and only where a copy seems to be there.
   *
   * @param which those whose deployments have the same names, or all, where a deployment of another name seems to be one
   */
  readonly managedElsewhere?: (which: ManagedElsewhere) => Promise<ReadonlySet<string>>;
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
  options: AuditOptions = {},
): Promise<readonly Audit[]> {
  const { concurrency, timeoutMs, publicOnly = false, onProgress, http: httpOptions } = options;
  const http = new Http({
    ...httpOptions,
    ...(concurrency !== undefined && { concurrency }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  });
  const organizationOf = organizations(http, publicOnly);
  const withoutManaged = unmanaged(subjects, options);
  let done = 0;
  return Promise.all(
    subjects.map(async (subject) => {
      const { endpoints } = subject;
      const asked = askedFor(subject);
      const organization = organizationOf(endpoints);
      const [reading, namesakes] = await Promise.all([
        asked === undefined
          ? neverDeployed(organization, subject.declared?.configurationId)
          : organization.read(asked.deploymentId, asked.configurationId),
        namesOf(subject).length === 0
          ? noNamesakes
          : organization.named(
              namesOf(subject),
              subject.state === undefined ? (found) => isRenamed(subject, found) : undefined,
            ),
      ]);
      const audit = compare(subject, { ...reading, namesakes: await withoutManaged(subject, namesakes) });
      onProgress?.(++done, subjects.length);
      return audit;
    }),
  );
}

/** What Genesys is asked for: what the state remembers, or what is to be adopted. */
function askedFor({ state, adoptee }: AuditSubject): Adoptee | undefined {
  if (state === undefined) return adoptee;
  return { deploymentId: state.id, configurationId: state.configuration.id };
}

/** The configuration may be there already: a deploy was cut short, or the creation of the deployment failed. */
async function neverDeployed(
  organization: Organization,
  configurationId: string | undefined,
): Promise<Omit<LiveReading, "namesakes">> {
  if (configurationId === undefined) return neverAsked;
  return { ...neverAsked, versions: await organization.versionsOf(configurationId) };
}

/** Who answers and who asks makes an organisation: one token, one list of deployments. */
function organizations(http: Http, publicOnly: boolean): (endpoints: LiveEndpoints) => Organization {
  const known = new Map<string, Organization>();
  return (endpoints) => {
    const key = keyOf(endpoints);
    const organization = known.get(key) ?? new Organization(http, endpoints, { publicOnly });
    known.set(key, organization);
    return organization;
  };
}

/** Takes away what some state has. */
function unmanaged(
  subjects: readonly AuditSubject[],
  { managed = new Set(), managedElsewhere }: AuditOptions,
): (subject: AuditSubject, namesakes: NamesakesReading) => Promise<NamesakesReading> {
  const ids = new Set([...managed, ...subjects.flatMap(({ state }) => state?.id ?? [])]);
  const elsewhere = new Map<ManagedElsewhere, Promise<ReadonlySet<string>>>();
  const asked = (which: ManagedElsewhere): Promise<ReadonlySet<string>> => {
    const answer = elsewhere.get(which) ?? managedElsewhere?.(which) ?? Promise.resolve(new Set<string>());
    elsewhere.set(which, answer);
    return answer;
  };
  return async (subject, namesakes) => {
    if (namesakes.outcome !== "served") return namesakes;
    const rest = namesakes.deployments.filter(({ id }) => !ids.has(id) && !subject.stateIds?.includes(id));
    const doubtful = rest.filter((namesake) => likenessOf(subject, namesake) !== "other");
    if (doubtful.length === 0) return noNamesakes;
    const names = namesOf(subject);
    const others = await asked(doubtful.every(({ name }) => names.includes(name)) ? "namesakes" : "all");
    return { outcome: "served", deployments: doubtful.filter(({ id }) => !others.has(id)) };
  };
}

function keyOf({ login, api, publicFiles, credentials }: LiveEndpoints): string {
  const who = credentials === undefined ? [] : Object.entries(credentials).sort();
  return JSON.stringify([login, api, publicFiles, who]);
}

const notDeployed = { outcome: "not-asked", reason: "it was never deployed" } as const;
const neverAsked: Omit<LiveReading, "namesakes"> = {
  api: notDeployed,
  versions: notDeployed,
  publicFiles: { domains: notDeployed, configuration: notDeployed },
};

const noNamesakes: NamesakesReading = { outcome: "served", deployments: [] };
