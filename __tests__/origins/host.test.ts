import { isIpAddress, isUnder, withParents } from "../../lib/origins/hostname";

test.each([
  ["www.example.com", "example.com", true],
  ["a.b.example.com", "example.com", true],
  ["example.com", "example.com", false],
  ["notexample.com", "example.com", false],
  ["example.com", "www.example.com", false],
  [".example.com", "example.com", true],
  ["example.com", "", false],
])("%s is a subdomain of %s: %s", (host, parent, expected) => {
  expect(isUnder(host, parent)).toBe(expected);
});

test.each([
  ["a.b.c", ["a.b.c", "b.c", "c"]],
  ["localhost", ["localhost"]],
  ["", [""]],
])("%s and every name above it: %j", (host, names) => {
  expect([...withParents(host)]).toEqual(names);
});

test.each([
  ["127.0.0.1", true],
  ["[::1]", true],
  ["7", true],
  ["www.example.com", false],
  ["shop7", false],
  ["www.shop7", false],
  ["7.example.com", false],
  ["1.2.3.4x", false],
])("%s is an IP address: %s", (host, expected) => {
  expect(isIpAddress(host)).toBe(expected);
});
