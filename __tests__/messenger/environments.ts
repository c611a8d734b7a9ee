import { nextEnvironment, type NextEnvironment } from "../../lib/sources/next-environment";

/** Production at these addresses, or at two that no rule says anything about. */
export function production(...addresses: readonly string[]): NextEnvironment {
  return nextEnvironment("production", {
    kind: "production",
    addresses: addresses.length > 0 ? addresses : ["https://www.example.com", "https://shop.example.com"],
  });
}

/** Development on a developer's own machine. */
export const development = nextEnvironment("development", {
  kind: "development",
  addresses: ["http://localhost:3000", "http://127.0.0.1:3000"],
});
