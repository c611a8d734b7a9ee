import { endpointsOf, missingCredentials, noCredentials } from "../../lib/operations/project";
import { stackOf } from "../cli/examined";

const token = { GENESYSCLOUD_ACCESS_TOKEN: "token" };
const stacks = [stackOf("shop"), stackOf("brand", { awsRegion: "eu-central-1" })];

test("a stack's organisation answers where its provider and the environment say", () => {
  expect(endpointsOf(stackOf("brand", { awsRegion: "eu-central-1" }), token)).toMatchObject({
    api: "https://api.mypurecloud.de",
    credentials: { accessToken: "token" },
  });
});

test("an unknown region is told with the stack that has it", () => {
  expect(() => endpointsOf(stackOf("shop"), { GENESYSCLOUD_REGION: "atlantis-1" })).toThrow(
    /^Cannot determine the Genesys Cloud endpoint of the stack "shop": Invalid region "atlantis-1" \(GENESYSCLOUD_REGION\): expected .*\.$/,
  );
});

test.each<[string, typeof stacks, NodeJS.ProcessEnv, string | undefined]>([
  ["are told where the environment has none", stacks, {}, noCredentials],
  ["are not missing where the environment has them", stacks, token, undefined],
  ["are not missing where nothing is to be read", [], {}, undefined],
])("credentials %s", (_, of, environment, expected) => {
  expect(missingCredentials(of, environment)).toBe(expected);
});
