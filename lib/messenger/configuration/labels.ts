import { type WebdeploymentsConfigurationCustomI18NLabels } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { type PropertyCheck } from "../property-check";
import { checkLanguage, mayInclude } from "./languages";

/** The texts of the Messenger that can be replaced. */
export const labelKeys = [
  "MessengerHomeHeaderTitle",
  "MessengerHomeHeaderSubTitle",
  "PushNotificationTitle",
  "PushNotificationBody",
  "MessengerLauncherButtonText",
] as const;

/** A text of the Messenger that can be replaced. */
export type LabelKey = (typeof labelKeys)[number];

/**
 * Texts of one's own, by language.
 *
 * @example
 * ```ts
 * const labels: LabelsProps = { "en-us": { MessengerHomeHeaderTitle: "How can we help?" } };
 * ```
 */
export type LabelsProps = Readonly<Record<string, Readonly<Partial<Record<LabelKey, string>>>>>;

/** Sorted, so that the order in which a team writes the texts is never a change. */
export function labels(texts: LabelsProps): WebdeploymentsConfigurationCustomI18NLabels[] {
  return sorted(texts).map(([language, byKey]) => ({
    language,
    localizedLabels: sorted(byKey).map(([key, value]) => ({ key, value })),
  }));
}

export function checkLabels(texts: LabelsProps, languages: readonly string[], check: PropertyCheck): void {
  for (const [language, byKey] of Object.entries(texts)) {
    checkLanguage(check, "labels", language);
    check.expect("labels", language, (label) => mayInclude(languages, label), {
      message: "is none of the Messenger's languages",
      remedy: "add it to languages, or leave its texts out",
    });
    for (const key of Object.keys(byKey)) check.in("labels").oneOf(language, key, labelKeys);
  }
}

function sorted<T>(values: Readonly<Record<string, T>>): [string, T][] {
  return Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));
}
