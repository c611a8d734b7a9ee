import { liveEndpoints } from "../../lib/platform/endpoints";

describe("where an organisation answers, and who asks", () => {
  const client = { GENESYSCLOUD_OAUTHCLIENT_ID: "id", GENESYSCLOUD_OAUTHCLIENT_SECRET: "secret" };

  test("is the first region without credentials, where the environment says nothing", () => {
    expect(liveEndpoints({})).toEqual({
      login: "https://login.mypurecloud.com",
      api: "https://api.mypurecloud.com",
      publicFiles: "https://api-cdn.mypurecloud.com",
      credentials: undefined,
    });
  });

  test("follows the provider's variable, and the stack's own region before it", () => {
    const environment = { GENESYSCLOUD_REGION: "eu-west-2" };
    expect(liveEndpoints(environment).api).toBe("https://api.euw2.pure.cloud");
    expect(liveEndpoints(environment, { awsRegion: "eu-central-1" }).api).toBe("https://api.mypurecloud.de");
  });

  test.each([
    [client, { clientId: "id", clientSecret: "secret" }],
    [{ ...client, GENESYSCLOUD_ACCESS_TOKEN: "token" }, { accessToken: "token" }],
    [
      { ...client, GENESYSCLOUD_ACCESS_TOKEN: "" },
      { clientId: "id", clientSecret: "secret" },
    ],
    [{ GENESYSCLOUD_OAUTHCLIENT_ID: "id" }, undefined],
    [{ ...client, GENESYSCLOUD_OAUTHCLIENT_SECRET: "" }, undefined],
  ])("a token before a client, and half a client does not count: %j", (environment, credentials) => {
    expect(liveEndpoints(environment).credentials).toEqual(credentials);
  });

  test("a gateway takes the API's calls and the token's, where the stack has one", () => {
    const environment = {
      GENESYSCLOUD_REGION: "eu-central-1",
      GENESYSCLOUD_GATEWAY_HOST: "gateway.example.com",
      GENESYSCLOUD_GATEWAY_PORT: "8443",
    };
    expect(liveEndpoints(environment).api).toBe("https://api.mypurecloud.de");
    expect(liveEndpoints(environment, { gateway: true })).toMatchObject({
      login: "https://gateway.example.com:8443",
      api: "https://gateway.example.com:8443",
      publicFiles: "https://api-cdn.mypurecloud.de",
    });
  });

  test("a gateway that the environment does not name does not count", () => {
    expect(liveEndpoints({}, { gateway: true }).api).toBe("https://api.mypurecloud.com");
  });

  test("the sandbox takes the place of all hosts, whatever region is named", () => {
    const environment = { ...client, GENESYS_SANDBOX_URL: "http://127.0.0.1:4000/", GENESYSCLOUD_REGION: "nowhere" };
    const url = "http://127.0.0.1:4000";
    expect(liveEndpoints(environment, { gateway: true })).toMatchObject({ login: url, api: url, publicFiles: url });
  });

  test.each([
    [
      { GENESYSCLOUD_REGION: "frankfurt" },
      {},
      'Invalid region "frankfurt" (GENESYSCLOUD_REGION): expected one of us-east-1, ',
    ],
    [{ GENESYSCLOUD_REGION: "mypurecloud.de" }, {}, 'expected its AWS name, "eu-central-1"'],
    [{}, { awsRegion: "mars" }, 'Invalid region "mars" (aws_region of the stack\'s provider): expected one of'],
    [{}, { awsRegion: "mars", place: "--region" }, 'Invalid region "mars" (--region): expected one of'],
  ])("an invalid region is refused, with the place that names it: %j %j", (environment, stack, message) => {
    expect(() => liveEndpoints(environment, stack)).toThrow(message);
  });

  test.each([
    [{ GENESYS_SANDBOX_URL: "localhost" }, 'Invalid address "localhost" (GENESYS_SANDBOX_URL): expected a URL'],
    [
      { GENESYSCLOUD_GATEWAY_HOST: "https://x" },
      '"https://https://x" (GENESYSCLOUD_GATEWAY_PROTOCOL, _HOST and _PORT)',
    ],
    [{ GENESYSCLOUD_GATEWAY_HOST: "x", GENESYSCLOUD_GATEWAY_PORT: "many" }, '"https://x:many"'],
    [{ GENESYSCLOUD_GATEWAY_HOST: "x", GENESYSCLOUD_GATEWAY_PROTOCOL: "ftp" }, '"ftp://x"'],
  ])("an invalid address is refused, with the variable that holds it: %j", (environment, message) => {
    expect(() => liveEndpoints(environment, { gateway: true })).toThrow(message);
  });

  test.each([
    [{ GENESYS_SANDBOX_URL: "http//app:s3cr3t@127.0.0.1" }],
    [{ GENESYSCLOUD_GATEWAY_HOST: "app:s3cr3t@gate way" }],
    [{ GENESYSCLOUD_GATEWAY_HOST: "x", GENESYSCLOUD_GATEWAY_PROTOCOL: "ftp://app:s3cr3t@y" }],
    [{ GENESYSCLOUD_ACCESS_TOKEN: "first-s3cr3t\nsecond-s3cr3t" }],
    [{ GENESYSCLOUD_ACCESS_TOKEN: "s3cr3t token" }],
  ])("no refusal shows a user, a password or a token: %j", (environment) => {
    expect(() => liveEndpoints(environment, { gateway: true })).toThrow(/^(?!.*s3cr3t)/s);
  });
});
