import { flag, known, nonEmpty, object, required, text } from "../base/shape";
import { environmentVariables, type MessengerEnvironmentVariables } from "../genesys/deployment";
import { type AwsRegion } from "../genesys/regions";
import { checkCall } from "./property-check";
import { defaultRegion, regionOf, regionShape } from "./provider";

/** A deployment and where it is. */
export interface DeployedMessenger {
  readonly deploymentId: string;
  readonly region?: AwsRegion;
}

const shape = object<DeployedMessenger>({
  deploymentId: required(nonEmpty("the deployment's id")),
  region: regionShape,
});

/**
 * The variables of a deployment, to be set where the application is built.
 *
 * @throws when a property is of the wrong form; all such mistakes at once
 */
export function messengerEnvironmentVariables(props: DeployedMessenger): MessengerEnvironmentVariables {
  checkCall("messengerEnvironmentVariables", [["properties", shape, props]]);
  const { deploymentId, region = defaultRegion } = props;
  return environmentVariables(regionOf(region), deploymentId);
}

/** What the snippet of a page is made from. */
export interface SnippetProps {
  /** The deployment that the page starts; a Terraform token is put into the text as it is. */
  readonly deploymentId: string;
  /**
   * The organisation's region.
   * @default "us-east-1"
   */
  readonly region?: AwsRegion;
  /**
   * Makes the Messenger write what it does to the browser's console.
   * @default false
   */
  readonly debug?: boolean;
  /**
   * The nonce of a page whose Content-Security-Policy asks for one on inline scripts.
   * @default - no nonce attribute
   */
  readonly nonce?: string;
}

/**
 * The script element that starts the Messenger on a page: it queues the page's calls, says which deployment is meant and
 * loads Genesys's own loader, which must not be self-hosted.
 *
 * It holds neither `${` nor `%{` itself, so that Terraform reads nothing but the deployment's id in it.
 *
 * @throws when a property is of the wrong form; all such mistakes at once
 * @example
 * ```ts
 * const html = messengerSnippet({ deploymentId: "6c1d0bd2-…", region: "eu-central-1", nonce });
 * ```
 */
export function messengerSnippet(props: SnippetProps): string {
  checkCall("messengerSnippet", [["properties", snippetShape, props]]);
  const { deploymentId, region = defaultRegion, debug = false, nonce } = props;
  const { environment, domain } = regionOf(region);
  const config = inScript({ environment, deploymentId, ...(debug && { debug }) });
  const loader = inScript(`https://apps.${domain}/genesys-bootstrap/genesys.min.js`);
  return [
    nonce === undefined ? "<script>" : `<script nonce="${nonce.replaceAll('"', "&quot;")}">`,
    `  window._genesysJs = "Genesys";`,
    `  window.Genesys = window.Genesys || function () {`,
    `    (window.Genesys.q = window.Genesys.q || []).push(arguments);`,
    `  };`,
    `  window.Genesys.t = Date.now();`,
    `  window.Genesys.c = ${config};`,
    `  (function (script) {`,
    `    script.async = true;`,
    `    script.src = ${loader};`,
    `    document.head.appendChild(script);`,
    `  })(document.createElement("script"));`,
    `</script>`,
  ].join("\n");
}

const snippetShape = object<SnippetProps>({
  deploymentId: required(nonEmpty("the deployment's id")),
  region: regionShape,
  debug: known(flag),
  nonce: text,
});

/** A value as JavaScript that cannot end the script element that it stands in. */
function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll("<", "\\u003c");
}
