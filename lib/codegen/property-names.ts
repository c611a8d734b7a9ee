import { type Arguments, type ArgumentValue, camelCase, isArguments, isOne } from "../genesys/arguments";
import { type Block } from "../genesys/provider-schema";
import { labels, type LabelsProps } from "../messenger/configuration/labels";

type Texts = Record<string, Record<string, string>>;

/**
 * The property `labels` that declares these texts. It has its own order: undefined where Genesys has another, or where a
 * text stands there twice.
 */
function labelsOf(live: ArgumentValue): LabelsProps | undefined {
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

/** Properties of a Messenger, as far as they are looked at here. */
export interface Properties {
  readonly [name: string]: PropertyValue;
}

/** The value of a property. */
export type PropertyValue = null | boolean | number | string | readonly PropertyValue[] | Properties;

/**
 * The properties that are called otherwise than the argument or block that they become, by the way to that. An empty name is
 * that of a block which is not a property: what is in it stands in the properties around.
 */
const names: Readonly<Record<string, string>> = {
  name: "configurationName",
  description: "configurationDescription",
  messenger: "",
  "messenger.enabled": "messengerEnabled",
  "messenger.launcher_button": "launcher",
  "messenger.launcher_button.icon": "",
  "messenger.launcher_button.icon.url": "iconUrl",
  "messenger.file_upload.mode": "modes",
  "messenger.apps": "",
  authentication_settings: "authentication",
  "journey_events.click_event": "clickEvents",
  "journey_events.form_track_event": "formTrackEvents",
  "journey_events.idle_event": "idleEvents",
  "journey_events.in_viewport_event": "inViewportEvents",
  "journey_events.scroll_depth_event": "scrollDepthEvents",
  "video.agent.background_image": "",
  "video.agent.background_image.url": "backgroundImageUrl",
  "support_center.label_filter": "",
  "support_center.style_setting.global_style_setting": "globalStyle",
  "support_center.style_setting.hero_style_setting": "heroStyle",
};

/** The properties of a configuration that declare these arguments, as far as there are any for them. */
export function propertiesOf(block: Block, values: Arguments, inside = ""): Properties {
  const found: Record<string, PropertyValue> = {};
  const path = (name: string): string => (inside === "" ? name : `${inside}.${name}`);
  for (const name of namesIn(block)) {
    const value = values[name];
    if (value === undefined) continue;
    const property = names[path(name)] ?? camelCase(name);
    const nested = block.blocks[name];
    if (path(name) === "custom_i18n_labels") {
      const labels = labelsOf(value);
      if (labels !== undefined) found["labels"] = labels;
    } else if (nested === undefined) {
      found[property] = value;
    } else if (!isOne(nested)) {
      found[property] = itemsOf(value).map((item) => propertiesOf(nested, item, path(name)));
    } else if (isArguments(value)) {
      const inner = propertiesOf(nested, value, path(name));
      if (property === "") Object.assign(found, inner);
      else found[property] = inner;
    }
  }
  return found;
}

/** The way to the property that an argument is; a list is written `[0]`. It is for those who compare the two. */
export function propertyPath(argument: string): string {
  let inside = "";
  return argument
    .split(".")
    .flatMap((step) => {
      const name = step.replace("[0]", "");
      inside = inside === "" ? name : `${inside}.${name}`;
      const property = names[inside] ?? camelCase(name);
      return property === "" ? [] : [step.endsWith("[0]") ? `${property}[0]` : property];
    })
    .join(".");
}

/** Whether a property must be written where the object is that holds it. */
export function isRequiredProperty(block: Block, property: string, inside = "", at = ""): boolean {
  const place = (name: string): string => (inside === "" ? name : `${inside}.${name}`);
  const way = (name: string): string => {
    const own = names[place(name)] ?? camelCase(name);
    return at === "" || own === "" ? at + own : `${at}.${own}`;
  };
  return (
    Object.entries(block.attributes).some(([name, { mode }]) => mode === "required" && way(name) === property) ||
    Object.entries(block.blocks).some(([name, nested]) => isRequiredProperty(nested, property, place(name), way(name)))
  );
}

/** What tells most comes first. */
function namesIn({ attributes, blocks }: Block): readonly string[] {
  const first = ["type", "enabled"].filter((name) => name in attributes);
  return [...new Set([...first, ...Object.keys(attributes), ...Object.keys(blocks)])];
}

function itemsOf(value: ArgumentValue): readonly Arguments[] {
  return Array.isArray(value) ? (value as readonly ArgumentValue[]).filter(isArguments) : [];
}

/** The way to a property: names, and indices of lists. */
export type PropertyPath = readonly (string | number)[];

function isProperties(value: PropertyValue | undefined): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at the end of the way. */
export function propertyAt(root: PropertyValue, path: PropertyPath): PropertyValue | undefined {
  return path.reduce<PropertyValue | undefined>((value, step) => {
    if (typeof step === "number") return isList(value) ? value[step] : undefined;
    return isProperties(value) ? value[step] : undefined;
  }, root);
}

/** The same properties without one of them. */
export function without(root: Properties, [step = "", ...rest]: PropertyPath): Properties {
  return Object.fromEntries(
    Object.entries(root).flatMap(([name, value]): [string, PropertyValue][] => {
      if (name !== step) return [[name, value]];
      if (rest.length === 0) return [];
      return [[name, isProperties(value) ? without(value, rest) : isList(value) ? withoutIn(value, rest) : value]];
    }),
  );
}

function withoutIn(list: readonly PropertyValue[], [index, ...rest]: PropertyPath): readonly PropertyValue[] {
  return list.map((item, at) => (at === index && isProperties(item) ? without(item, rest) : item));
}

/** The ways to all properties, each before those inside it. */
export function pathsIn(value: PropertyValue, inside: PropertyPath = []): readonly PropertyPath[] {
  if (isList(value)) return value.flatMap((item, index) => pathsIn(item, [...inside, index]));
  if (!isProperties(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...inside, name], ...pathsIn(inner, [...inside, name])]);
}

function isList(value: PropertyValue | undefined): value is readonly PropertyValue[] {
  return Array.isArray(value);
}
