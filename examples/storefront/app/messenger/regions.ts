/** The domain of each Genesys Cloud region, by the name that `NEXT_PUBLIC_GENESYS_ENVIRONMENT` has. */
const domains: Readonly<Record<string, string>> = {
  prod: "mypurecloud.com",
  "fedramp-use2-core": "use2.us-gov-pure.cloud",
  "prod-usw2": "usw2.pure.cloud",
  "prod-cac1": "cac1.pure.cloud",
  "prod-sae1": "sae1.pure.cloud",
  "prod-euw1": "mypurecloud.ie",
  "prod-euw2": "euw2.pure.cloud",
  "prod-euc1": "mypurecloud.de",
  "prod-euc2": "euc2.pure.cloud",
  "prod-aps1": "aps1.pure.cloud",
  "prod-apne1": "mypurecloud.jp",
  "prod-apne2": "apne2.pure.cloud",
  "prod-apne3": "apne3.pure.cloud",
  "prod-apse1": "apse1.pure.cloud",
  "prod-apse2": "mypurecloud.com.au",
  "prod-mec1": "mec1.pure.cloud",
  "prod-mxc1": "mxc1.pure.cloud",
  "eusc-edee1-core": "edee1.eusc-pure.cloud",
};

/** The address of Genesys's loader in a region, or undefined for an unknown region. Genesys does not allow self-hosting it. */
export function loaderUrl(environment: string): string | undefined {
  const domain = Object.hasOwn(domains, environment) ? domains[environment] : undefined;
  return domain === undefined ? undefined : `https://apps.${domain}/genesys-bootstrap/genesys.min.js`;
}
