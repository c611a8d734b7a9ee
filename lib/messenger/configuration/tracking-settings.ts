import { type WebdeploymentsConfigurationJourneyEventsTrackingSettings } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, listOf, nonEmpty, object, required, text } from "../../base/shape";
import { unlessEmpty } from "./values";

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
   * @default false
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
  shouldKeepUrlFragment = false,
}: TrackingSettingsProps): WebdeploymentsConfigurationJourneyEventsTrackingSettings {
  return {
    shouldKeepUrlFragment,
    ...unlessEmpty("excludedQueryParameters", excludedQueryParameters),
    ...unlessEmpty("searchQueryParameters", searchQueryParameters),
    ...unlessEmpty("ipFilters", ipFilters),
  };
}

export const trackingSettingsShape = object<TrackingSettingsProps>({
  excludedQueryParameters: listOf(text, { max: 50 }),
  searchQueryParameters: listOf(text, { max: 50 }),
  shouldKeepUrlFragment: flag,
  ipFilters: listOf(
    object<IpFilter>({
      ipAddress: required(nonEmpty('an IP address or a range, such as "192.0.2.0/24"')),
      name: required(nonEmpty("whose address it is")),
    }),
    { max: 10 },
  ),
});
