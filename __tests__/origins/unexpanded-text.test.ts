import { parseAddress } from "../../lib/origins/address";
import { goesOnAsProgram, isProgramText, isRegularExpression } from "../../lib/origins/unexpanded-text";

/** What is wrong with a value, behind its quotation, and what to do; the host where nothing is. */
function answerTo(value: string): readonly string[] {
  const parsed = parseAddress(value);
  if (parsed.ok) return [parsed.address.host];
  const { message, remedy } = parsed.problem;
  return [message.slice(message.lastIndexOf('" ') + 2), remedy];
}

describe("what only Terraform knows", () => {
  test.each([
    [
      "https://${TfToken[TOKEN.7]}/shop",
      "is a value that only Terraform knows",
      "wrap it in terraformValue(…), so that Terraform checks it",
    ],
    [
      "https://1.2345678901e+123",
      "contains a number that only Terraform knows",
      "wrap the whole address in terraformValue(…)",
    ],
    [
      "https://-1.23456789e+308/shop",
      "contains a number that only Terraform knows",
      "wrap the whole address in terraformValue(…)",
    ],
    [
      "https://&{TfToken[TOKEN.7]}/x",
      "is taken from a map that only Terraform knows",
      "write terraformValue(Fn.lookup(resource.map, key))",
    ],
    [
      "String Map Token Value",
      "is taken from a map that only Terraform knows",
      "write terraformValue(Fn.lookup(resource.map, key))",
    ],
    [
      "#{TfToken[TOKEN.7]}",
      "is taken from a list that only Terraform knows",
      "write terraformValue(resource.list) around the whole list, or terraformValue(Fn.element(resource.list, 0))",
    ],
  ])("%s", (value, ...expected) => {
    expect(answerTo(value)).toEqual(expected);
  });

  test.each(["1.2345e+123", "1.23456789e+12", "a.23456789e+123"])("%s is a number that someone wrote", (value) => {
    expect(answerTo(value)[0]).toBe("has a + in its host, which is not allowed in a host name");
  });

  test("a token of a string, of a list and of a map are not told apart by what stands around them", () => {
    expect(answerTo("the String Map Token Value")[0]).toBe("contains white space or a control character");
  });
});

describe("what a pipeline would have expanded", () => {
  const remedy = "let the pipeline expand it before synthesis, or write the value that it stands for";

  test.each([
    ["https://${{ vars.HOST }}/x", "${{ vars.HOST }}"],
    ["https://${{ vars.HOST", "${{ vars.HOST"],
    ["https://$(System.Host)/x", "$(System.Host)"],
    ["$[variables.HOST]", "$[variables.HOST]"],
    ["https://a.__HOST_NAME__.example.com", "__HOST_NAME__"],
    ["__HOST__", "__HOST__"],
  ])("%s", (value, template) => {
    expect(answerTo(value)).toEqual([`holds the unexpanded pipeline template ${template}`, remedy]);
  });

  test.each(["#{HOST}#", "@@HOST@@", "https://user:${{ secrets.PASSWORD }}@example.com"])(
    "%s is not quoted, because it may be a secret",
    (value) => {
      expect(answerTo(value)).toEqual(["holds an unexpanded pipeline template", remedy]);
    },
  );

  test.each(["my__host__name.example.com", "a__b.example.com", "x__host__y.example.com"])("%s is a host", (value) => {
    expect(answerTo(value)).toEqual([value]);
  });
});

describe("the text of a program", () => {
  test.each([
    ["process.env.HOST", "NEXT_PUBLIC_SITE_URL"],
    ["https://process.env.NEXT_PUBLIC_APP_URL/shop", "NEXT_PUBLIC_APP_URL"],
    ["http://process.env.APP_URL", "APP_URL"],
    ["HTTPS://process.env.A1_B2_C3/x", "A1_B2_C3"],
    ["x.process.env.site", "NEXT_PUBLIC_SITE_URL"],
    ["import.meta.env.VITE_URL", "VITE_URL"],
    ["process?.env.HOST", "NEXT_PUBLIC_SITE_URL"],
    ["https://process?.env", "NEXT_PUBLIC_SITE_URL"],
    ["window.location.host", "NEXT_PUBLIC_SITE_URL"],
    ["location.host", "NEXT_PUBLIC_SITE_URL"],
    ["env.SITE", "NEXT_PUBLIC_SITE_URL"],
    ["https://VERCEL_URL/APP_URL", "VERCEL_URL"],
    ["A_B", "A_B"],
  ])("%s is read from the variable %s", (value, name) => {
    expect(answerTo(value)).toEqual([
      "is program text, which is not evaluated here",
      `write the address that it stands for, or read the variable with a source: envFile(".env.production", "${name}")`,
    ]);
  });

  test.each([
    ["process.environment.example.com", "process.environment.example.com"],
    ["https://example.com/process.env.HOST", "example.com"],
    ["https://example.com/APP_URL", "example.com"],
    ["env.site", "env.site"],
    ["AB", "ab"],
  ])("%s is a host", (value, host) => {
    expect(answerTo(value)).toEqual([host]);
  });

  test.each([
    ["process.env", true],
    ["__HOST__", true],
    ["a.__HOST__", true],
    ["my_host.example.com", false],
    ["@@HOST@@", false],
    ["www.example.com", false],
  ])("%s is program text, although a browser might take it for a host: %s", (host, expected) => {
    expect(isProgramText(host)).toBe(expected);
  });

  test.each([
    ["process?.env", "?.env", true],
    ["www\\.example\\.com", "\\.example\\.com", true],
    ["example.com\\shop", "\\shop", false],
    ["example.com/\\.x", "/\\.x", false],
    ["example.com/x?.", "/x?.", false],
    ["example.com", undefined, false],
  ])("%s goes on as a program behind its host: %j is %s", (text, rest, expected) => {
    expect(goesOnAsProgram(text, rest)).toBe(expected);
  });
});

describe("a regular expression", () => {
  test.each([
    "www\\.example\\.com",
    "https://www\\.example\\.com",
    "https://example.com\\d",
    "^https://example.com",
    "example.com$",
    "/^example/i",
    "/shop|blog/",
    "/a+/gi",
    "[a-z]+.example.com",
    "https://(a|b).example.com",
    "(a|b).example.com",
    "https?://example.com",
    ".*.example.com",
    "shop.+example.com",
  ])("%s", (value) => {
    expect(isRegularExpression(value)).toBe(true);
    expect(answerTo(value)).toEqual([
      "is a regular expression, and an allowed domain is a host",
      'write the hosts that it stands for: the entry "example.com" admits every subdomain of it, too',
    ]);
  });

  test.each([
    "https://example.com/$",
    "https://example.com\\shop",
    "https://example.com/a.*",
    "a.*.example.com",
    "*",
    "/shop/",
    "/shop/blog",
    "/(shop",
    "/(shop)/7",
    "/(shop)/Blog",
    "shop(de)/",
    "/",
  ])("%s is invalid", (value) => {
    expect(isRegularExpression(value)).toBe(false);
  });
});

describe("a placeholder", () => {
  test.each([
    ["https://${HOST}/shop", "${HOST}"],
    ["https://${HOST", "${HOST"],
    ["https://{{ host", "{{ host"],
    ["https://{{ host }}/{{ path }}", "{{ host }}"],
    ["https://<host", "<host"],
    ["https://example.com/<id>", "<id>"],
    ["a>b", ">"],
    ["https://{host}", "{host}"],
    ["https://{host", "{host"],
    ["https://{}.example.com", "{}"],
    ["%(host)s", "%(host)s"],
    ["https://%s/x", "%s"],
    ["https://%d.example.com", "%d"],
    ["%HOST%.example.com", "%HOST%"],
    ["https://[host]", "[host]"],
    ["$HOST.example.com", "$HOST"],
    ["$.example.com", "$"],
  ])("%s holds %s", (value, placeholder) => {
    expect(answerTo(value)).toEqual([
      `contains the placeholder ${placeholder}, which was not filled in`,
      "write the value that it stands for",
    ]);
  });

  test("is not quoted where it may be a part of a password", () => {
    expect(answerTo("https://user:${PASSWORD}@example.com")[0]).toBe("contains a placeholder, which was not filled in");
  });

  test.each([
    "https://example.com/{id}",
    "https://example.com/[slug]",
    "https://example.com/$HOST",
    "https://example.com/%s",
  ])("%s: in the path it belongs to the page", (value) => {
    expect(answerTo(value)).toEqual(["example.com"]);
  });

  test.each(["%s1.com", "%x", "%host"])("%s is a percent sign", (value) => {
    expect(answerTo(value)[0]).toBe("has a % in its host, which is not allowed in a host name");
  });
});

describe("what else a program prints in place of an address", () => {
  const json = [
    "is JSON, but not a list of strings",
    'write the address alone, or a list such as ["https://a.example.com"]',
  ];
  const jsonObject = ["is a JSON object, and one address is expected", "write the address alone"];
  const jsonList = ["is a JSON list of strings, and one address is expected", "write each address as a separate value"];
  const object = ["is an object converted to a string", "take the text out of the object, or remove the address"];
  const quotes = ["has quotation marks around it", "remove them: only the address counts"];

  test.each([
    ["[object Object]", object],
    ["https://[object Promise]/x", object],
    ['{"url": "https://a.example.com"}', jsonObject],
    ['{"hosts": ["a.example.com"]}', jsonObject],
    ['{"port": 1}', jsonObject],
    ['["https://a.example.com"]', jsonList],
    ['["https://a.example.com", "b.example.com"]', jsonList],
    ['[{"url": "https://a.example.com"}]', json],
    ['[1, "a.example.com"]', json],
    ['[["a.example.com"]]', json],
    ["{ 'url': 1 }", json],
    ["{'url': 1}", json],
    ['["https://a.example.com", 3]', json],
    ['[\n  "a"\n]', jsonList],
    ["['a']", json],
    ['"https://a.example.com"', quotes],
    ["'a", quotes],
    ["a'", quotes],
    ["`a`", quotes],
  ])("%j", (value, expected) => {
    expect(answerTo(value)).toEqual(expected);
  });

  test.each(['x["a"]', '["a"]x', '[a"b]', '{a"b}', 'a{"b"}', '{"b"', '{"b"}x', '"[a]"', "[]", "{}", "[1]"])(
    "%j is not JSON",
    (value) => {
      expect(answerTo(value)[0]).toMatch(/^contains the placeholder /);
    },
  );

  test("a quotation mark inside is a character that no host has", () => {
    expect(answerTo("a'b.com")[0]).toBe("has a ' in its host, which is not allowed in a host name");
  });
});
