import { type App } from "cdktf";
import { envFiles, MessengerStack, nextEnvironment } from "../../lib";

/** Each brand is a separate Next.js application; each of its environments is a stack with its own state. */
const brands = [
  { brand: "shop", folder: "apps/shop", primaryColor: "#0A6EBD" },
  { brand: "outlet", folder: "apps/outlet", primaryColor: "#B00020" },
];

export function brandStacks(app: App): void {
  for (const { brand, folder, primaryColor } of brands) {
    const environments = [
      nextEnvironment(`${brand}-production`, {
        kind: "production",
        addresses: [envFiles(folder, { variables: "NEXT_PUBLIC_SITE_URL" })],
      }),
      nextEnvironment(`${brand}-staging`, {
        kind: "staging",
        addresses: [envFiles(folder, { mode: "staging", variables: "NEXT_PUBLIC_SITE_URL" })],
      }),
    ];
    for (const environment of environments) {
      new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us", styles: { primaryColor } });
    }
  }
}
