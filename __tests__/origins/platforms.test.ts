import { sharedParents } from "../../lib/origins/public-suffix";
import { derived } from "./derived";

const said = (value: string): string =>
  derived([value])
    .findings.map(({ rule }) => rule)
    .join(" ");

describe("deploy-preview hosts are told by their form", () => {
  test.each([
    "ai-cat-frontend-git-main-nekochans.vercel.app",
    "storefront-2jz9f8x3k-acme.vercel.app",
    "deploy-preview-12--storefront.netlify.app",
    "feature-x--storefront.netlify.app",
    "64a1b2c3d4e5f60008a1b2c3--storefront.netlify.app",
    "pr-12.d1a2b3c4.amplifyapp.com",
    "1a2b3c4d.storefront.pages.dev",
    "feature-x.storefront.pages.dev",
    "39c054bc-feedreader.acme.workers.dev",
    "pr12---shop-abc123xyz-ew.a.run.app",
    "pr12---shop-1234567890.europe-west1.run.app",
    "storefront--pr12-login-a1b2c3d4.web.app",
    "happy-sea-0a1b2c3d4-12.eastus2.2.azurestaticapps.net",
    "happy-sea-0a1b2c3d4-12.centralus.azurestaticapps.net",
    "storefront-pr-12.onrender.com",
    "storefront-pr-12.herokuapp.com",
    "storefront-pr-12-x1y2z3.herokuapp.com",
    "web-storefront-pr-12.up.railway.app",
  ])("%s", (host) => {
    expect(said(host)).toBe("preview-host");
  });
});

describe("a host of a platform that may be production's is only warned of", () => {
  test.each([
    "storefront.vercel.app",
    "my-wonderful-shop.vercel.app",
    "shop-release24-acme.vercel.app",
    "legit-shop.vercel.app",
    "storefront-acme.vercel.app",
    "storefront-env-staging-acme.vercel.app",
    "storefront.netlify.app",
    "main.d1a2b3c4.amplifyapp.com",
    "storefront.pages.dev",
    "storefront.acme.workers.dev",
    "shop-abc123xyz-ew.a.run.app",
    "shop-1234567890.europe-west1.run.app",
    "storefront.web.app",
    "web--storefront.europe-west4.hosted.app",
    "happy-sea-0a1b2c3d4.2.azurestaticapps.net",
    "happy-sea-0a1b2c3d4.azurestaticapps.net",
    "storefront-production.up.railway.app",
    "my-bucket.s3.amazonaws.com",
    "shop.myshopify.com",
  ])("%s", (host) => {
    expect(said(host)).toBe("platform-host");
  });
});

describe("the finding tells which previews one entry covers", () => {
  test.each([
    ["main.d1a2b3c4.amplifyapp.com", 'the one entry "d1a2b3c4.amplifyapp.com" would also admit the preview hosts'],
    ["d1a2b3c4.amplifyapp.com", "its entry also admits the preview hosts"],
    ["storefront.pages.dev", "its entry also admits the preview hosts"],
    ["storefront.acme.workers.dev", 'the one entry "acme.workers.dev" would also admit the preview hosts'],
    ["storefront.vercel.app", "no single entry covers"],
    ["storefront.netlify.app", "no single entry covers"],
    ["shop-abc123xyz-ew.a.run.app", "no single entry covers"],
    ["happy-sea-0a1b2c3d4.2.azurestaticapps.net", "no single entry covers"],
  ])("%s: %s", (host, coverage) => {
    expect(derived([host]).findings[0]?.message).toContain(coverage);
  });

  test("and a preview host's, which entry would cover all of them", () => {
    expect(derived(["1a2b3c4d.storefront.pages.dev"]).findings[0]?.remedy).toContain('"storefront.pages.dev" covers');
  });
});

describe("shared parents that the Public Suffix List misses would admit strangers too", () => {
  test.each([
    ...sharedParents.map(({ name }) => name),
    "eastus2.2.azurestaticapps.net",
    "westeurope.5.azurestaticapps.net",
    "z01.azurefd.net",
    "web.core.windows.net",
    "z13.web.core.windows.net",
    "eastus.azurecontainerapps.io",
    "eastus.cloudapp.azure.com",
    "ws-eu110.gitpod.io",
    "railway.app",
  ])("%s", (host) => {
    expect(said(host)).toBe("public-suffix");
  });

  test.each([
    "shop.z01.azurefd.net",
    "shop.z13.web.core.windows.net",
    "shop.happyhill-1a2b.eastus.azurecontainerapps.io",
    "shop.eastus.cloudapp.azure.com",
    "shop.koyeb.app",
    "shop.app.github.dev",
    "abc.loca.lt",
    "shop.10.0.0.1.nip.io",
  ])("%s is one host under such a parent", (host) => {
    expect(said(host)).toBe("platform-host");
  });
});
