import { application, type BackendKind, required, type SharedState, text } from "./backend-kind";
import { path, spell } from "./state-name";
import { StateStore } from "./state-store";

/**
 * State in a bucket of Google Cloud Storage. Who Terraform is comes from the environment when it runs:
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

export const gcs: BackendKind<GcsState> = {
  properties: {
    application,
    bucket: required("the name of a bucket that exists"),
    prefix: text,
    kmsEncryptionKey: text,
    impersonateServiceAccount: text,
  },
  credentials: "GOOGLE_APPLICATION_CREDENTIALS or GOOGLE_CREDENTIALS",
  nameOf: ({ prefix }, name) => prefix ?? spell(name, path),
  placeOf: ({ bucket }, prefix) => `gs://${bucket}/${prefix}`,
  make: (stack, state, prefix) => new StateStore(stack, "gcs", { ...state, prefix }),
};
