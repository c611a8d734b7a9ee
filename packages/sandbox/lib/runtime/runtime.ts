import { readFileSync } from "node:fs";
import path from "node:path";
import { Hono } from "hono";

/** What the launcher's frame shows: a button that tells the loader, in the page around it, that it was pressed. */
const launcherPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Messenger launcher</title>
    <style>
      body { margin: 0; }
      button { width: 64px; height: 64px; border: 0; border-radius: 50%; background: #2a60c8; color: #fff; font: 28px sans-serif; cursor: pointer; }
    </style>
  </head>
  <body>
    <button type="button" aria-label="Open Messenger">&#128172;</button>
    <script>
      document.querySelector("button").addEventListener("click", function () {
        parent.postMessage("genesys-sandbox:toggle", "*");
      });
    </script>
  </body>
</html>
`;

/** The page in the Messenger's frame: it says that the sandbox has no conversations. */
const messengerPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <title>Messenger</title>
    <style>
      body { margin: 0; padding: 24px; background: #fff; font: 16px sans-serif; }
    </style>
  </head>
  <body>
    <h1>Sandbox</h1>
    <p>This page is admitted: on Genesys Cloud, the conversation would start here.</p>
  </body>
</html>
`;

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
