import { asExpected, nameOf, withoutPrelude } from "./calls";

const id = "0b54d2a1-7e0f-4b8c-9a51-6f2f4c6f9d10";

test.each([
  ["PUT", `/api/v2/webdeployments/deployments/${id}`, "PUT deployments/{deployment}"],
  ["GET", "/api/v2/flows?type=&pageSize=100&name=Inbound+Messages", "GET flows?name=Inbound Messages&pageSize=100"],
  ["POST", "/oauth/token", "POST /oauth/token"],
])("%s %s is called %s", (method, path, name) => {
  expect(nameOf(method, path, new Map([[id, "{deployment}"]]))).toBe(name);
});

test("what a provider does to get ready is left out", () => {
  const calls = ["POST /oauth/token", "GET organizations/me", "GET authorization/products", "GET flows"];
  expect(withoutPrelude(calls)).toEqual(["GET flows"]);
});

describe("calls that are the same are told as they are expected", () => {
  test.each([
    [
      ["POST a", "GET b until Active", "GET c"],
      ["POST a", "GET b", "GET b", "GET b", "GET c"],
    ],
    [["GET b until 404"], ["GET b"]],
    [["PUT a again and again"], ["PUT a", "PUT a"]],
    [
      ["2 × GET a", "PUT a"],
      ["GET a", "GET a", "PUT a"],
    ],
    [[], []],
  ])("%j: %j", (expected, seen) => {
    expect(asExpected(seen, expected)).toEqual(expected);
  });
});

describe("calls that are not are told as they are, from the first that differs", () => {
  test.each([
    ["one missing", ["GET a", "PUT a"], ["GET a"], ["GET a"]],
    ["one too many", ["GET a until Active"], ["GET a", "PUT a"], ["GET a until Active", "PUT a"]],
    ["one twice", ["GET a", "PUT a"], ["GET a", "GET a", "PUT a"], ["GET a", "GET a", "PUT a"]],
    ["another order", ["GET a", "GET b"], ["GET b", "GET a"], ["GET b", "GET a"]],
    ["no retry", ["PUT a again and again"], ["PUT a"], ["PUT a"]],
    ["a retry too few", ["3 × GET a"], ["GET a", "GET a"], ["GET a", "GET a"]],
    ["none where one must be", ["GET a until 404"], [], []],
  ])("%s", (_, expected, seen, told) => {
    expect(asExpected(seen, expected)).toEqual(told);
    expect(told).not.toEqual(expected);
  });
});

test.each(["deployments", "2 × GET a until Active", ""])("%j is not a call", (notation) => {
  expect(() => asExpected([], [notation])).toThrow(`"${notation}" is not a call`);
});
