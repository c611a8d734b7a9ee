import { type App } from "cdktf";
import { type Adoption, envFiles, MessengerStack, nextEnvironment } from "../../lib";

/** The brand that was set up by hand before there was a program, beside one that the program makes. */
const brands: readonly { readonly brand: string; readonly name: string; readonly adopt?: Adoption }[] = [
  {
    brand: "shop",
    name: "Webshop Support", // what it is called in Genesys Cloud
    adopt: {
      deploymentId: "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10",
      configurationId: "b3f3a0c1-8e53-4d35-9a3b-0f4a5d6e7c21",
    },
  },
  { brand: "outlet", name: "Outlet Support" },
];

export function adoptedBrandStacks(app: App): void {
  for (const { brand, name, adopt } of brands) {
    const environment = nextEnvironment(brand, {
      kind: "production",
      addresses: [envFiles(`apps/${brand}`, { variables: "NEXT_PUBLIC_SITE_URL" })],
    });
    new MessengerStack(app, brand, { environment, name, defaultLanguage: "en-us", ...(adopt && { adopt }) });
  }
}
