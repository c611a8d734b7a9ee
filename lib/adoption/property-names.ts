import { type Block } from "../genesys/provider-schema";
import { type Arguments, type ArgumentValue, camelCase, isArguments, isOne } from "../genesys/arguments";
import { labelsOf } from "./labels";

/** Properties of a Messenger, as far as they are looked at here. */
export interface Properties {
  readonly [name: string]: PropertyValue;
}

/** The value of a property. */
export type PropertyValue = null | boolean | number | string | readonly PropertyValue[] | Properties;

/**
 * The properties that are called otherwise than the argument or block that they become, by the way to that. An empty name is
 * that of a block which is no property: what is in it stands in the properties around.
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
