import { type ApiRequest, type Route } from "./route";

/** What the Terraform provider asks first, with every configure: whose organisation it is and what it has bought. */
export const organizationRoutes: readonly Route[] = [
  { method: "GET", path: "/api/v2/organizations/me", handle: organization },
  { method: "GET", path: "/api/v2/authorization/products", handle: products },
];

function organization({ state, path }: ApiRequest): object {
  return { ...state.organization, selfUri: path };
}

/** Which products a real organisation lists is a matter of its contract; the provider only counts on the form. */
function products(): object {
  const entities = ["engage3", "messagingPlatform"].map((id) => ({ id }));
  return { total: entities.length, entities };
}
