import fc from "../fast-check";
import { cases } from "../fast-check";
import { flatten } from "../../packages/sandbox/lib/provider/body";
import { plan } from "../../packages/sandbox/lib/provider/plan";
import { type ApiObject } from "../../lib/genesys/provider-schema";
import { configurationArguments, everyProperty } from "../messenger/every-property";
import { argumentsOf, refusals } from "../messenger/synthesis";
import {
  everyProperty as everyArgument,
  everyDeploymentProperty,
} from "../../packages/sandbox/__tests__/provider/every-property";
import { valuesOf } from "../../packages/sandbox/__tests__/provider/arbitrary";
import { configured, evaluated, keepComputed, planned } from "./planned";
import { propertyPath } from "../../lib/codegen/property-names";
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
    { numRuns: cases(200, 50) },
  );
});

test("texts that look like expressions of Terraform stay texts", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[$%{}a"'\\]{1,12}$/), (text) => {
      expectNoChange({ ...plainConfiguration, name: text, description: text }, { name: text, description: text });
    }),
    { numRuns: cases(200, 50) },
  );
});
