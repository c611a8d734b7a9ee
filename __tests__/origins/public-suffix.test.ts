import { publicSuffixOf } from "../../lib/origins/public-suffix";
import { isPreviewHost, platformHostOf, previewParentOf } from "../../lib/origins/platforms";
import { unsetLabel } from "../../lib/origins/unexpanded-text";

test.each([
  ["www.example.co.uk", "co.uk", "registry"],
  ["co.uk", "co.uk", "registry"],
  ["shop.uk.com", "uk.com", "registry"],
  ["shop.github.io", "github.io", "platform"],
  ["shop.koyeb.app", "koyeb.app", "platform"],
  ["koyeb.app", "koyeb.app", "platform"],
  ["shop.eastus.azurecontainerapps.io", "eastus.azurecontainerapps.io", "platform"],
  ["us-east-1.elb.amazonaws.com", "us-east-1.elb.amazonaws.com", "platform"],
])("%s lies under %s, which is a %s's", (host, name, of) => {
  expect(publicSuffixOf(host)).toEqual({ name, of });
});

test.each(["localhost", "www.example.con", ""])("%j lies under no public suffix", (host) => {
  expect(publicSuffixOf(host)).toBeUndefined();
});

test("a host is looked up again after another one", () => {
  expect([publicSuffixOf("a.co.uk"), publicSuffixOf("a.github.io"), publicSuffixOf("a.co.uk")]).toMatchObject([
    { name: "co.uk" },
    { name: "github.io" },
    { name: "co.uk" },
  ]);
});

test.each([
  ["1a2b3c4d.storefront.pages.dev", true, "storefront.pages.dev"],
  ["storefront.pages.dev", false, "storefront.pages.dev"],
  ["shop-git-main-acme.vercel.app", true, undefined],
])("%s is a preview's: %s; the entry for all of them is %s", (host, isPreview, parent) => {
  const found = platformHostOf(host);
  if (found === undefined) throw new Error("no platform");
  expect(isPreviewHost(found)).toBe(isPreview);
  expect(previewParentOf(found)).toBe(parent);
});

test.each([
  ["undefined.example.com", "undefined"],
  ["shop.false.example.com", "false"],
  ["pr-.example.com", "pr-"],
  ["-pr.example.com", "-pr"],
  ["a-null-b.example.com", "a-null-b"],
  ["nan.example.com", undefined],
  ["nullable.example.com", undefined],
  ["a-none-b.example.com", undefined],
  ["www.example.com", undefined],
])("of %s, a variable without a value left %s", (host, label) => {
  expect(unsetLabel(host)).toBe(label);
});
