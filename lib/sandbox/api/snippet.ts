import { type SandboxRegion } from "./route";

/**
 * The script that a page of the organisation carries. It names the region's own hosts, as the platform's answer does: the
 * sandbox's address changes from run to run, and a deployment must not look changed because of it.
 */
export function snippet(deploymentId: string, { domain, environment }: SandboxRegion): string {
  const loader = JSON.stringify(`https://apps.${domain}/genesys-bootstrap/genesys.min.js`);
  const settings = JSON.stringify({ environment, deploymentId });
  return [
    `<script type="text/javascript" charset="utf-8">`,
    `(function (page, name, loader, settings) {`,
    `  page._genesysJs = name;`,
    `  page[name] = page[name] || function () { (page[name].q = page[name].q || []).push(arguments); };`,
    `  page[name].t = Date.now();`,
    `  page[name].c = settings;`,
    `  var script = document.createElement("script");`,
    `  script.async = true; script.src = loader; script.charset = "utf-8";`,
    `  document.head.appendChild(script);`,
    `})(window, "Genesys", ${loader}, ${settings});`,
    `</script>`,
  ].join("\n");
}
