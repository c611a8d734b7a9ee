import {
  type WebdeploymentsConfigurationJourneyEvents,
  type WebdeploymentsConfigurationJourneyEventsTrackingSettings,
} from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, listOf, nonEmpty, object, oneOf, required, text, texts, wholeNumber } from "../../base/shape";
import { recordedName, selector, unlessEmpty } from "./values";

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

function trackingSettings({
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

const trackingSettingsShape = object<TrackingSettingsProps>({
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

/** When page views are recorded. */
export const pageviewConfigs = ["Auto", "Once", "Off"] as const;

/** When page views are recorded: at each change of the URL, once a page load, or when the page's own code says so. */
export type PageviewConfig = (typeof pageviewConfigs)[number];

/** A named event of elements on the page: a click on them, or that they come into view. */
export interface SelectorEvent {
  /** A CSS selector. */
  readonly selector: string;
  /** The name that the event is recorded under. */
  readonly eventName: string;
}

/** What visitors do with a form. */
export interface FormTrackEvent {
  /** A CSS selector of the form. */
  readonly selector: string;
  /** The name that the form is recorded under. */
  readonly formName: string;
  /** Whether what was written is recorded when the form is left without sending it. */
  readonly captureDataOnFormAbandon: boolean;
  /** Whether what was written is recorded when the form is sent. */
  readonly captureDataOnFormSubmit: boolean;
}

/** That a visitor does nothing for a while. */
export interface IdleEvent {
  /** The name that the event is recorded under. */
  readonly eventName: string;
  /**
   * Seconds, 30 or more.
   * @default 60
   */
  readonly idleAfterSeconds?: number;
}

/** How far down a visitor scrolls. */
export interface ScrollDepthEvent {
  /** The name that the event is recorded under. */
  readonly eventName: string;
  /** The depth in per cent of the page, from 0 to 100. */
  readonly percentage: number;
}

/** What visitors do on the page, recorded as their journey. It needs a separate Genesys licence. */
export interface JourneyEventsProps {
  /**
   * Whether it is recorded.
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * When page views are recorded.
   * @default "Auto"
   */
  readonly pageviewConfig?: PageviewConfig;
  /** @default none */
  readonly clickEvents?: readonly SelectorEvent[];
  /** @default none */
  readonly formTrackEvents?: readonly FormTrackEvent[];
  /** @default none */
  readonly idleEvents?: readonly IdleEvent[];
  /** @default none */
  readonly inViewportEvents?: readonly SelectorEvent[];
  /** @default none */
  readonly scrollDepthEvents?: readonly ScrollDepthEvent[];
  /**
   * What of a page's URL is recorded, and whose visits are not.
   * @default - not written
   */
  readonly trackingSettings?: TrackingSettingsProps;
  /**
   * Genesys ignores it.
   * @deprecated write `trackingSettings.excludedQueryParameters`
   */
  readonly excludedQueryParameters?: string[];
  /**
   * Genesys ignores it.
   * @deprecated write `trackingSettings.searchQueryParameters`
   */
  readonly searchQueryParameters?: string[];
  /**
   * Genesys ignores it.
   * @deprecated write `trackingSettings.shouldKeepUrlFragment`
   */
  readonly shouldKeepUrlFragment?: boolean;
}

export function journeyEvents({
  enabled = true,
  pageviewConfig = "Auto",
  clickEvents,
  formTrackEvents,
  idleEvents,
  inViewportEvents,
  scrollDepthEvents,
  trackingSettings: tracking,
  ...ignored
}: JourneyEventsProps): WebdeploymentsConfigurationJourneyEvents {
  return {
    enabled,
    pageviewConfig,
    ...ignored,
    ...unlessEmpty("clickEvent", clickEvents),
    ...unlessEmpty("formTrackEvent", formTrackEvents),
    ...unlessEmpty("idleEvent", idleEvents?.map(idleEvent)),
    ...unlessEmpty("inViewportEvent", inViewportEvents),
    ...unlessEmpty("scrollDepthEvent", scrollDepthEvents),
    ...(tracking && { trackingSettings: trackingSettings(tracking) }),
  };
}

function idleEvent({ eventName, idleAfterSeconds = 60 }: IdleEvent) {
  return { eventName, idleAfterSeconds };
}

const selectorEvents = listOf(
  object<SelectorEvent>({ selector: required(selector), eventName: required(recordedName) }),
);

const ignoredByGenesys = { excludedQueryParameters: texts, searchQueryParameters: texts, shouldKeepUrlFragment: flag };

export const journeyEventsShape = object<JourneyEventsProps>({
  enabled: flag,
  pageviewConfig: oneOf(pageviewConfigs),
  clickEvents: selectorEvents,
  formTrackEvents: listOf(
    object<FormTrackEvent>({
      selector: required(selector),
      formName: required(recordedName),
      captureDataOnFormAbandon: required(flag),
      captureDataOnFormSubmit: required(flag),
    }),
  ),
  idleEvents: listOf(object<IdleEvent>({ eventName: required(recordedName), idleAfterSeconds: wholeNumber(30) })),
  inViewportEvents: selectorEvents,
  scrollDepthEvents: listOf(
    object<ScrollDepthEvent>({ eventName: required(recordedName), percentage: required(wholeNumber(0, 100)) }),
  ),
  trackingSettings: trackingSettingsShape,
  ...ignoredByGenesys,
});
