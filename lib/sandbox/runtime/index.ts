import { readFileSync } from "node:fs";
import path from "node:path";

import { Hono } from "hono";

import { launcherPage, messengerPage } from "./frames";

let loader: string | undefined;

/** The loader's text: plain JavaScript for the browser, which is why it lies beside this file rather than in it. */
export function loaderScript(): string {
  loader ??= readFileSync(path.join(__dirname, "loader.js"), "utf8");
  return loader;
}

/** What pages load from `apps.<domain>`: the loader's stand-in and the two frames that it makes. */
export function publicRuntime(): Hono {
  const app = new Hono();
  app.get("/genesys-bootstrap/genesys.min.js", (c) =>
    c.body(loaderScript(), 200, {
      "Content-Type": "text/javascript; charset=utf-8",
      "Access-Control-Allow-Origin": "*",
    }),
  );
  app.get("/messenger/launcher.html", (c) => c.html(launcherPage));
  app.get("/messenger/messenger.html", (c) => c.html(messengerPage));
  return app;
}
