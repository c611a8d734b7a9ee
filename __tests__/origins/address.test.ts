import { alreadyParsed, parseAddress, parsedAddress, withoutPath } from "../../lib/origins/address";

describe("an address comes down to what location.hostname says on its page", () => {
  test.each([
    ["https://www.example.com", "www.example.com"],
    ["https://WWW.München.example.com:8443/shop", "www.xn--mnchen-3ya.example.com"],
    ["HTTP://EXAMPLE.com", "example.com"],
    ["example.com", "example.com"],
    ["example.com/shop?step=1#top", "example.com"],
    ["localhost:3000", "localhost"],
    ["http://localhost:", "localhost"],
    ["  example.com\n", "example.com"],
    ["\ufeffhttps://example.com", "example.com"],
    ["example.com.", "example.com"],
    ["https://medium.com/@user", "medium.com"],
    ["https://example.com:80/?email=a@b.example", "example.com"],
    ["https://example.com\\shop", "example.com"],
    ["https://example.com/$path", "example.com"],
    ["_acme-challenge.example.com", "_acme-challenge.example.com"],
    ["-a-.example.com", "-a-.example.com"],
    ["faß.de", "xn--fa-hia.de"],
    ["ＥＸＡＭＰＬＥ。ｃｏｍ", "example.com"],
    ["example%2ecom", "example.com"],
    ["http://0x7f.1", "127.0.0.1"],
    ["http://2130706433/", "127.0.0.1"],
    ["127.1:3000", "127.0.0.1"],
    ["[::1]:3000", "[::1]"],
    ["http://[0:0:0:0:0:ffff:192.0.2.1]", "[::ffff:c000:201]"],
    ["https://a.example.com/?to=|https://b.example.com", "a.example.com"],
    ["example.com/.env/x", "example.com"],
    ["example.com:65535", "example.com"],
    // Forms that a framework, a platform or a template of theirs writes.
    ["http://localhost:3000/api/auth", "localhost"],
    ["storefront-git-main-acme.vercel.app", "storefront-git-main-acme.vercel.app"],
    ["https://deploy-preview-12--storefront.netlify.app", "deploy-preview-12--storefront.netlify.app"],
    ["https://tag---shop-abc123-ew.a.run.app", "tag---shop-abc123-ew.a.run.app"],
  ])("%j is the host %s", (value, host) => {
    expect(parseAddress(value)).toMatchObject({ ok: true, address: { host } });
  });

  test.each([
    "www.münchen.de",
    "例え.テスト",
    "☃.net",
    "a\u00adb.example.com",
    "xn--bcher-kva.example",
    "192.168.1",
    "0",
    "[2001:DB8::1]",
  ])("the host of http://%s is the browser's", (written) => {
    expect(parseAddress(`http://${written}/`)).toMatchObject({
      ok: true,
      address: { host: new URL(`http://${written}/`).hostname },
    });
  });
});

describe("*.host means the host and its subdomains", () => {
  test.each([
    ["*.example.com", "the wildcard *."],
    ["**.example.com", "the wildcard **."],
    ["https://*.example.com", "the wildcard *."],
  ])("%s", (value, dropped) => {
    const parsed = parseAddress(value);
    expect(parsed).toMatchObject({ ok: true, address: { host: "example.com", wildcard: true } });
    expect(parsed.ok && parsed.address.dropped).toContain(dropped);
  });
});

test("what was written around the host is remembered, secrets apart", () => {
  expect(parseAddress("http://*.Example.com.:8080/shop?token=s3cret#s3cret")).toEqual({
    ok: true,
    address: {
      host: "example.com",
      written: "http://*.Example.com.:8080/shop?…",
      wildcard: true,
      scheme: "http",
      port: 8080,
      dropped: [
        "the scheme http",
        "the wildcard *.",
        "the final dot",
        "the port 8080",
        "the path",
        "the query",
        "the fragment",
      ],
    },
  });
});

describe("what was written around the host, and means nothing to the allow-list", () => {
  test.each<[value: string, ...dropped: string[]]>([
    ["example.com"],
    ["http://localhost:", "the scheme http"],
    ["HTTPS://example.com", "the scheme https"],
    ["example.com:8080", "the port 8080"],
    ["example.com/", "the final slash"],
    ["example.com/x", "the path"],
    ["example.com/x/", "the path"],
    ["example.com?x", "the query"],
    ["example.com#x", "the fragment"],
    ["example.com/?x", "the final slash", "the query"],
    ["example.com/x?y#z", "the path", "the query", "the fragment"],
    ["example.com/#a?b#c", "the final slash", "the fragment"],
    ["example.com/x?#", "the path", "the query", "the fragment"],
    ["example.com.", "the final dot"],
    ["example.com。", "the final dot"],
    ["example.com%2e", "the final dot"],
    ["example.com%E3%80%82", "the final dot"],
    ["example.com.\u00ad", "the final dot"],
    ["example.com\u00ad"],
    ["ex%61mple.com"],
    ["[::1]"],
  ])("%j: %j", (value, ...dropped) => {
    const parsed = parseAddress(value);
    expect(parsed.ok && parsed.address.dropped).toEqual(dropped);
  });

  test.each([
    ["HTTP://example.com", "http"],
    ["https://example.com", "https"],
  ])("the scheme of %s is %s", (value, scheme) => {
    expect(parseAddress(value)).toMatchObject({ ok: true, address: { scheme } });
  });

  test("a colon without a number is not a port", () => {
    const parsed = parseAddress("http://localhost:");
    expect(parsed.ok && Object.keys(parsed.address)).not.toContain("port");
  });
});

test.each([
  ["https://www.example.com:8443/", "https://www.example.com:8443", ["the scheme https", "the port 8443"]],
  ["*.example.com/shop?token=s3cret#s3cret", "*.example.com", ["the wildcard *."]],
  ["example.com.?x", "example.com.", ["the final dot"]],
])("of %s the part up to the port is left, with what was written around the host there", (value, bare, dropped) => {
  const parsed = parseAddress(value);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  expect(withoutPath(parsed.address, bare)).toEqual({ ...parsed.address, written: bare, dropped });
});

test("an address that was parsed where it was read is not parsed again", () => {
  const written = { value: "https://www.example.com/shop", place: { file: ".env" } };
  const parsed = parseAddress("https://www.example.com");
  expect(alreadyParsed(written, parsed)).toBe(written);
  expect(parsedAddress(written)).toBe(parsed);
});

test("a bare host has nothing dropped, and neither scheme nor port", () => {
  expect(parseAddress("example.com")).toStrictEqual({
    ok: true,
    address: { host: "example.com", written: "example.com", wildcard: false, dropped: [] },
  });
});

describe("what is not a page address is refused, with what is wrong and what to write instead", () => {
  test.each([
    ["", "is empty", "https://www.example.com"],
    [" \t", "is empty", "remove the empty value"],
    ["wss://example.com", "has the scheme wss", "https://www.example.com"],
    ["mailto:team@example.com", "has the scheme mailto", "the address of a page"],
    ["javascript:alert(1)", "has the scheme javascript", "the address of a page"],
    ["https://https://example.com", "has two schemes", "remove one"],
    ["https:example.com", "has a mistyped scheme", "https://"],
    ["https:/example.com", "has a mistyped scheme", "two slashes"],
    ["https//example.com", "has a mistyped scheme", "a colon"],
    ["://example.com", "has a mistyped scheme", "https://"],
    ["//example.com/shop", "has no scheme", '"https:"'],
    ["https://user@example.com", "contains a user name or password", "remove everything up to the @"],
    ["user:pass@example.com", "contains a user name or password", "remove everything up to the @"],
    ["https://${HOST}/shop", "contains the placeholder ${HOST}", "the value that it stands for"],
    ["https://$HOST", "contains the placeholder $HOST", "the value that it stands for"],
    ["https://example.com/${LOCALE}", "contains the placeholder ${LOCALE}", "the value that it stands for"],
    ["https://${TfToken[TOKEN.7]}/shop", "is a value that only Terraform knows", "terraformValue(…)"],
    ["#{TfToken[TOKEN.7]}", "is taken from a list that only Terraform knows", "terraformValue(resource.list)"],
    ["https://<your-domain>", "contains the placeholder <your-domain>", "the value that it stands for"],
    ["https://{{ host }}", "contains the placeholder {{ host }}", "the value that it stands for"],
    ["%SITE_URL%", "contains the placeholder %SITE_URL%", "the value that it stands for"],
    ["[your-domain].com", "contains the placeholder [your-domain]", "the value that it stands for"],
    ["https://undefined/shop", "looks like an unset variable", "set the variable"],
    ["null", "looks like an unset variable", "set the variable"],
    ["https://", "names no host", "a variable was used there"],
    ["https:///shop", "names no host", "a variable was used there"],
    ["/shop", "names no host", "https://www.example.com"],
    [":3000", "names no host", "https://www.example.com"],
    ["*", "names no host", "allowAllDomains"],
    ["..", "names no host", "https://www.example.com"],
    ["*.*.example.com", "contains a *", "its entry admits every subdomain"],
    ["preview-*.example.com", "contains a *", "its entry admits every subdomain"],
    ["a.example.com,b.example.com", "several addresses", "a separate value"],
    ["a.example.com; b.example.com", "several addresses", "a separate value"],
    ["https://a.example.com/,https://b.example.com/", "several addresses", "a separate value"],
    ["https://a.example.com/shop|http://b.example.com", "several addresses", "a separate value"],
    ["a.example.com/;HTTPS://b.example.com", "several addresses", "a separate value"],
    ["exam ple.com", "white space", "separate values"],
    ["example.com/my page", "white space", "separate values"],
    ["exam\u0000ple.com", "control character", "remove it"],
    ["C:\\app\\.env", "a file path", "https://www.example.com"],
    [".env.production", "the name of an env file", 'envFile(".env.production")'],
    ["examples/storefront/.env", "the name of an env file", 'envFile("examples/storefront/.env")'],
    ["3000", "is a number", '"localhost:3000"'],
    ["example.com:", "a colon without a port", "remove the colon"],
    ["example.com:99999", "a port that is not a number up to 65535", "no ports"],
    ["example.com:http", "a port that is not a number up to 65535", "no ports"],
    ["::1", "an IPv6 address without brackets", '"[::1]"'],
    ["*.127.0.0.1", "a wildcard for an IP address, which has no subdomains", '"127.0.0.1"'],
    ["*.[::1]", "a wildcard for an IP address, which has no subdomains", '"[::1]"'],
    [".example.com", "begins with a dot", 'write "*.example.com"'],
    ["https://.shop.example.com:8443/x", "begins with a dot", 'write "*.shop.example.com"'],
    ["*..example.com", "begins with a dot", "set the variable"],
    ["https://。example.com", "begins with a dot", 'write "*.example.com"'],
    ["https://.com", "begins with a dot", "set the variable"],
    ["a..example.com", "an empty label between two dots", 'write "*.example.com"'],
    ["a..example.com", "an empty label between two dots", "extra dot"],
    ["example.com..", "an empty label between two dots", "extra dot"],
    [`${"a".repeat(64)}.com`, "a label of 64 octets", "shorten the label"],
    [`${"ü".repeat(60)}.com`, "octets, but DNS allows at most 63", "shorten the label"],
    [`${"a.".repeat(126)}com`, "a name of 255 octets", "shorten the name"],
    ["exa`mple.com", "has a ` in its host", "https://www.example.com"],
    ["a&b=c", "has a & in its host", "https://www.example.com"],
    ["http://1.2.3.256", "not a valid host", "https://www.example.com"],
    ["http://[fe80::1%25eth0]", "not a valid host", "https://www.example.com"],
    ["xn--a.com", "not a valid host", "https://www.example.com"],
    ["www.XN--a.com", 'the label "XN--a" is not valid punycode', "https://www.example.com"],
    // What stands beside the mistake does not hide it.
    ["-https://example.com", "a colon without a port", "remove the colon"],
    ["(https://example.com", "a colon without a port", "remove the colon"],
    ["https://(http://b.example.com", "has a ( in its host", "https://www.example.com"],
    [".127.0.0.1", "a wildcard for an IP address, which has no subdomains", '"127.0.0.1"'],
    ["*.127.0.0.1:8080", "a wildcard for an IP address, which has no subdomains", 'write "127.0.0.1"'],
    ["*.1", "a wildcard for an IP address, which has no subdomains", 'write "1"'],
    ["*.2130706433", "a wildcard for an IP address, which has no subdomains", 'write "2130706433"'],
    ["*.0x7f000001", "a wildcard for an IP address, which has no subdomains", 'write "0x7f000001"'],
    ["*.1.exam!ple.com", "has a ! in its host", "https://www.example.com"],
    ["*.a[:8", "has a [ in its host", "https://www.example.com"],
    ["https://exam ple.com/.env", "white space", "separate values"],
    ["https://exam ple.https", "white space", "separate values"],
    ["https://https.exam ple.com", "white space", "separate values"],
    ["exam ple.com/@user", "white space", "separate values"],
    ["https://http://example.com", "has two schemes", "remove one"],
    ["https://https//example.com", "has two schemes", "remove one"],
    ["http:example.com", "has a mistyped scheme", "https://"],
    ["http//example.com", "has a mistyped scheme", "a colon"],
    ["ws:example.com", "has the scheme ws", "https://www.example.com"],
    ["my-data:x", "a port that is not a number up to 65535", "no ports"],
    ["me:pa?ss@example.com", "contains a user name or password", "everything up to the @"],
    ["www.example.*", "contains a *", "its entry admits every subdomain"],
    ["**", "names no host", "allowAllDomains"],
    ["fe80::1", "an IPv6 address without brackets", '"[fe80::1]"'],
    ["2001:db8:0:1::25", "an IPv6 address without brackets", '"[2001:db8:0:1::25]"'],
    ["xyz::1", "has a : in its host", "https://www.example.com"],
    ["::1x", "names no host", "a variable was used there"],
    ["a:b:x", "has a : in its host", "https://www.example.com"],
    ["x:1:..b", "has a : in its host", "https://www.example.com"],
    ["a[::1]:x", "has a [ in its host", "https://www.example.com"],
    ["[::1]:http", "a port that is not a number up to 65535", "no ports"],
    ["http://exam!ple.com:", "has a ! in its host", "https://www.example.com"],
    ["exam!ple.com:65535", "has a ! in its host", "https://www.example.com"],
    ["exam!ple3000", "has a ! in its host", "https://www.example.com"],
    ["3000!x", "has a ! in its host", "https://www.example.com"],
    ["http://99999999999999999999", "not a valid host", "https://www.example.com"],
    ["65535", "is a number", '"localhost:65535"'],
    ["70000", "is a number", "https://www.example.com"],
    ["http", "not a valid host", "https://www.example.com"],
    ["https", "not a valid host", "https://www.example.com"],
    ["storefront/.env.production", "the name of an env file", 'envFile("storefront/.env.production")'],
    [".environment", "begins with a dot", "set the variable"],
    ["www.example.com..", "an empty label between two dots", 'write "*.www.example.com"'],
    ["a".repeat(64), "a label of 64 octets", "shorten the label"],
    [`${"a".repeat(63)}.exam!ple.com`, "has a ! in its host", "https://www.example.com"],
    [`${"a.".repeat(124)}b!com`, "has a ! in its host", "https://www.example.com"],
    ["exam\ue000ple.com", "has a \ue000 in its host", "https://www.example.com"],
    ["exam\u{e0080}ple.com", "has a \\u{e0080} in its host", "https://www.example.com"],
  ])("%j %s", (value, problem, remedy) => {
    const parsed = parseAddress(value);
    const { message, remedy: advice } = parsed.ok ? { message: "accepted", remedy: "" } : parsed.problem;
    expect(message).toContain(problem);
    expect(message.startsWith('"')).toBe(true);
    expect(advice).toContain(remedy);
  });

  const superfluous = "set the variable that was used there, or remove the extra dot";
  const inFront = "if a variable was used in front of it, set the variable";
  test.each([
    [".example.com", `write "*.example.com" for every subdomain; ${inFront}`],
    [".EXAMPLE.com", `write "*.EXAMPLE.com" for every subdomain; ${inFront}`],
    ["a..example.com", `${superfluous}; write "*.example.com" for every subdomain`],
    [".com", inFront],
    [".localhost", inFront],
    [".Co.Uk", inFront],
    [".vercel.app", inFront],
    ["shop..co.uk", superfluous],
    ["shop..com", superfluous],
  ])("the subdomains of %j are offered where they belong to one owner", (value, remedy) => {
    const parsed = parseAddress(value);
    expect(!parsed.ok && parsed.problem.remedy).toBe(remedy);
  });

  test.each([
    ["valid punycode", "http://xn--bcher-kva.256.256.256.256"],
    ["a label with letters in front of xn--", "http://\u064aaxn--a.example.com"],
  ])("%s is not blamed for what is wrong beside it", (_, value) => {
    const parsed = parseAddress(value);
    expect(!parsed.ok && parsed.problem.message).toMatch(/ is not a valid host$/);
  });

  test.each([`${"a".repeat(63)}.com`, `${"a.".repeat(125)}com`])("the longest that DNS allows is accepted", (value) => {
    expect(parseAddress(value)).toMatchObject({ ok: true, address: { host: value } });
  });
});
