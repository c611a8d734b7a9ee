import { isDeepStrictEqual } from "node:util";
import { isRecord, type JsonRecord } from "../base/json";
import { type ResourceChange } from "./plan";
import { type State } from "./state";
import { neverPublishedMark } from "./state-edit";

/**
 * What a plan does beyond undoing drift, a line for each resource. A change undoes drift if every attribute that it changes gets
 * the value that was deployed last: the one of the state before it was told what is live.
 *
 * @param state as it was pulled, before a repair has edited it
 */
export function changesBeyondDrift(changes: readonly ResourceChange[], state: State | undefined): readonly string[] {
  const deployed = attributesByAddress(state);
  return changes.flatMap((change): string | readonly string[] => {
    const { address, action } = change;
    const before = deployed.get(address);
    switch (action) {
      case "no-op":
      case "read":
        return [];
      case "create":
        return before === undefined || change.importId !== undefined ? `create ${address}` : [];
      case "update": {
        const names = changedAttributes(change).filter((name) => !isRestored(name, change.after?.[name], before));
        return names.length === 0 ? [] : `update ${address}: ${names.join(", ")}`;
      }
      case "delete":
      case "replace":
      case "forget":
        return `${action} ${address}`;
    }
  });
}

/** The attributes whose planned value is known and another one. */
function changedAttributes({ before = {}, after = {} }: ResourceChange): readonly string[] {
  return Object.keys(after).filter((name) => !agrees(after[name], before[name]));
}

/** Whether a planned value is that one, as far as it is known: a plan leaves out what it does not know, also inside a block. */
function agrees(planned: unknown, value: unknown): boolean {
  if (Array.isArray(planned)) {
    return (
      Array.isArray(value) && planned.length === value.length && planned.every((each, i) => agrees(each, value[i]))
    );
  }
  if (!isRecord(planned)) return isDeepStrictEqual(planned, value);
  return isRecord(value) && Object.keys(planned).every((name) => agrees(planned[name], value[name]));
}

function isRestored(name: string, planned: unknown, deployed: JsonRecord | undefined): boolean {
  const value = deployed?.[name];
  // What an earlier repair wrote that was cut short: it stands for a list that was deployed, which is known no more.
  const isMark = (name === "allowed_domains" && value === null) || value === neverPublishedMark;
  return isMark || agrees(planned, value);
}

function attributesByAddress(state: State | undefined): ReadonlyMap<string, JsonRecord> {
  const resources: unknown = state?.content["resources"];
  const list: readonly unknown[] = Array.isArray(resources) ? resources : [];
  const managed = list.filter(isRecord).filter(({ mode }) => mode === "managed");
  return new Map(managed.flatMap(instancesOf));
}

function instancesOf(resource: JsonRecord): readonly (readonly [string, JsonRecord])[] {
  const { module, type, name, instances } = resource;
  const address = [module, type, name].filter((word) => typeof word === "string").join(".");
  const list: readonly unknown[] = Array.isArray(instances) ? instances : [];
  return list.filter(isRecord).flatMap(({ index_key: key, attributes }) => {
    const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
    return isRecord(attributes) ? [[`${address}${index}`, attributes] as const] : [];
  });
}
