/** What a stack of a web shop declares; the tests change parts of it. */
export interface ShopOptions {
  readonly configuration?: object;
  readonly deployment?: object;
  readonly provider?: object;
}

/** The Terraform configuration of a shop: one configuration, and one deployment that is wired to its version. */
export function shop({ configuration = {}, deployment = {}, provider = {} }: ShopOptions = {}): object {
  const reference = "genesyscloud_webdeployments_configuration.shop";
  return {
    provider: { genesyscloud: provider },
    resource: {
      genesyscloud_webdeployments_configuration: {
        shop: { name: "Shop", languages: ["en-us"], default_language: "en-us", ...configuration },
      },
      genesyscloud_webdeployments_deployment: {
        shop: {
          name: "Shop",
          allowed_domains: ["example.com", "www.example.com"],
          configuration: { id: `\${${reference}.id}`, version: `\${${reference}.version}` },
          ...deployment,
        },
      },
    },
  };
}
