import { nextEnvironment } from "../../lib";

export const production = nextEnvironment("production", {
  kind: "production",
  addresses: ["https://shop.vercel.app"],
  acknowledge: { "platform-host": "the shop has no custom domain before the launch" },
});
