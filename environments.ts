import { envFiles, nextConfig, nextEnvironment } from "./lib/environments";

const app = "examples/storefront";
const variables = ["NEXT_PUBLIC_SITE_URL", "NEXT_PUBLIC_APP_DOMAIN", "NEXT_PUBLIC_GERMAN_SITE_URL"];

/** Where the storefront runs. This is the one file to edit; the addresses themselves stay where the application has them. */
export const environments = [
  nextEnvironment("production", {
    kind: "production",
    addresses: [envFiles(app, { variables })],
  }),
  nextEnvironment("staging", {
    kind: "staging",
    addresses: [envFiles(app, { mode: "staging", variables })],
  }),
  nextEnvironment("preview", {
    kind: "preview",
    // One parent that only the team owns: it admits pr-1.preview.example.com and every other preview.
    addresses: [envFiles(app, { mode: "preview", variables })],
  }),
  nextEnvironment("development", {
    kind: "development",
    addresses: [envFiles(app, { mode: "development", variables }), nextConfig(app)],
  }),
];
