import { type AddressRule, type EnvironmentRule, type Rule } from "../rule";
import { allowAll } from "./allow-all";
import { emptyList } from "./empty-list";
import { invalidAddress, refusedAddress, refusedBySource } from "./invalid-address";
import { ipAddress } from "./ip-address";
import { loopback } from "./loopback";
import { plainHttp } from "./plain-http";
import { platformHost } from "./platform-host";
import { previewHost } from "./preview-host";
import { privateName } from "./private-name";
import { publicSuffix } from "./public-suffix";
import { sharedHost } from "./shared-host";
import { unknownSuffix } from "./unknown-suffix";
import { unsetVariable } from "./unset-variable";
import { wildcard } from "./wildcard";

/** The rules that judge one address alone, the strongest first. */
export const addressRules: readonly AddressRule[] = [
  publicSuffix,
  unsetVariable,
  loopback,
  ipAddress,
  privateName,
  unknownSuffix,
  plainHttp,
  wildcard,
  platformHost,
  previewHost,
];

/** The rules that judge an environment as a whole. */
export const environmentRules: readonly EnvironmentRule[] = [allowAll, emptyList];

/** Every rule, in the order of the table in docs/rules.md. */
export const rules: readonly Rule[] = [invalidAddress, ...addressRules, sharedHost, ...environmentRules];

export { invalidAddress, refusedAddress, refusedBySource, sharedHost };
