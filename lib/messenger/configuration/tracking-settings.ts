import { type WebdeploymentsConfigurationJourneyEventsTrackingSettings } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, listOf, object, required, text } from "../../base/shape";

/** Visits from an address that are not recorded. */
export interface IpFilter {
  /** An IP address or a range of them, as Genesys takes it. */
  readonly ipAddress: string;
  /** Whose it is. */
  readonly name: string;
}

/** What of a page's URL is recorded, and whose visits are not. */
export interface TrackingSettingsProps {
  /**
   * Parameters of the query string that are left out, 50 at most.
   * @default none
   */
  readonly excludedQueryParameters?: readonly string[];
  /**
   * Parameters of the query string that hold what a visitor searched for, 50 at most.
   * @default none
   */
  readonly searchQueryParameters?: readonly string[];
  /**
   * Whether the fragment (`#…`) belongs to a page's URL.
   * @default - left to Genesys: false
   */
  readonly shouldKeepUrlFragment?: boolean;
  /**
   * Visits that are not recorded, 10 at most.
   * @default none
   */
  readonly ipFilters?: readonly IpFilter[];
}

export function trackingSettings({
  excludedQueryParameters,
  searchQueryParameters,
  ipFilters,
  ...rest
}: TrackingSettingsProps): WebdeploymentsConfigurationJourneyEventsTrackingSettings {
  return {
    ...rest,
    ...(excludedQueryParameters && { excludedQueryParameters: [...excludedQueryParameters] }),
    ...(searchQueryParameters && { searchQueryParameters: [...searchQueryParameters] }),
    ...(ipFilters && { ipFilters: [...ipFilters] }),
  };
}

export const trackingSettingsShape = object<TrackingSettingsProps>({
  excludedQueryParameters: listOf(text, { max: 50 }),
  searchQueryParameters: listOf(text, { max: 50 }),
  shouldKeepUrlFragment: flag,
  ipFilters: listOf(object<IpFilter>({ ipAddress: required(text), name: required(text) }), { max: 10 }),
});
