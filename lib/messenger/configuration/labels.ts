import { type WebdeploymentsConfigurationCustomI18NLabels } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { mapOf, object, text } from "../../base/shape";
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

export const labelsShape = mapOf(
  object<Partial<Record<LabelKey, string>>>({
    MessengerHomeHeaderTitle: text,
    MessengerHomeHeaderSubTitle: text,
    PushNotificationTitle: text,
    PushNotificationBody: text,
    MessengerLauncherButtonText: text,
  }),
  '{ "en-us": { MessengerHomeHeaderTitle: "How can we help?" } }',
);

/** The languages of the texts are those of the Messenger. */
export function checkLabels(texts: LabelsProps, languages: readonly string[], check: PropertyCheck): void {
  for (const [language, byKey] of Object.entries(texts)) {
    checkLanguage(check, "labels", language);
    if (sorted(byKey).length === 0) {
      check.refuse(`labels.${language}`, byKey, "expected one text at least; write one, or leave the language out");
    }
    check.expect(
      "labels",
      language,
      (label) => mayInclude(languages, label),
      "it is not one of languages; add it there, or leave its texts out",
    );
  }
}

function sorted<T>(values: Readonly<Record<string, T | undefined>>): [string, T][] {
  return Object.entries(values)
    .flatMap(([name, value]): [string, T][] => (value === undefined ? [] : [[name, value]]))
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
