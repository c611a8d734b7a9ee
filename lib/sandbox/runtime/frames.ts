/** What the launcher's frame shows: a button that tells the loader, in the page around it, that it was pressed. */
export const launcherPage = `<!doctype html>
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

/** What the Messenger's frame shows: that there is nobody to talk to. */
export const messengerPage = `<!doctype html>
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
