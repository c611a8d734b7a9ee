import { regions } from "../../lib/genesys/regions";
import { contentSecurityPolicy, mergeContentSecurityPolicy } from "../../lib/messenger/content-security-policy";

describe("what a page's Content-Security-Policy must admit", () => {
  test("the narrow form names each host, and is what one gets unasked", () => {
    expect(contentSecurityPolicy({ region: "eu-west-2" }).directives).toEqual({
      "script-src": ["https://apps.euw2.pure.cloud"],
      "connect-src": [
        "https://api-cdn.euw2.pure.cloud",
        "https://api.euw2.pure.cloud",
        "wss://webmessaging.euw2.pure.cloud",
        "https://shyrka-prod-euw2.s3.eu-west-2.amazonaws.com",
      ],
      "frame-src": ["https://apps.euw2.pure.cloud"],
      "child-src": ["https://apps.euw2.pure.cloud"],
    });
  });

  test("the wide form is what Genesys asks for, the region's second domain included", () => {
    const { directives } = contentSecurityPolicy({ region: "eu-west-1", form: "wide" });
    const hosts = [
      "https://*.mypurecloud.ie",
      "https://*.euw1.pure.cloud",
      "https://*.newrelic.com",
      "https://*.nr-data.net",
    ];

    expect(directives).toEqual({
      "script-src": hosts,
      "connect-src": [
        ...hosts,
        "wss://*.mypurecloud.ie",
        "wss://*.euw1.pure.cloud",
        "https://shyrka-prod-euw1.s3.eu-west-1.amazonaws.com",
      ],
      "frame-src": hosts,
      "child-src": hosts,
      "img-src": hosts,
      "media-src": hosts,
      "object-src": hosts,
    });
  });

  test("the header says the same as the directives", () => {
    expect(contentSecurityPolicy().header).toBe(
      [
        "script-src https://apps.mypurecloud.com",
        "connect-src https://api-cdn.mypurecloud.com https://api.mypurecloud.com wss://webmessaging.mypurecloud.com " +
          "https://shyrka-prod.s3.amazonaws.com",
        "frame-src https://apps.mypurecloud.com",
        "child-src https://apps.mypurecloud.com",
      ].join("; "),
    );
  });

  test("the bucket for attachments is left out on request", () => {
    expect(contentSecurityPolicy({ uploads: false }).header).not.toContain("shyrka");
    expect(contentSecurityPolicy({ uploads: false, form: "wide" }).header).not.toContain("shyrka");
  });

  test.each([
    ["us-east-1", "https://shyrka-prod.s3.amazonaws.com"],
    ["us-east-2", "https://shyrka-fedramp-use2-core.s3-fips.us-east-2.amazonaws.com"],
    ["us-west-2", "https://shyrka-prod-usw2.s3.us-west-2.amazonaws.com"],
    ["ap-northeast-1", "https://shyrka-prod-apne1.s3.ap-northeast-1.amazonaws.com"],
    ["eusc-de-east-1", undefined],
  ] as const)("visitors of %s upload to %s", (region, bucket) => {
    const sources = contentSecurityPolicy({ region }).directives["connect-src"] ?? [];

    expect(sources.find((source) => source.includes("shyrka"))).toBe(bucket);
  });

  test.each(regions)("every region has its own: $awsRegion", (region) => {
    const { domain, awsRegion } = region;
    const narrow = contentSecurityPolicy({ region: awsRegion }).header;
    const wide = contentSecurityPolicy({ region: awsRegion, form: "wide" }).header;

    expect(narrow).toContain(`script-src https://apps.${domain};`);
    expect(narrow).toContain(`https://api-cdn.${domain} https://api.${domain} wss://webmessaging.${domain}`);
    expect(narrow).not.toContain("*");
    expect(wide).toContain(`https://*.${domain}`);
    expect(wide).toContain(`wss://*.${domain}`);
    if ("alias" in region) expect(wide).toContain(`https://*.${region.alias}`);
  });
});

describe("a page's own policy, widened for the Messenger", () => {
  const needed = contentSecurityPolicy({ uploads: false });
  const apps = "https://apps.mypurecloud.com";
  const api = "https://api-cdn.mypurecloud.com https://api.mypurecloud.com wss://webmessaging.mypurecloud.com";

  test.each([
    [
      "adds to the directives that are there",
      "script-src 'self'; connect-src 'self' https://api.example.com; frame-src https://player.example.com",
      `script-src 'self' ${apps}; connect-src 'self' https://api.example.com ${api}; frame-src https://player.example.com ${apps}`,
    ],
    [
      "starts from default-src where a directive is missing",
      "default-src 'self'; script-src 'self' 'unsafe-inline'",
      `default-src 'self'; script-src 'self' 'unsafe-inline' ${apps}; connect-src 'self' ${api}; frame-src 'self' ${apps}`,
    ],
    ["leaves unrestricted what the page does not restrict", "img-src 'self'", "img-src 'self'"],
    [
      "takes 'none' away, because it excludes every other source",
      "default-src 'none'",
      `default-src 'none'; script-src ${apps}; connect-src ${api}; frame-src ${apps}`,
    ],
    [
      "adds to the directive that decides about script elements",
      "script-src 'none'; script-src-elem 'self'",
      `script-src 'none'; script-src-elem 'self' ${apps}`,
    ],
    [
      "adds frames to child-src where that decides, and makes none that would take over the workers",
      "script-src blob:; child-src 'self'",
      `script-src blob: ${apps}; child-src 'self' ${apps}`,
    ],
    ["reads names in any case, and the first of two", "SCRIPT-SRC a; script-src b", `script-src a ${apps}`],
    ["widens each of several policies", "script-src a, frame-src b", `script-src a ${apps}, frame-src b ${apps}`],
    ["keeps directives without sources", "upgrade-insecure-requests;", "upgrade-insecure-requests"],
  ])("%s", (_, policy, merged) => {
    expect(mergeContentSecurityPolicy(policy, needed)).toBe(merged);
  });

  test("is not widened twice", () => {
    const once = mergeContentSecurityPolicy("default-src 'self'; worker-src blob:", needed);

    expect(mergeContentSecurityPolicy(once, needed)).toBe(once);
  });
});
