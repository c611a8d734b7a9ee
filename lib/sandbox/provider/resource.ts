import { type ApiClient } from "./api-client";
import { type Values } from "./value";

/** What the provider does for one type of resource. Each answers the whole state, or throws a `ProviderError`. */
export interface Resource {
  /** The computed attributes that every update changes. */
  readonly changesWithEveryUpdate: readonly string[];
  create(client: ApiClient, planned: Values): Promise<Values>;
  /** Undefined when the object is gone. */
  read(client: ApiClient, state: Values): Promise<Values | undefined>;
  update(client: ApiClient, prior: Values, planned: Values): Promise<Values>;
  delete(client: ApiClient, state: Values): Promise<void>;
}
