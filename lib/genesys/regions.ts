import { checkText } from "../base/shape-check";

/**
 * The regions of Genesys Cloud, each with its three names: what the Messenger's snippet calls it (`environment`), what the
 * Terraform provider calls it (the AWS region, `GENESYSCLOUD_REGION`) and the domain its hosts live under.
 *
 * Source: the table in Genesys's npm package `genesys-cloud-service-discovery-web`, plus the European sovereign cloud.
 */
export const regions = [
  { environment: "prod", awsRegion: "us-east-1", domain: "mypurecloud.com", alias: "use1.pure.cloud" },
  { environment: "fedramp-use2-core", awsRegion: "us-east-2", domain: "use2.us-gov-pure.cloud" },
  { environment: "prod-usw2", awsRegion: "us-west-2", domain: "usw2.pure.cloud" },
  { environment: "prod-cac1", awsRegion: "ca-central-1", domain: "cac1.pure.cloud" },
  { environment: "prod-sae1", awsRegion: "sa-east-1", domain: "sae1.pure.cloud" },
  { environment: "prod-euw1", awsRegion: "eu-west-1", domain: "mypurecloud.ie", alias: "euw1.pure.cloud" },
  { environment: "prod-euw2", awsRegion: "eu-west-2", domain: "euw2.pure.cloud" },
  { environment: "prod-euc1", awsRegion: "eu-central-1", domain: "mypurecloud.de", alias: "euc1.pure.cloud" },
  { environment: "prod-euc2", awsRegion: "eu-central-2", domain: "euc2.pure.cloud" },
  { environment: "prod-aps1", awsRegion: "ap-south-1", domain: "aps1.pure.cloud" },
  { environment: "prod-apne1", awsRegion: "ap-northeast-1", domain: "mypurecloud.jp", alias: "apne1.pure.cloud" },
  { environment: "prod-apne2", awsRegion: "ap-northeast-2", domain: "apne2.pure.cloud" },
  { environment: "prod-apne3", awsRegion: "ap-northeast-3", domain: "apne3.pure.cloud" },
  { environment: "prod-apse1", awsRegion: "ap-southeast-1", domain: "apse1.pure.cloud" },
  { environment: "prod-apse2", awsRegion: "ap-southeast-2", domain: "mypurecloud.com.au", alias: "apse2.pure.cloud" },
  { environment: "prod-mec1", awsRegion: "me-central-1", domain: "mec1.pure.cloud" },
  { environment: "prod-mxc1", awsRegion: "mx-central-1", domain: "mxc1.pure.cloud" },
  { environment: "eusc-edee1-core", awsRegion: "eusc-de-east-1", domain: "edee1.eusc-pure.cloud" },
] as const satisfies readonly Region[];

/** One region of Genesys Cloud. */
export interface Region {
  /** What the Messenger's snippet calls it. */
  readonly environment: string;
  /** What the Terraform provider calls it (`GENESYSCLOUD_REGION`). */
  readonly awsRegion: string;
  /** The domain under which `apps.`, `api.`, `api-cdn.`, `login.` and `webmessaging.` live. */
  readonly domain: string;
  /** A second domain that the region's pages also load from, where it has one. */
  readonly alias?: string;
}

/** The AWS region of a Genesys Cloud region, such as `eu-central-1`. */
export type AwsRegion = (typeof regions)[number]["awsRegion"];

/**
 * The region with that AWS name, Messenger environment or domain; undefined if there is none.
 *
 * @throws when the name is not a string
 */
export function findRegion(name: string): Region | undefined {
  checkText("findRegion", "name", name);
  return regions.find(({ environment, awsRegion, domain }) =>
    [environment, awsRegion, domain].some((known) => known === name),
  );
}
