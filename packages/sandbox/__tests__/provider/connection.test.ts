import { connectionFrom, connectionProblems, withoutEffect } from "../../lib/provider/connection";
import { toSchema } from "../../lib/provider/codec";
import { parseDuration } from "../../../../lib/base/duration";
import { genuineTiming } from "../../lib/provider/timing";
import { type Values } from "../../lib/provider/value";
import { schema } from "./arbitrary";

const defaults = {
  apiUrl: "http://127.0.0.1:4000",
  credentials: { clientId: "sandbox", clientSecret: "secret" },
  timing: genuineTiming,
  environment: {},
};
const { signal } = new AbortController();
const config = (given: object): Values => toSchema(schema.provider, given);
const problems = (given: object): readonly string[] => connectionProblems(config(given)).map(({ summary }) => summary);

test("an empty block means the sandbox, its client and ten pooled clients", () => {
  expect(connectionFrom(config({}), defaults, signal)).toEqual({
    baseUrl: "http://127.0.0.1:4000",
    credentials: { clientId: "sandbox", clientSecret: "secret" },
    poolSize: 10,
    timing: genuineTiming,
    stopped: signal,
  });
});

test.each([
  ["a client", { oauthclient_id: "a", oauthclient_secret: "b" }, { clientId: "a", clientSecret: "b" }],
  ["an access token before a client", { access_token: "t", oauthclient_id: "a" }, { accessToken: "t" }],
  ["an incomplete client is ignored", { oauthclient_id: "a" }, defaults.credentials],
  ["an empty token is ignored", { access_token: "" }, defaults.credentials],
])("credentials: %s", (_, given, credentials) => {
  expect(connectionFrom(config(given), defaults, signal).credentials).toEqual(credentials);
});

test("a custom retry timeout and pool size", () => {
  const { timing, poolSize } = connectionFrom(
    config({ custom_retry_timeout: "1m30s", token_pool_size: 3 }),
    defaults,
    signal,
  );
  expect(timing).toEqual({ ...genuineTiming, notFound: 90_000 });
  expect(poolSize).toBe(3);
});

describe("a gateway", () => {
  const environment = {
    GENESYSCLOUD_GATEWAY_HOST: "127.0.0.1",
    GENESYSCLOUD_GATEWAY_PORT: "4567",
    GENESYSCLOUD_GATEWAY_PROTOCOL: "http",
  };
  const url = (given: object): string => connectionFrom(config(given), { ...defaults, environment }, signal).baseUrl;

  test.each([
    ["no block: the environment does not count", {}, "http://127.0.0.1:4000"],
    ["an empty block: the environment counts", { gateway: [{}] }, "http://127.0.0.1:4567"],
    ["each field for itself", { gateway: [{ host: "localhost", port: "1" }] }, "http://localhost:1"],
    ["its own protocol", { gateway: [{ protocol: "https" }] }, "https://127.0.0.1:4567"],
  ])("%s", (_, given, expected) => {
    expect(url(given)).toBe(expected);
  });

  test("on another machine is refused, from any source", () => {
    const refusal = `Unsupported gateway "gateway.example.com"`;
    expect(() => url({ gateway: [{ host: "gateway.example.com" }] })).toThrow(refusal);
    const elsewhere = { GENESYSCLOUD_GATEWAY_HOST: "gateway.example.com" };
    expect(() => connectionFrom(config({ gateway: [{}] }), { ...defaults, environment: elsewhere }, signal)).toThrow(
      refusal,
    );
  });
});

test.each([
  ["nothing", {}, []],
  ["what can be carried", { aws_region: "eu-central-1", custom_retry_timeout: "30s", token_pool_size: 20 }, []],
  ["a region", { aws_region: "mars-north-1" }, [`Invalid region "mars-north-1"`]],
  ["a duration", { custom_retry_timeout: "5 minutes" }, [`Invalid duration "5 minutes"`]],
  ["a pool", { token_pool_size: 21 }, ["Invalid token_pool_size 21"]],
  ["a proxy", { proxy: [{ host: "proxy" }] }, ["The sandbox does not support a proxy"]],
  [
    "a gateway with a password",
    { gateway: [{ auth: [{ username: "u", password: "p" }] }] },
    ["The sandbox does not support a gateway with auth"],
  ],
  [
    "a gateway with path parameters",
    { gateway: [{ path_params: [{ path_name: "api", path_value: "v" }] }] },
    ["The sandbox does not support a gateway with path_params"],
  ],
])("problems of the provider block: %s", (_, given, summaries) => {
  expect(problems(given)).toEqual(summaries);
});

test("settings without an effect are reported, not dropped silently", () => {
  expect(withoutEffect(config({ sdk_debug: true, log_stack_traces: false, token_init_timeout: "1m" }))).toEqual([
    "sdk_debug",
    "token_init_timeout",
  ]);
});

test.each([
  ["5m", 300_000],
  ["1h30m", 5_400_000],
  ["1.5s", 1_500],
  ["250ms", 250],
  ["", undefined],
  ["5", undefined],
  ["5 m", undefined],
  ["m", undefined],
])("the duration %j", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});
