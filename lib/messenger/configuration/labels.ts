import { type WebdeploymentsConfigurationCustomI18NLabels } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { mapOf, object, text } from "../../base/shape";
import { isKnownToTerraformOnly, isUnresolved, type PropertyCheck } from "../property-check";

/** A language as Genesys writes it: lower case, subtags after hyphens. */
const language = /^[a-z]{2,3}(-[a-z]{4})?(-([a-z]{2}|\d{3}))?$/;

/** What is expected where no default language is named. */
export const languageOfMost = 'the language of most visitors, such as "en-us"';

/** A language is spelled as Genesys spells it: its API knows `en-us`, not `en_US`. */
function checkLanguage(check: PropertyCheck, property: string, value: string | undefined): void {
  check.expect(property, value, (text) => language.test(text), `expected ${suggestion(value)}`);
}

function suggestion(value: unknown): string {
  const likely = String(value).trim().toLowerCase().replaceAll("_", "-");
  return language.test(likely) ? `"${likely}"` : `a language code in lower case, such as "en-us" or "de"`;
}

export function checkLanguages(defaultLanguage: string, languages: readonly string[], check: PropertyCheck): void {
  if (defaultLanguage === "") {
    check.refuse("defaultLanguage", "", `expected ${languageOfMost}`);
    return;
  }
  checkLanguage(check, "defaultLanguage", defaultLanguage);
  const listed = isUnresolved(languages) ? [] : languages;
  listed.forEach((value, index) => {
    const property = `languages[${index}]`;
    if (value !== defaultLanguage) checkLanguage(check, property, value);
    check.expect(property, value, (text) => languages.indexOf(text) === index, "it is listed twice; write it once");
  });
  check.expect(
    "defaultLanguage",
    defaultLanguage,
    (text) => mayInclude(languages, text),
    "it is not one of languages; add it there, or choose one of them",
  );
}

/** Whether a language is one of them, or may be: a list with a value that only Terraform knows can hold any. */
function mayInclude(languages: readonly string[], language: string): boolean {
  return languages.includes(language) || isKnownToTerraformOnly(languages);
}

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
 * Custom texts, by language.
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
