import { application, type BackendKind, flag, required, type SharedState, text } from "./backend-kind";
import { checkAddress } from "./address";
import { path, spell } from "./state-name";
import { StateStore } from "./state-store";

/**
 * State in a bucket of Amazon S3, or of a store that speaks its protocol. Who Terraform is comes from the environment when it
 * runs: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or `AWS_PROFILE`, or the role of the machine.
 */
export interface S3State extends SharedState {
  readonly type: "s3";
  /** The bucket's name. It has to exist; switch its versioning on. */
  readonly bucket: string;
  /**
   * The bucket's AWS region.
   * @default - `AWS_REGION` or `AWS_DEFAULT_REGION` when Terraform runs
   */
  readonly region?: string;
  /**
   * The object's key; must differ from environment to environment.
   * @default - `<application>/<stack>.tfstate`; where stack and environment differ, `<application>/<stack>/<environment>.tfstate`
   */
  readonly key?: string;
  /**
   * Whether the state is encrypted at rest.
   * @default true
   */
  readonly encrypt?: boolean;
  /**
   * The key of AWS KMS that encrypts it.
   * @default - the bucket's own encryption
   */
  readonly kmsKeyId?: string;
  /**
   * Whether an object beside the state (`<key>.tflock`) is the lock. Needs Terraform or OpenTofu 1.10; `false` together with
   * no `dynamodbTable` means no lock at all.
   * @default - true, unless there is a `dynamodbTable`
   */
  readonly useLockfile?: boolean;
  /**
   * The table of DynamoDB that holds the locks: for Terraform before 1.10.
   * @default - none
   */
  readonly dynamodbTable?: string;
  /**
   * The role that Terraform assumes to reach the bucket.
   * @default - none
   */
  readonly roleArn?: string;
  /**
   * The profile of the shared configuration files of AWS.
   * @default - `AWS_PROFILE` when Terraform runs
   */
  readonly profile?: string;
  /**
   * The address of another store that speaks the protocol. Needs Terraform or OpenTofu 1.6.
   * @default - Amazon's
   */
  readonly endpoint?: string;
  /** Whether the bucket's name stands in the path of addresses; many other stores want that. @default false */
  readonly usePathStyle?: boolean;
  /** Does without asking AWS whether the credentials are good; another store has no such service. @default false */
  readonly skipCredentialsValidation?: boolean;
  /** Takes a region that AWS does not have. @default false */
  readonly skipRegionValidation?: boolean;
  /** Does without asking AWS for the account's id. @default false */
  readonly skipRequestingAccountId?: boolean;
  /** Does without asking the machine for its role. @default false */
  readonly skipMetadataApiCheck?: boolean;
  /** Sends no checksums, which some stores refuse. @default false */
  readonly skipS3Checksum?: boolean;
}

const credentials = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";

export const s3: BackendKind<S3State> = {
  properties: {
    application,
    bucket: required("the name of a bucket that exists"),
    region: text,
    key: text,
    encrypt: flag,
    kmsKeyId: text,
    useLockfile: flag,
    dynamodbTable: text,
    roleArn: text,
    profile: text,
    endpoint: text,
    usePathStyle: flag,
    skipCredentialsValidation: flag,
    skipRegionValidation: flag,
    skipRequestingAccountId: flag,
    skipMetadataApiCheck: flag,
    skipS3Checksum: flag,
  },
  credentials,
  check({ key, endpoint }, check) {
    check.expect(
      "key",
      key,
      (value) => !/^\/|\/$/.test(value),
      'expected a key without a slash at either end, such as "messengers/production.tfstate"',
    );
    checkAddress(check, "endpoint", endpoint, credentials);
  },
  nameOf: ({ key }, name) => key ?? `${spell(name, path)}.tfstate`,
  placeOf: ({ bucket, endpoint }, key) => `${endpoint ?? "s3:/"}/${bucket}/${key}`,
  make: (stack, { endpoint, roleArn, ...state }, key) =>
    new StateStore(stack, "s3", {
      ...state,
      key,
      encrypt: state.encrypt ?? true,
      useLockfile: state.useLockfile ?? state.dynamodbTable === undefined,
      ...(endpoint !== undefined && { endpoints: { s3: endpoint } }),
      ...(roleArn !== undefined && { assumeRole: { roleArn } }),
    }),
};
