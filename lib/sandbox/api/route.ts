import { type Stamp } from "../configurations";
import { type JsonObject } from "../json";
import { type Permission } from "../permissions";
import { type State } from "../state";
import { type Store } from "../store";

/** A request that has passed the doors: the token is good, the permission is there, the body is a JSON object. */
export interface ApiRequest {
  readonly store: Store;
  readonly state: Readonly<State>;
  /** The path's parameter of that name. */
  readonly param: (name: string) => string;
  /** The request's path, for the links inside the answer. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** The body; an empty object for a method that has none. */
  readonly body: JsonObject;
  readonly stamp: Stamp;
  readonly region: SandboxRegion;
}

/** The region that the organisation pretends to live in. */
export interface SandboxRegion {
  /** Such as `mypurecloud.com`. */
  readonly domain: string;
  /** What the Messenger's snippet calls the region, such as `prod`. */
  readonly environment: string;
}

/** One operation of the platform API. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** In the router's notation, parameters with a colon. */
  readonly path: string;
  /** What the client must be allowed; undefined where any valid token will do. */
  readonly permission?: Permission;
  /**
   * The body to answer with status 200; undefined for "204 No Content".
   *
   * @throws {@link ApiError} to refuse.
   */
  readonly handle: (request: ApiRequest) => unknown;
}
