import { type AwsRegion, findRegion, type Region, regions } from "../genesys/regions";

/** The region of an organisation that names none: Genesys's first one, which the provider's examples assume too. */
export const defaultRegion: AwsRegion = "us-east-1";

/**
 * The region of that name.
 *
 * @throws when Genesys Cloud has no such region; the message lists those that it has
 */
export function regionOf(name: AwsRegion): Region {
  const region = regions.find(({ awsRegion }) => awsRegion === name);
  if (region === undefined) throw unknownRegion(name);
  return region;
}

function unknownRegion(name: string): Error {
  const meant = findRegion(name)?.awsRegion;
  const remedy =
    meant === undefined
      ? `write one of ${regions.map(({ awsRegion }) => awsRegion).join(", ")}`
      : `write its AWS name, "${meant}"`;
  return new Error(`"${name}" (region) is no AWS region of Genesys Cloud: ${remedy}`);
}
