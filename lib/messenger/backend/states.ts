/** What the backends have in common that many applications can share. */
export interface SharedState {
  /**
   * The application whose states these are, the first part of every derived name: two applications that share a bucket, a
   * database or an organisation need different ones. Lower-case letters, digits and `-`, at most 40.
   * @default "genesys-messenger"
   */
  readonly application?: string;
}

/**
 * State in a bucket of Amazon S3, or of a store that speaks its protocol. Credentials come from the environment when Terraform runs: `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or `AWS_PROFILE`, or the role of the machine.
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

/**
 * State in a bucket of Google Cloud Storage. Credentials come from the environment when Terraform runs:
 * `GOOGLE_APPLICATION_CREDENTIALS`, `GOOGLE_CREDENTIALS` or `GOOGLE_OAUTH_ACCESS_TOKEN`, or the machine's service account. A
 * key that encrypts the state is a credential too: `GOOGLE_ENCRYPTION_KEY`.
 */
export interface GcsState extends SharedState {
  readonly type: "gcs";
  /** The bucket's name. It has to exist; switch its object versioning on. */
  readonly bucket: string;
  /**
   * The folder of the state, which is the object `<prefix>/default.tfstate`; must differ from environment to environment.
   * @default - `<application>/<stack>`; where stack and environment differ, `<application>/<stack>/<environment>`
   */
  readonly prefix?: string;
  /**
   * The key of Cloud KMS that encrypts the state: `projects/…/locations/…/keyRings/…/cryptoKeys/…`.
   * @default - the bucket's own encryption
   */
  readonly kmsEncryptionKey?: string;
  /**
   * The service account that Terraform acts as.
   * @default - `GOOGLE_BACKEND_IMPERSONATE_SERVICE_ACCOUNT` or `GOOGLE_IMPERSONATE_SERVICE_ACCOUNT` when Terraform runs
   */
  readonly impersonateServiceAccount?: string;
}

/**
 * State in a container of Azure Blob Storage. Credentials come from the environment when Terraform runs: `ARM_CLIENT_ID` with
 * `ARM_CLIENT_SECRET` or `ARM_OIDC_TOKEN`, or `ARM_ACCESS_KEY`, or `ARM_SAS_TOKEN`, or the Azure CLI's login.
 */
export interface AzurermState extends SharedState {
  readonly type: "azurerm";
  /** The storage account's name. Switch its blob versioning on. */
  readonly storageAccountName: string;
  /** The container's name. It has to exist. */
  readonly containerName: string;
  /**
   * The blob's name; must differ from environment to environment.
   * @default - `<application>/<stack>.tfstate`; where stack and environment differ, `<application>/<stack>/<environment>.tfstate`
   */
  readonly key?: string;
  /**
   * The resource group of the storage account, where Terraform looks an access key up. It needs this, or `useAzureadAuth`, or a
   * key or token in the environment.
   * @default - none
   */
  readonly resourceGroupName?: string;
  /** The subscription of the storage account. @default - `ARM_SUBSCRIPTION_ID` when Terraform runs */
  readonly subscriptionId?: string;
  /** The tenant of the subscription. @default - `ARM_TENANT_ID` when Terraform runs */
  readonly tenantId?: string;
  /** The Azure cloud: `public`, `usgovernment` or `china`. @default - `ARM_ENVIRONMENT` when Terraform runs, else `public` */
  readonly environment?: string;
  /** Reaches the blobs as a user of Microsoft Entra ID instead of with an access key. @default false */
  readonly useAzureadAuth?: boolean;
  /** Logs in with a token of the pipeline (OpenID Connect). @default false */
  readonly useOidc?: boolean;
  /** Logs in as the machine's managed identity. @default false */
  readonly useMsi?: boolean;
  /** Takes a snapshot of the blob before each use. @default false */
  readonly snapshot?: boolean;
}

/**
 * State in a PostgreSQL database, a schema for each. Which database, and who Terraform is there, comes from the environment
 * when it runs: `PG_CONN_STR`, or `PGHOST`, `PGPORT`, `PGDATABASE`, `PGUSER` and `PGPASSWORD`. There is no property for the
 * connection string: it would be written to the output folder, and its password with it.
 *
 * While a stack is deployed for the first time, the database has no lock left for any other stack: run Terraform with
 * `-lock-timeout`.
 */
export interface PgState extends SharedState {
  readonly type: "pg";
  /**
   * The schema, at most 63 bytes; must differ from environment to environment.
   * @default - `<application>__<stack>`, with `_` for `-`; where stack and environment differ, `<application>__<stack>__<environment>`
   */
  readonly schemaName?: string;
  /** The schema is there already; the user may not create one. @default false */
  readonly skipSchemaCreation?: boolean;
  /** The table is there already. @default false */
  readonly skipTableCreation?: boolean;
  /** The index is there already. @default false */
  readonly skipIndexCreation?: boolean;
}

/**
 * State on a server that keeps it under its own address, such as GitLab's. Credentials come from the environment when Terraform
 * runs: `TF_HTTP_USERNAME` and `TF_HTTP_PASSWORD`, or `TF_HTTP_CLIENT_CERTIFICATE_PEM` and
 * `TF_HTTP_CLIENT_PRIVATE_KEY_PEM`.
 *
 * Such a server has no Terraform workspaces, so `origins sandbox` cannot use it.
 */
export interface HttpState extends SharedState {
  readonly type: "http";
  /** The address that the states are under; each state's name is added to it. Without user and password. */
  readonly address: string;
  /**
   * What is added to the address; must differ from environment to environment.
   * @default - `<application>_<stack>`; where stack and environment differ, `<application>_<stack>_<environment>`
   */
  readonly name?: string;
  /** Whether the server locks. @default true */
  readonly lock?: boolean;
  /** What is added to the state's address to lock and unlock it: `/lock` at GitLab. @default - nothing */
  readonly lockSuffix?: string;
  /** The method of the request that locks: `POST` at GitLab. @default "LOCK" */
  readonly lockMethod?: string;
  /** The method of the request that unlocks: `DELETE` at GitLab. @default "UNLOCK" */
  readonly unlockMethod?: string;
  /** The method of the request that stores the state. @default "POST" */
  readonly updateMethod?: string;
  /** How often a request is repeated. @default 2 */
  readonly retryMax?: number;
}

/**
 * State in HCP Terraform or Terraform Enterprise, a workspace for each. Credentials come from the environment when Terraform runs: `TF_TOKEN_app_terraform_io` (dots of the host written as `_`), or `terraform login`.
 *
 * A workspace that runs Terraform itself needs the `GENESYSCLOUD_` variables as its own; one whose execution mode is "local"
 * only keeps the state.
 */
export interface CloudState extends SharedState {
  readonly type: "cloud";
  /** The organisation's name. */
  readonly organization: string;
  /**
   * The workspace: letters, digits, `-` and `_`, at most 90; must differ from environment to environment.
   * @default - `<application>_<stack>`; where stack and environment differ, `<application>_<stack>_<environment>`
   */
  readonly workspace?: string;
  /** The project that a new workspace is made in. @default - the organisation's default project */
  readonly project?: string;
  /** The host of a Terraform Enterprise. @default "app.terraform.io" */
  readonly hostname?: string;
}

/** State in a file on this machine: for one person, and for trying things out. */
export interface LocalState {
  readonly type: "local";
  /**
   * The file; a relative path starts in the folder where Terraform runs, `cdktf.out/stacks/<stack>`.
   * @default - `terraform.<stack>.tfstate` in the folder that holds `cdktf.out`
   */
  readonly path?: string;
}

/**
 * State in any other backend of Terraform. Credentials come from the environment when Terraform runs.
 *
 * The state's name: `{stack}` in an argument stands for `<application>_<stack>`, or `<application>_<stack>_<environment>` if stack and
 * environment differ. It is required, except for `consul`, `cos`, `kubernetes`, `oci`, `oss` and `remote`, whose argument for it follows
 * from the stack: `path`, `prefix`, `secret_suffix`, `key`, `prefix` and `workspaces`.
 *
 * @example
 * ```ts
 * const backend: StateBackend = { type: "consul", arguments: { address: "consul.example.com", path: "states/{stack}" } };
 * ```
 */
export interface OtherState extends SharedState {
  /** Terraform's name of the backend. */
  readonly type: string;
  /** The backend's arguments, as Terraform names them. */
  readonly arguments: Readonly<Record<string, unknown>>;
}

/** The backends whose arguments are properties. */
export interface KnownStates {
  readonly s3: S3State;
  readonly gcs: GcsState;
  readonly azurerm: AzurermState;
  readonly pg: PgState;
  readonly http: HttpState;
  readonly cloud: CloudState;
  readonly local: LocalState;
}
