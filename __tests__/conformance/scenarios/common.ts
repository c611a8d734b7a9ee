import { snippet } from "../../../packages/sandbox/lib/api/deployment-routes";
import { shop, type ShopOptions } from "../../../packages/sandbox/__tests__/provider/shop";
import { type TerraformStep } from "../scenario";

/** What a plan of what is already there looks at. */
export const refresh = ["GET configurations/{configuration}/versions/1", "GET deployments/{deployment}"];

export const createConfiguration = [
  "POST configurations",
  "GET configurations/{configuration}/versions/draft until Active",
  "POST configurations/{configuration}/versions/draft/publish",
  "GET configurations/{configuration}/versions/1",
];

export const createDeployment = [
  "GET configurations/{configuration}/versions",
  "POST deployments",
  "GET deployments/{deployment} until Active",
];

/** The draft is edited and published as that version. */
export const updateConfiguration = (version: string): readonly string[] => [
  "PUT configurations/{configuration}/versions/draft",
  "GET configurations/{configuration}/versions/draft",
  "POST configurations/{configuration}/versions/draft/publish",
  `GET configurations/{configuration}/versions/${version}`,
];

export const updateDeployment = [
  "GET configurations/{configuration}/versions",
  "PUT deployments/{deployment}",
  "GET deployments/{deployment} until Active",
];

/** The shop of `shop()`, as Genesys Cloud has it once it is deployed. */
export const asDeclared = {
  name: "Shop",
  allowAllDomains: false,
  allowedDomains: ["example.com", "www.example.com"],
  configuration: { id: "{configuration}", version: "1" },
  status: "Active",
};

/** The script for a page, which Terraform's state has as the API answers it. */
export const pageSnippet = snippet("{deployment}", { domain: "mypurecloud.com", environment: "prod" });

/** The first apply of a shop. */
export const created = (options: ShopOptions = {}): TerraformStep => ({
  terraform: "apply",
  of: shop(options),
  exit: 0,
  calls: [...createConfiguration, ...createDeployment],
});

/** A plan that finds nothing to do. */
export const unchanged: TerraformStep = { terraform: "plan", exit: 0, calls: refresh, says: ["No changes."] };
