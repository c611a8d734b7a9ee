import fc from "../fast-check";
import { cases } from "../fast-check";
import { isRequired, type Shape, shapeOf } from "../../lib/base/shape";
import { type ApiObject } from "../../lib/genesys/provider-schema";
import { type WebMessengerProps } from "../../lib/messenger/web-messenger-props";
import { configurationFields } from "../../lib/messenger/configuration/configuration";
import { bodyProblems, bodyShape } from "../../packages/sandbox/lib/api/body-shape";
import { isJsonObject, type JsonObject } from "../../packages/sandbox/lib/cloud/json";
import { expand, flatten, ofConfiguration as peculiarities } from "../../packages/sandbox/lib/provider/body";
import { plan } from "../../packages/sandbox/lib/provider/plan";
import { adopted, configurationId, configurationSchema, programOf } from "../codegen/live";
import { configured, evaluated, keepComputed } from "../codegen/planned";
import { argumentsOf, refusals } from "./synthesis";

type Properties = Partial<WebMessengerProps>;

const texts = ["", "x", "#0b5fff", "https://www.example.com/a.png"];
const numbers = [0, 1, 30, 100, 10_240];

/** Values that a shape describes; `isRight` makes them all acceptable by themselves. */
function valueOf(shape: Shape, isRight: boolean): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "text":
      return fc.constantFrom(...texts.filter((text) => !isRight || (shape.holds?.(text) ?? true)));
    case "number":
      return fc.constantFrom(...numbers.filter((number) => !isRight || (shape.holds?.(number) ?? true)));
    case "flag":
      return fc.boolean();
    case "literal":
      return fc.constantFrom(...shape.values);
    case "list":
      return fc.array(valueOf(shape.of, isRight), { minLength: isRight ? (shape.min ?? 0) : 0, maxLength: 2 });
    case "map":
      return fc.dictionary(fc.constantFrom("en-us", "de"), valueOf(shape.of, isRight), { noNullPrototype: true });
    case "object":
      return objectOf(shape.fields, isRight);
    case "either":
    case "variant":
    case "instance":
    case "anything":
      throw new Error(`No property of a configuration is described by "${shape.kind}".`);
  }
}

function objectOf(fields: typeof configurationFields | object, isRight: boolean): fc.Arbitrary<object> {
  const all = Object.entries(fields) as [string, Parameters<typeof shapeOf>[0]][];
  return fc.record(Object.fromEntries(all.map(([name, field]) => [name, valueOf(shapeOf(field), isRight)])), {
    noNullPrototype: true,
    requiredKeys: isRight ? all.filter(([, field]) => isRequired(field)).map(([name]) => name) : [],
  });
}

const names = { defaultLanguage: "en-us", languages: ["en-us", "de"], configurationName: "Any" };
const features = Object.fromEntries(Object.entries(configurationFields).filter(([name]) => !(name in names)));
const properties = (isRight: boolean): fc.Arbitrary<Properties> =>
  objectOf(features, isRight).map((some): Properties => ({ ...some, ...names }));

/** How often a body or a program says "" or 0. */
function zeroes(value: unknown): number {
  if (value === "" || value === 0) return 1;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + zeroes(inner), 0);
}

/** Everything that must hold of a program that synthesis accepts. */
function expectWhole(props: Properties): void {
  const json = argumentsOf(props).configuration;
  const config = configured(configurationSchema, json);
  const planned = plan(configurationSchema, { prior: null, proposed: config, legacy: true });
  if (planned === null) throw new Error("A create was planned as a destroy.");

  const body = bodyOf(expand(configurationSchema, planned, { peculiarities }));
  expect(bodyProblems(body, bodyShape(configurationSchema))).toEqual([]);
  expect(zeroes(body)).toBeLessThanOrEqual(zeroes(props));

  const answer: ApiObject = { ...body, id: configurationId, version: "1", status: "Active" };
  const state = flatten(configurationSchema, answer, planned, peculiarities);
  const proposed = keepComputed(configurationSchema, config, state);
  expect(plan(configurationSchema, { prior: state, proposed, legacy: true })).toEqual(state);

  const again = evaluated(programOf(adopted({ configuration: answer })).messenger);
  expect(again).not.toHaveProperty("overrides");
  expect(withoutSilence(argumentsOf(again).configuration)).toEqual(withoutSilence(json));
}

/** The provider sends two flags only when they are true, and empty lists also when nothing is said: it is all the same to it. */
function withoutSilence(json: object): unknown {
  return JSON.parse(JSON.stringify(json), (name, value: unknown) => {
    const isFlag = ["headless_mode_enabled", "should_keep_url_fragment"].includes(name);
    return (isFlag && value === false) || (Array.isArray(value) && value.length === 0) ? undefined : value;
  });
}

function bodyOf(body: ApiObject): JsonObject {
  const json: unknown = JSON.parse(JSON.stringify(body));
  return isJsonObject(json) ? json : {};
}

describe("every block that a program mentions is written whole", () => {
  test("whatever is right by itself: the second plan is empty, and adopting it gives the same program", () => {
    let accepted = 0;
    fc.assert(
      fc.property(properties(true), (props) => {
        if (refusals(props).length > 0) return;
        accepted++;
        expectWhole(props);
      }),
      { numRuns: cases(50, 15) },
    );
    expect(accepted).toBeGreaterThan(10);
  });

  const single = Object.entries(features).map(([name, field]) => ({ name, shape: shapeOf(field) }));
  test.each(single)("$name alone, whatever is in it: refused with what to do, or written whole", ({ name, shape }) => {
    fc.assert(
      fc.property(fc.oneof(valueOf(shape, true), valueOf(shape, false)), (value) => {
        const props: Properties = { ...names, [name]: value };
        const refused = refusals(props);
        if (refused.length === 0) expectWhole(props);
        for (const line of refused) expect(line).toMatch(/^(Invalid|Missing) [\w.[\]-]+.*: \S/);
      }),
      { numRuns: cases(30, 10) },
    );
  });
});
