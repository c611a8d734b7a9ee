import { isOne } from "../../../../lib/genesys/arguments";
import {
  type ApiObject,
  type Attribute,
  type Block,
  isApiObject,
  type NestedBlock,
  schemaValueAt,
  withValueAt,
} from "../../../../lib/genesys/provider-schema";
import { CrashError } from "./diagnostic";
import { blocksIn, isList, isZero, UnknownValue, type Value, type Values, zeroOf } from "./value";

/** What the genuine provider does to some arguments and blocks only; measured on version 1.84.1. Paths are those of the schema. */
interface Peculiarities {
  /** Arguments inside a block that are not sent when they are zero; everything else in a block is sent in any case. */
  readonly leftOutWhenZero: ReadonlySet<string>;
  /** Lists of blocks that are sent as null when they are empty; other empty lists of blocks are not sent. */
  readonly nullWhenEmpty: ReadonlySet<string>;
  /** Blocks that crash the provider when no argument of them has a value. Other such blocks are dropped. */
  readonly crashesWhenBare: ReadonlySet<string>;
  /** Arguments that crash the provider when an answer of the API lacks them. */
  readonly crashesWhenMissing: ReadonlySet<string>;
}

/** A resource without any. */
export const none: Peculiarities = {
  leftOutWhenZero: new Set(),
  nullWhenEmpty: new Set(),
  crashesWhenBare: new Set(),
  crashesWhenMissing: new Set(),
};

/** Those of `genesyscloud_webdeployments_configuration`. */
export const ofConfiguration: Peculiarities = {
  leftOutWhenZero: new Set([
    "journey_events.pageview_config",
    "journey_events.should_keep_url_fragment",
    "messenger.apps.conversations.notifications.notification_content_type",
    "messenger.apps.conversations.session_duration_seconds",
    "messenger.launcher_button.display_type",
    "messenger.launcher_button.visibility",
    "messenger.session_persistence_type",
    "support_center.knowledge_base_id",
    "support_center.router_type",
    "video.agent.background",
    "video.agent.background_image.url",
  ]),
  nullWhenEmpty: new Set(["cobrowse.pause_criteria"]),
  crashesWhenBare: new Set([
    "authentication_settings",
    "cobrowse",
    "cobrowse.pause_criteria",
    "journey_events",
    "support_center",
    "support_center.screens.module_settings.detailed_category_module_template",
    "support_center.style_setting",
    "support_center.style_setting.global_style_setting",
    "support_center.style_setting.hero_style_setting",
    "video.agent.background_image",
    "video.user",
  ]),
  crashesWhenMissing: new Set([
    "cobrowse.pause_criteria.condition",
    "cobrowse.pause_criteria.url_fragment",
    "custom_i18n_labels.localized_labels.key",
    "custom_i18n_labels.localized_labels.value",
    "messenger.file_upload.mode.file_types",
    "messenger.file_upload.mode.max_file_size_kb",
    "support_center.screens.module_settings.detailed_category_module_template.sidebar_enabled",
  ]),
};

/** The path of something in a block; the block of the resource itself has an empty one. */
function pathIn(block: string, name: string): string {
  return block === "" ? name : `${block}.${name}`;
}

/** The computed attributes that an answer has and a request never. */
const neverSent = ["id", "status"];

/** What a request is made from. */
interface Expansion {
  /** The state before an update; null before a create. A block that was there is never without a value. */
  readonly prior?: Values | null;
  readonly peculiarities?: Peculiarities;
}

/**
 * A resource as the API takes it. At the root, what the provider's SDK cannot distinguish from an unset value (an empty string, false) is left
 * out. Inside a block that is there everything is sent: "", 0, false or [] where the configuration says nothing. A block in which
 * nothing has a value is dropped, and in a list of blocks becomes an empty object.
 *
 * @throws {@link CrashError} where that crashes the genuine provider
 */
export function expand(
  block: Block,
  values: Values,
  { prior = null, peculiarities = none }: Expansion = {},
): ApiObject {
  return expandBlock(block, values, prior, { peculiarities, inside: "" });
}

interface Sending {
  readonly peculiarities: Peculiarities;
  /** The path of the enclosing block in the schema; empty at the root. */
  readonly inside: string;
}

function expandBlock(block: Block, values: Values, prior: Values | null, context: Sending): ApiObject {
  const { peculiarities, inside } = context;
  let body: ApiObject = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const value = sent(attribute, values[name] ?? null, pathIn(inside, name), context);
    if (attribute.api !== undefined && value !== undefined) body = withValueAt(body, attribute.api, value);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    if (nested.api === undefined) continue;
    const path = pathIn(inside, name);
    const before = blocksIn(prior, name);
    const items = blocksIn(values, name).map((item, index) =>
      expandItem(nested, item, before[index] ?? null, { peculiarities, inside: path }),
    );
    if (isOne(nested) && items[0] !== undefined) body = withValueAt(body, nested.api, items[0]);
    else if (!isOne(nested) && items.length > 0) {
      body = withValueAt(
        body,
        nested.api,
        items.map((item) => item ?? {}),
      );
    } else if (peculiarities.nullWhenEmpty.has(path)) body = withValueAt(body, nested.api, null);
  }
  return body;
}

/** Undefined where nothing in the block has a value. */
function expandItem(nested: NestedBlock, item: Values, prior: Values | null, context: Sending): ApiObject | undefined {
  if (!isBare(nested, item, prior)) return expandBlock(nested, item, prior, context);
  const { peculiarities, inside } = context;
  if (peculiarities.crashesWhenBare.has(inside)) throw new CrashError(`the block "${inside}" has no values`);
  return undefined;
}

/**
 * Whether the SDK sees nothing in a block: it takes an empty string or list that was not there before for nothing. A computed block
 * that the configuration leaves out is a value to come.
 */
function isBare(block: Block, values: Values, prior: Values | null): boolean {
  if (prior !== null) return false;
  const hasValue = ([name]: readonly [string, Attribute]): boolean => {
    const value = values[name] ?? null;
    return value !== null && value !== "" && !(isList(value) && value.length === 0);
  };
  return (
    !Object.entries(block.attributes).some(hasValue) &&
    Object.entries(block.blocks).every(
      ([name, { computed = false }]) => !computed && blocksIn(values, name).length === 0,
    )
  );
}

function sent(attribute: Attribute, value: Value, path: string, { inside, peculiarities }: Sending): unknown {
  if (attribute.mode === "computed" || neverSent.includes(path)) return undefined;
  const known = value instanceof UnknownValue ? null : value;
  if (inside !== "" && !peculiarities.leftOutWhenZero.has(path)) return known ?? zeroOf(attribute);
  if (typeof known === "number" && known < 0) return undefined;
  return isZero(known) ? undefined : known;
}

/**
 * The API's answer as a state with every attribute and block of the schema. At the root, and for lists, the state's spelling of
 * nothing (null, false, "", an empty list) stays where the answer means nothing as well, so that the next plan sees no difference.
 * Inside a block everything else has a value: "", 0 or false where the answer says nothing. What the answer holds beside that is
 * the platform's own affair (`dateCreated`, `selfUri`) and no part of a state.
 *
 * @param current the state so far, or what was planned; null if there is no state, such as on import
 * @throws {@link CrashError} where the answer lacks what crashes the genuine provider
 */
export function flatten(
  block: Block,
  answer: ApiObject,
  current: Values | null,
  peculiarities: Peculiarities = none,
): Values {
  return flattenBlock(block, answer, current, { peculiarities, inside: "" });
}

/** The state that a read begins with; null where an import has just begun it, which knows nothing but the id. */
export function stateSoFar(state: Values): Values | null {
  return state["name"] === null ? null : state;
}

/**
 * A state in the spelling of another one: null and a zero value stay as they were. Terraform asks it of a provider that does not
 * say `legacy_type_system`.
 */
export function respelled(block: Block, state: Values, before: Values): Values {
  const attributes = Object.keys(block.attributes).map((name): [string, Value] => {
    const [value = null, old] = [state[name], before[name]];
    return [name, old !== undefined && !(old instanceof UnknownValue) && isZero(old) && isZero(value) ? old : value];
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => {
    const olds = blocksIn(before, name);
    return [name, blocksIn(state, name).map((item, index) => respelled(nested, item, olds[index] ?? item))];
  });
  return Object.fromEntries([...attributes, ...blocks]);
}

/** What was planned, as the state that an update leaves behind when it fails: what only the API knows is not known. */
export function stateOfPlan(block: Block, planned: Values, inside = ""): Values {
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => {
    const value = planned[name] ?? null;
    const known = value instanceof UnknownValue ? null : value;
    const isNothing = known === null && attribute.type !== "list(string)";
    return [name, isNothing && inside !== "" ? zeroOf(attribute) : known];
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    blocksIn(planned, name).map((item) => stateOfPlan(nested, item, pathIn(inside, name))),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

interface Reading {
  readonly peculiarities: Peculiarities;
  readonly inside: string;
}

function flattenBlock(block: Block, answer: ApiObject, current: Values | null, context: Reading): Values {
  const { inside, peculiarities } = context;
  const attributes = Object.entries(block.attributes).map(([name, attribute]): [string, Value] => {
    const value = toValue(attribute.api === undefined ? undefined : schemaValueAt(answer, attribute.api));
    if (value === null && peculiarities.crashesWhenMissing.has(pathIn(inside, name))) {
      throw new CrashError(`the API's response has no "${pathIn(inside, name)}"`);
    }
    if (inside !== "" && attribute.type !== "list(string)") return [name, value ?? zeroOf(attribute)];
    const before = current?.[name];
    const isSpelling = before !== undefined && !(before instanceof UnknownValue) && isZero(before) && isZero(value);
    return [name, isSpelling ? before : value];
  });
  const blocks = Object.entries(block.blocks).map(([name, nested]): [string, Value] => [
    name,
    flattenBlocks(nested, answer, blocksIn(current, name), { peculiarities, inside: pathIn(inside, name) }),
  ]);
  return Object.fromEntries([...attributes, ...blocks]);
}

function flattenBlocks(nested: NestedBlock, answer: ApiObject, current: readonly Values[], context: Reading): Value {
  const found = nested.api === undefined ? undefined : schemaValueAt(answer, nested.api);
  const items: readonly unknown[] = isOne(nested) ? [found] : Array.isArray(found) ? found : [];
  return items.filter(isApiObject).map((item, index) => flattenBlock(nested, item, current[index] ?? null, context));
}

/** Keeps a value that does not fit the schema recognizable, for the error that reports it. */
function toValue(answered: unknown): Value {
  if (answered === undefined || answered === null) return null;
  if (typeof answered === "string" || typeof answered === "number" || typeof answered === "boolean") return answered;
  if (Array.isArray(answered)) return answered.map(toValue);
  return Object.fromEntries(Object.entries(answered).map(([name, value]) => [name, toValue(value)]));
}
