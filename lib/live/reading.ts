import { type Deployment } from "../genesys/deployment";
import { type DomainPolicy } from "../genesys/host-check";

/** Why there is no answer to judge by, in words for a person. No secret stands in it. */
export interface NoReading {
  /**
   * - `not-asked`: nobody asked, because there is nothing to ask for or nobody to ask as
   * - `refused`: Genesys said no: the credentials or a permission
   * - `blocked-by-proxy`: something between this machine and Genesys answered
   * - `malformed`: an answer that is none of Genesys's
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

/** What every visitor's browser is told now. */
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
