import { application, type BackendKind, flag, required, type SharedState, text } from "./backend-kind";
import { path, spell } from "./state-name";
import { StateStore } from "./state-store";

/**
 * State in a container of Azure Blob Storage. Who Terraform is comes from the environment when it runs: `ARM_CLIENT_ID` with
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

export const azurerm: BackendKind<AzurermState> = {
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
  nameOf: ({ key }, name) => key ?? `${spell(name, path)}.tfstate`,
  placeOf: ({ storageAccountName, containerName }, key) =>
    `https://${storageAccountName}.blob.core.windows.net/${containerName}/${key}`,
  make: (stack, state, key) => new StateStore(stack, "azurerm", { ...state, key }),
};
