import { application, type BackendKind, count, flag, required, type SharedState, text } from "./backend-kind";
import { checkAddress } from "./address";
import { segment, spell } from "./state-name";
import { StateStore } from "./state-store";

/**
 * State on a server that keeps it under an address of its own, such as GitLab's. Who Terraform is comes from the environment
 * when it runs: `TF_HTTP_USERNAME` and `TF_HTTP_PASSWORD`, or `TF_HTTP_CLIENT_CERTIFICATE_PEM` and
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

const credentials = "TF_HTTP_USERNAME and TF_HTTP_PASSWORD";

export const http: BackendKind<HttpState> = {
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
  credentials,
  check({ address, name, lockSuffix }, check) {
    checkAddress(check, "address", address, credentials);
    for (const [property, value] of Object.entries({ name, lockSuffix })) {
      check.expect(
        property,
        value,
        (part) => /^[\w.~/-]+$/.test(part),
        'expected a part of an address: letters, digits, "-", "_", "." and "/"',
      );
    }
  },
  nameOf: ({ name }, derived) => name ?? spell(derived, segment),
  placeOf: addressOf,
  make: (stack, { lock = true, lockSuffix = "", ...state }, name) => {
    const address = addressOf(state, name);
    const lockAddress = lock ? `${address}${lockSuffix}` : undefined;
    return new StateStore(stack, "http", {
      ...state,
      name: undefined, // a part of the address
      address,
      lockAddress,
      unlockAddress: lockAddress,
    });
  },
};

function addressOf({ address }: Pick<HttpState, "address">, name: string): string {
  return `${address.replace(/\/+$/, "")}/${name}`;
}
