import { type Http, type Line } from "../base/http";
import { type Answer, interference, jsonOf } from "../base/http-answer";
import { type Deployment } from "../genesys/deployment";
import { type DomainPolicy } from "../genesys/host-check";
import { isObject, policyIn, textIn } from "./json-fields";

/** Why there is no usable answer, in words for a person. It contains no secret. */
export interface NoReading {
  /**
   * - `not-asked`: not requested, because there is no id or there are no credentials
   * - `refused`: Genesys said no: the credentials or a permission
   * - `blocked-by-proxy`: something between this machine and Genesys answered
   * - `malformed`: an answer that is not from Genesys
   * - `unreachable`: no answer after all attempts
   */
  readonly outcome: "not-asked" | "refused" | "blocked-by-proxy" | "malformed" | "unreachable";
  readonly reason: string;
}

/** A deployment as the platform API answers it. */
export type ApiReading =
  | { readonly outcome: "served"; readonly deployment: Deployment }
  /** The organisation has no deployment of that id. */
  | { readonly outcome: "gone" }
  | NoReading;

/** One of the files that a page of the Messenger loads; they need no credentials. */
export type PublicFile<Content> =
  | { readonly outcome: "served"; readonly content: Content }
  /** 403: no deployment of that id in that region (the real service never answers 404). */
  | { readonly outcome: "unknown-deployment" }
  | NoReading;

/** What `config.json` says of what pages show. Either is absent where the file does not say it. */
export interface PublishedConfiguration {
  readonly version?: string;
  readonly status?: string;
}

/** What every visitor's browser receives now. */
export interface PublicReading {
  /** `domains.json`: on which pages the Messenger starts. */
  readonly domains: PublicFile<DomainPolicy>;
  /** `config.json`: what it shows there. */
  readonly configuration: PublicFile<PublishedConfiguration>;
}

/** The newest published version of a configuration. */
export type VersionReading =
  | { readonly outcome: "served"; /** Absent where nothing was published yet. */ readonly newest?: string }
  /** The organisation has no configuration of that id. */
  | { readonly outcome: "gone" }
  | NoReading;

/** The deployments of the organisation that go by the same name and that no state has. */
export type NamesakesReading = { readonly outcome: "served"; readonly deployments: readonly Deployment[] } | NoReading;

/** Everything that Genesys says of one deployment. */
export interface LiveReading {
  readonly api: ApiReading;
  readonly publicFiles: PublicReading;
  readonly versions: VersionReading;
  readonly namesakes: NamesakesReading;
}

/** Reads the files that every visitor's browser loads: what Genesys judges pages by right now. They need no credentials. */
export class PublicFiles {
  private readonly line: Line;

  /** @param address where the region serves them, such as `https://api-cdn.mypurecloud.de` */
  constructor(
    private readonly http: Http,
    private readonly address: string,
  ) {
    this.line = http.line();
  }

  /** `domains.json`: on which pages the Messenger starts. */
  domains(deploymentId: string): Promise<PublicFile<DomainPolicy>> {
    return this.read(deploymentId, "domains.json", policyIn, "list of allowed domains");
  }

  /** `config.json`: which published configuration pages show, and the deployment's status. */
  configuration(deploymentId: string): Promise<PublicFile<PublishedConfiguration>> {
    return this.read(deploymentId, "config.json", configurationIn, "published configuration");
  }

  private async read<Content>(
    deploymentId: string,
    file: string,
    contentIn: (json: unknown) => Content | undefined,
    expected: string,
  ): Promise<PublicFile<Content>> {
    const path = `/webdeployments/v1/deployments/${encodeURIComponent(deploymentId)}/${file}`;
    const url = new URL(path, this.address);
    const answer = await this.http.ask(this.line, url, { headers: { accept: "application/json" } });
    const failed = refusalOf(answer, file);
    if (failed !== undefined) return failed;
    const content = contentIn(jsonOf(answer));
    if (content !== undefined) return { outcome: "served", content };
    return { outcome: "malformed", reason: `${url.host} answers ${file} with an invalid ${expected}` };
  }
}

function refusalOf(answer: Answer, file: string): NoReading | { readonly outcome: "unknown-deployment" } | undefined {
  const between = interference(answer);
  if (between !== undefined) return between;
  if (answer.outcome === "silence" || (answer.status >= 200 && answer.status < 300)) return undefined;
  if (answer.status === 403) return { outcome: "unknown-deployment" };
  return { outcome: "malformed", reason: `${answer.host} answers ${file} with ${answer.status}` };
}

/** The file says much more; only these two decide what a visitor sees. */
function configurationIn(json: unknown): PublishedConfiguration | undefined {
  if (!isObject(json)) return undefined;
  const version = textIn(json, "version");
  const status = textIn(json, "status");
  if (version === undefined && status === undefined) return undefined;
  return { ...(version !== undefined && { version }), ...(status !== undefined && { status }) };
}
