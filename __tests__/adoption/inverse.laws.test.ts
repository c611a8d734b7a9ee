import { runInNewContext } from "node:vm";
import fc from "../fast-check";
import { type WebMessengerProps } from "../../lib/messenger";
import { conform } from "../../lib/sandbox/provider/conform";
import { flatten } from "../../lib/sandbox/provider/flatten";
import { plan } from "../../lib/sandbox/provider/plan";
import { isList, isValues, type Value, type Values } from "../../lib/sandbox/provider/value";
import { type ApiObject } from "../../lib/genesys/api-path";
import { type Block } from "../../lib/genesys/provider-schema";
import { configurationArguments, everyProperty } from "../messenger/every-property";
import { argumentsOf, refusals } from "../messenger/synthesis";
import { everyDeploymentProperty, everyProperty as everyArgument } from "../sandbox/provider/every-property";
import { valuesOf } from "../sandbox/provider/arbitrary";
import { propertyPath } from "../../lib/adoption/property-names";
import {
  adopted,
  answerOf,
  configurationId,
  configurationSchema,
  deploymentId,
  deploymentSchema,
  liveOf,
  plainConfiguration,
  plainDeployment,
  programOf,
} from "./live";

/** What the text of the program means to whoever runs it. */
function evaluated(messenger: string): Partial<WebMessengerProps> {
  const { production } = JSON.parse(JSON.stringify(runInNewContext(`({ ${messenger} })`))) as {
    readonly production: Partial<WebMessengerProps>;
  };
  return production;
}

/** What Terraform makes of the JSON that was synthesised: an object is a list of one block, and `$${` is no expression. */
function configured(schema: Block, json: Readonly<Record<string, unknown>>): Values {
  const known = Object.keys({ ...schema.attributes, ...schema.blocks });
  return conform(
    schema,
    blocksOf(schema, Object.fromEntries(Object.entries(json).filter(([name]) => known.includes(name)))),
  );
}

function blocksOf(schema: Block, json: object): object {
  return Object.fromEntries(
    Object.entries(json).map(([name, value]: [string, unknown]) => {
      const nested = schema.blocks[name];
      if (nested === undefined) return [name, unescaped(value)];
      const items: readonly unknown[] = Array.isArray(value) ? value : value === null ? [] : [value];
      return [name, items.map((item) => blocksOf(nested, Object(item) as object))];
    }),
  );
}

function unescaped(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unescaped);
  if (typeof value !== "string") return value;
  expect(value).not.toMatch(/(?<![$%])[$%]\{/);
  return value.replace(/([$%])\1(?=\{)/g, "$1");
}

/** What the provider would import of the API's answer, and what it would plan for the program. */
function planned(
  schema: Block,
  answer: ApiObject,
  json: Readonly<Record<string, unknown>>,
): { prior: Values; plan: Values | null } {
  const prior = flatten(schema, answer, null);
  const proposed = keepComputed(schema, configured(schema, json), prior);
  return { prior, plan: plan(schema, { prior, proposed, legacy: true }, ["version"]) };
}

/** As Terraform proposes: what the configuration leaves to the provider stays what it was, by the index of the block. */
function keepComputed(schema: Block, values: Values, prior: Values | undefined): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, Value] => {
      const attribute = schema.attributes[name];
      const before = prior?.[name] ?? null;
      if (attribute !== undefined)
        return [name, value === null && attribute.mode.endsWith("computed") ? before : value];
      const nested = schema.blocks[name];
      if (nested === undefined || !isList(value)) return [name, value];
      const items = isList(before) ? before : [];
      return [
        name,
        value.map((item, index) => {
          const old = items[index];
          return isValues(item) ? keepComputed(nested, item, isValues(old) ? old : undefined) : item;
        }),
      ];
    }),
  );
}

/** The environment says these. */
function without(values: object, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name)));
}

function expectNoChange(configuration: ApiObject, deployment: ApiObject): void {
  const adoption = adopted({ configuration, deployment });
  const props = evaluated(programOf(adoption).messenger);
  expect(refusals(props)).toEqual([]);
  const json = argumentsOf(props);
  const ofConfiguration = planned(configurationSchema, configuration, json.configuration);
  expect(ofConfiguration.plan).toEqual(ofConfiguration.prior);
  const own = without(json.deployment, ["configuration", "allowed_domains", "allow_all_domains"]);
  const answer = { ...plainDeployment, ...deployment };
  const live = {
    ...flatten(deploymentSchema, answer, null),
    configuration: [],
    allowed_domains: null,
    allow_all_domains: false,
  };
  const proposed = keepComputed(deploymentSchema, configured(deploymentSchema, own), live);
  expect(plan(deploymentSchema, { prior: live, proposed, legacy: true })).toEqual(live);
  expect(adoption.changes).toEqual({ configuration: [], deployment: [] });
}

test("a property is found by the name of its argument", () => {
  for (const [property, argument] of configurationArguments)
    expect([argument, propertyPath(argument)]).toEqual([argument, property]);
});

test("a Messenger with every property: no change, and no override", () => {
  // False where nothing is said means the same, and is left out.
  const journeyEvents = { ...everyProperty.journeyEvents, shouldKeepUrlFragment: true };
  const json = argumentsOf({ ...everyProperty, headlessModeEnabled: true, journeyEvents });
  const configuration = {
    ...answerOf(configurationSchema, configured(configurationSchema, json.configuration)),
    id: configurationId,
    version: "1",
  };
  expectNoChange(configuration, {});
  const { properties } = adopted({ configuration });
  expect(properties).not.toHaveProperty("overrides");
  expect(argumentsOf(properties).configuration).toEqual(json.configuration);
});

test("a configuration and a deployment with every argument: no change", () => {
  const configuration = {
    ...answerOf(configurationSchema, everyArgument),
    id: configurationId,
    version: "1",
    status: "Active",
  };
  const values = without(everyDeploymentProperty, ["allow_all_domains"]);
  const deployment = answerOf(deploymentSchema, {
    name: "Everything",
    ...values,
    configuration: [{ id: configurationId, version: "1" }],
  });
  expectNoChange(configuration, { ...deployment, id: deploymentId, status: "Active" });
});

/** What Terraform insists on by itself, and the construct on top of that: neither can be in a live configuration and be declared. */
const names = { name: "Any", default_language: "en-us", languages: ["en-us", "de"] };

test("whatever is live is declared so that the plan is empty", () => {
  fc.assert(
    fc.property(
      valuesOf(configurationSchema, { asConfigured: true }),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }),
      (values, name) => {
        const answer = liveOf({ ...values, ...names, name });
        expectNoChange({ ...answer, id: configurationId, version: "1", status: "Active" }, {});
      },
    ),
    { numRuns: 200 },
  );
});

test("texts that look like expressions of Terraform stay texts", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[$%{}a"'\\]{1,12}$/), (text) => {
      expectNoChange({ ...plainConfiguration, name: text, description: text }, { name: text, description: text });
    }),
    { numRuns: 200 },
  );
});
