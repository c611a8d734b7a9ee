import {
  type Fields,
  flag as anyFlag,
  known,
  number,
  required as requiredShape,
  text as anyText,
  textWhere,
} from "../../base/shape";
import { type PropertyCheck } from "../property-check";
import { isApplicationName, identifier, label, path, segment, type Spelling } from "./state-name";
import { type KnownStates } from "./states";

/** Arguments in camel case or as Terraform names them. Undefined ones are left out. */
export type BackendArguments = Readonly<Record<string, unknown>>;

/** What one backend means to Terraform. */
export interface BackendRow<State> {
  /** The property that names the state, and how it is derived from the stack if it is left out. */
  readonly name: { readonly property: keyof State; readonly spelling: Spelling; readonly ending?: string };
  /** Every property but `type`. An unknown one is refused: it would have no effect, or be a credential. */
  readonly properties: Fields<Omit<State, "type">>;
  /** Where Terraform finds the credentials when it runs, for users who look for a property to write them in. */
  readonly credentials: string;
  /** Checks what the types of the properties do not say. */
  check?(state: State, check: PropertyCheck): void;
  /** Where the state of that name is, for messages. No two stacks of an app may have the same place. */
  place(state: State, name: string): string;
  /** Terraform's arguments, where they are not the properties with the name. */
  write?(state: State, name: string): BackendArguments;
}

// Terraform reads its backend before anything else: a value that is only known later cannot be used.
const text = known(anyText);
const flag = known(anyFlag);
const count = known(number);
const required = (expected: string) => requiredShape(known(textWhere(expected, (value) => value !== "")));
export const application = known(
  textWhere(`up to 40 lower-case letters, digits and "-", such as "web-shop"`, isApplicationName),
);

const aws = "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE";
const httpCredentials = "TF_HTTP_USERNAME and TF_HTTP_PASSWORD";

const httpAddress = ({ address }: Pick<KnownStates["http"], "address">, name: string): string =>
  `${address.replace(/\/+$/, "")}/${name}`;

/** The backends whose arguments are properties. */
export const table: { readonly [Type in keyof KnownStates]: BackendRow<KnownStates[Type]> } = {
  s3: {
    name: { property: "key", spelling: path, ending: ".tfstate" },
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
    credentials: aws,
    check({ key, endpoint }, check) {
      check.expect(
        "key",
        key,
        (value) => !/^\/|\/$/.test(value),
        'expected a key without a slash at either end, such as "messengers/production.tfstate"',
      );
      checkAddress(check, "endpoint", endpoint, aws);
    },
    place: ({ bucket, endpoint }, key) => `${endpoint ?? "s3:/"}/${bucket}/${key}`,
    write: ({ endpoint, roleArn, ...state }, key) => ({
      ...state,
      key,
      encrypt: state.encrypt ?? true,
      useLockfile: state.useLockfile ?? state.dynamodbTable === undefined,
      ...(endpoint !== undefined && { endpoints: { s3: endpoint } }),
      ...(roleArn !== undefined && { assumeRole: { roleArn } }),
    }),
  },
  gcs: {
    name: { property: "prefix", spelling: path },
    properties: {
      application,
      bucket: required("the name of a bucket that exists"),
      prefix: text,
      kmsEncryptionKey: text,
      impersonateServiceAccount: text,
    },
    credentials: "GOOGLE_APPLICATION_CREDENTIALS or GOOGLE_CREDENTIALS",
    place: ({ bucket }, prefix) => `gs://${bucket}/${prefix}`,
  },
  azurerm: {
    name: { property: "key", spelling: path, ending: ".tfstate" },
    properties: {
      application,
      storageAccountName: required("the name of the storage account"),
      containerName: required("the name of a container that exists"),
      key: text,
      resourceGroupName: text,
      subscriptionId: text,
      tenantId: text,
      environment: text,
      useAzureadAuth: flag,
      useOidc: flag,
      useMsi: flag,
      snapshot: flag,
    },
    credentials: "ARM_CLIENT_ID and ARM_CLIENT_SECRET, ARM_ACCESS_KEY or ARM_SAS_TOKEN",
    place: ({ storageAccountName, containerName }, key) =>
      `https://${storageAccountName}.blob.core.windows.net/${containerName}/${key}`,
  },
  pg: {
    name: { property: "schemaName", spelling: identifier },
    properties: {
      application,
      schemaName: text,
      skipSchemaCreation: flag,
      skipTableCreation: flag,
      skipIndexCreation: flag,
    },
    credentials: "PG_CONN_STR, or PGHOST, PGDATABASE, PGUSER and PGPASSWORD",
    check({ schemaName }, check) {
      check.expect(
        "schemaName",
        schemaName,
        (name) => Buffer.byteLength(name) <= 63,
        "expected at most 63 bytes, because PostgreSQL cuts a longer name",
      );
    },
    place: (_, schemaName) => `the PostgreSQL schema ${schemaName}`,
  },
  http: {
    name: { property: "name", spelling: segment },
    properties: {
      application,
      address: required("the address that the states are under"),
      name: text,
      lock: flag,
      lockSuffix: text,
      lockMethod: text,
      unlockMethod: text,
      updateMethod: text,
      retryMax: count,
    },
    credentials: httpCredentials,
    check({ address, name, lockSuffix }, check) {
      checkAddress(check, "address", address, httpCredentials);
      for (const [property, value] of Object.entries({ name, lockSuffix })) {
        check.expect(
          property,
          value,
          (part) => /^[\w.~/-]+$/.test(part),
          'expected a part of an address: letters, digits, "-", "_", "." and "/"',
        );
      }
    },
    place: httpAddress,
    write: ({ lock = true, lockSuffix = "", ...state }, name) => {
      const address = httpAddress(state, name);
      const lockAddress = lock ? `${address}${lockSuffix}` : undefined;
      return { ...state, name: undefined, address, lockAddress, unlockAddress: lockAddress };
    },
  },
  cloud: {
    name: { property: "workspace", spelling: segment },
    properties: {
      application,
      organization: required("the name of the organisation"),
      workspace: text,
      project: text,
      hostname: text,
    },
    credentials: "TF_TOKEN_app_terraform_io, or a login that Terraform or OpenTofu has saved",
    check({ workspace, hostname }, check) {
      check.expect(
        "workspace",
        workspace,
        (name) => /^[\w-]{1,90}$/.test(name),
        'expected up to 90 letters, digits, "-" and "_"',
      );
      check.expect(
        "hostname",
        hostname,
        (host) => /^[A-Za-z0-9.-]+(:\d+)?$/.test(host),
        'expected a host, such as "terraform.example.com"',
      );
    },
    place: ({ organization, hostname = "app.terraform.io" }, workspace) =>
      `https://${hostname}/app/${organization}/workspaces/${workspace}`,
    write: ({ organization, hostname, project }, name) => ({ organization, hostname, workspaces: { name, project } }),
  },
  local: {
    // Relative, because the absolute path that the core would write differs from checkout to checkout.
    name: { property: "path", spelling: ({ stack }) => `../../../terraform.${stack}.tfstate` },
    properties: { path: text },
    credentials: "none: a file needs no credentials",
    place: (_, file) => file,
  },
};

/** A backend whose arguments are passed on as they are. */
export interface OtherRow {
  /** The argument that names the state, and how it is derived from the stack if `arguments` does not have it. */
  readonly name: {
    readonly argument: string;
    readonly spelling: Spelling;
    readonly ending?: string;
    readonly write?: (name: string) => unknown;
  };
  readonly required: readonly string[];
  /** Arguments that would write a credential to the output folder. */
  readonly secrets: readonly string[];
  readonly credentials: string;
}

/** The rest of Terraform's backends. */
export const otherTable: Readonly<Record<string, OtherRow>> = {
  consul: {
    name: { argument: "path", spelling: path },
    required: [],
    secrets: ["access_token", "http_auth"],
    credentials: "CONSUL_HTTP_TOKEN or CONSUL_HTTP_AUTH",
  },
  cos: {
    name: { argument: "prefix", spelling: path },
    required: ["bucket"],
    secrets: ["secret_id", "secret_key", "security_token"],
    credentials: "TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY",
  },
  kubernetes: {
    name: { argument: "secret_suffix", spelling: label },
    required: [],
    secrets: ["token", "username", "password", "client_key", "client_certificate"],
    credentials: "KUBE_CONFIG_PATH or KUBE_TOKEN",
  },
  oci: {
    name: { argument: "key", spelling: path, ending: ".tfstate" },
    required: ["bucket", "namespace"],
    secrets: ["private_key", "private_key_password"],
    credentials: "OCI_CLI_KEY_FILE, or a profile of ~/.oci/config",
  },
  oss: {
    name: { argument: "prefix", spelling: path },
    required: ["bucket"],
    secrets: ["access_key", "secret_key", "security_token"],
    credentials: "ALICLOUD_ACCESS_KEY and ALICLOUD_SECRET_KEY",
  },
  remote: {
    name: { argument: "workspaces", spelling: segment, write: (name) => ({ name }) },
    required: ["organization"],
    secrets: ["token"],
    credentials: "TF_TOKEN_app_terraform_io, or a login that Terraform or OpenTofu has saved",
  },
};

/** Checks the address of a server, which is written to the output folder and so to logs and artifacts. */
function checkAddress(check: PropertyCheck, property: string, address: unknown, variables: string): void {
  if (typeof address !== "string" || carriesCredentials(address)) return;
  const isServer = URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
  if (!isServer) {
    check.refuse(property, address, 'expected an http(s) address, such as "https://states.example.com/terraform"');
  } else if (/[?#]/.test(address)) {
    const secrets = `set secrets for Terraform as ${variables}`;
    check.refuse(property, address, `expected no query or fragment, because cdk.tf.json would hold it; ${secrets}`);
  }
}

/** Whether the value is an address with `user:password@` in it, whatever property it stands in. */
export function carriesCredentials(value: string): boolean {
  if (!URL.canParse(value)) return /^[^/?#\s]*:[^/?#\s]*@/.test(value);
  const { username, password } = new URL(value);
  return username !== "" || password !== "" || /^[a-z][\w+.-]*:[^/?#\s]*@/i.test(value);
}
