import { type LabelsProps } from "../messenger";
import { labels } from "../messenger/configuration/labels";
import { type ArgumentValue } from "../genesys/arguments";

type Texts = Record<string, Record<string, string>>;

/**
 * The property `labels` that declares these texts. It has an order of its own: undefined where Genesys has another, or where a
 * text stands there twice.
 */
export function labelsOf(live: ArgumentValue): LabelsProps | undefined {
  const texts: Texts = {};
  for (const { language, localized_labels: localized } of objectsIn(live)) {
    if (typeof language !== "string") return undefined;
    const byKey = (texts[language] ??= {});
    for (const { key, value } of objectsIn(localized)) {
      if (typeof key === "string" && typeof value === "string") byKey[key] = value;
    }
  }
  const declared = labels(texts).map(({ language, localizedLabels }) => ({
    language,
    localized_labels: localizedLabels,
  }));
  return isSame(live, declared) ? texts : undefined;
}

function isSame(live: ArgumentValue, declared: readonly object[]): boolean {
  const pairs = (value: unknown): string =>
    JSON.stringify(
      objectsIn(value).map(({ language, localized_labels: localized }) => [
        language,
        objectsIn(localized).map(({ key, value: text }) => [key, text]),
      ]),
    );
  return pairs(live) === pairs(declared);
}

function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) return [];
  return value.filter((each): each is Readonly<Record<string, unknown>> => typeof each === "object" && each !== null);
}
