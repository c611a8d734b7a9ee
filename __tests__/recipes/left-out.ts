import { type App } from "cdktf";
import { envFiles, MessengerStack, nextConfig, nextEnvironment } from "../../lib";

/** Entries as they are written in the source, or their hosts. Each has a reason, which `origins list` shows. */
const tunnels = { "*.ngrok-free.app": "developers' tunnels", "shop-git-main.vercel.app": "moved to shop.example.com" };

export function shopStack(app: App): void {
  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: [
      nextConfig("apps/shop", { leaveOut: tunnels }),
      envFiles("apps/shop", { variables: "ORIGINS", leaveOut: { "api.example.com": "serves no pages" } }),
    ],
  });
  new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us" });
}
