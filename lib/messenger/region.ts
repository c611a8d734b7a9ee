import { known, oneOf } from "../base/shape";
import { type AwsRegion, findRegion, type Region, regions } from "../genesys/regions";

/** The region of an organisation that names none: Genesys's first one, which the provider's examples assume too. */
export const defaultRegion: AwsRegion = "us-east-1";

/** The AWS name of a region; of another name that it goes by, the AWS name is told. */
export const regionShape = known(
  oneOf(
    regions.map(({ awsRegion }) => awsRegion),
    (name) => findRegion(name)?.awsRegion,
  ),
);

/** The region of that name: the name was checked where it was passed. */
export function regionOf(name: AwsRegion): Region {
  const region = regions.find(({ awsRegion }) => awsRegion === name);
  if (region === undefined) throw new Error(`"${name}" is not an AWS region of Genesys Cloud.`);
  return region;
}
