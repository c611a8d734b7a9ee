import { nearestName, quote } from "../../lib/base/problem";

class Shop {
  readonly name = "shop";
}

test.each<[unknown, string]>([
  ["Support", '"Support"'],
  ["https://user:s3cr3t@example.com", '"https://***@example.com"'],
  [443, "443"],
  [Number.NaN, "NaN"],
  [10n, "10n"],
  [true, "true"],
  [null, "null"],
  [undefined, "undefined"],
  [["de", 1, { a: "s3cr3t" }, ["x"]], '["de", 1, {…}, […]]'],
  [["a", "b", "c", "d", "e"], '["a", "b", "c", "d", …]'],
  [{}, "{}"],
  [{ token: "s3cr3t", id: 1 }, "{ token, id }"],
  [{ a: 1, b: 2, c: 3, d: 4, e: 5 }, "{ a, b, c, d, … }"],
  [Object.create(null), "{}"],
  [new Shop(), "(a Shop)"],
  [new Map(), "(a Map)"],
  [new Error("x"), "(an Error)"],
  [() => "x", "(a function)"],
  [Symbol("x"), "(a symbol)"],
  ["${TfToken[TOKEN.1]}", "(a Terraform value)"],
  [["#{TfToken[TOKEN.2]}"], "(a Terraform value)"],
  [-8.109562212591395e298, "(a Terraform value)"],
])("%p reads as %s", (value, text) => {
  expect(quote(value)).toBe(text);
});

test("what refers to itself can be quoted", () => {
  const circular: { self?: object } = {};
  circular.self = circular;
  expect([quote(circular), quote([circular])]).toEqual(["{ self }", "[{…}]"]);
});

test.each([
  ["configuraton", "configuration"],
  ["deploymentID", "deploymentId"],
  ["flwo", "flow"],
  ["Flow", "flow"],
  ["provider", undefined],
  ["x", undefined],
])("%s was probably meant to be %s", (name, meant) => {
  expect(nearestName(name, ["configuration", "deploymentId", "flow", "id", "region"])).toBe(meant);
});
