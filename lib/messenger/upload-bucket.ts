import { type Region } from "../genesys/regions";

/**
 * The origin that a visitor's browser uploads attachments to. Undefined for the European sovereign cloud: its bucket is
 * not publicly known, and a guessed one would be somebody else's.
 */
export function uploadBucket({ environment, awsRegion }: Region): string | undefined {
  if (environment === "prod") return "https://shyrka-prod.s3.amazonaws.com";
  if (environment.startsWith("fedramp-")) return `https://shyrka-${environment}.s3-fips.${awsRegion}.amazonaws.com`;
  if (!environment.startsWith("prod-")) return undefined;
  return `https://shyrka-${environment}.s3.${awsRegion}.amazonaws.com`;
}
