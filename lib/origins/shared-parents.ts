/** A name whose subdomains belong to many customers, and which the Public Suffix List does not know. */
export interface SharedParent {
  readonly name: string;
  /** The names directly or indirectly below it that are shared in the same way, such as one for each region. */
  readonly below?: RegExp;
  /** Who lives there. */
  readonly why: string;
}

const region = /^[a-z]+\d*$/;

/**
 * What the Public Suffix List misses, so that a rule that asks only the list would let it pass. Checked against the list of
 * tldts 7.5.4; a name that a later list knows too does no harm here.
 */
export const sharedParents: readonly SharedParent[] = [
  {
    name: "azurestaticapps.net",
    below: /^[a-z]+\d*\.\d+$/,
    why: "a region and partition of Azure Static Web Apps, where preview environments live",
  },
  { name: "azurefd.net", below: /^z\d+$/, why: "a zone of Azure Front Door" },
  { name: "azurecontainerapps.io", below: region, why: "Azure Container Apps, and each of its regions" },
  { name: "cloudapp.azure.com", below: region, why: "public IP names of Azure, and each region of them" },
  { name: "azure.com", why: "parent of the names that Azure gives to its customers" },
  { name: "windows.net", why: "parent of the storage names of Azure" },
  { name: "core.windows.net", below: /^z\d+\.web$/, why: "static websites in Azure Storage, and each zone of them" },
  { name: "amazonaws.com", why: "parent of the buckets, load balancers and instances of every AWS customer" },
  { name: "on.aws", why: "parent of function URLs and other names of every AWS customer" },
  { name: "railway.app", why: "parent of up.railway.app" },
  { name: "koyeb.app", why: "Koyeb" },
  { name: "kinsta.app", why: "Kinsta applications" },
  { name: "kinsta.page", why: "Kinsta static sites" },
  { name: "kinsta.cloud", why: "Kinsta WordPress sites" },
  { name: "sevalla.app", why: "Sevalla" },
  { name: "edgeone.app", why: "Tencent EdgeOne Pages" },
  { name: "hostingersite.com", why: "Hostinger" },
  { name: "encore.cloud", why: "Encore" },
  { name: "stormkit.dev", why: "Stormkit" },
  { name: "v0.app", why: "v0 by Vercel" },
  { name: "vercel.rocks", why: "Vercel" },
  { name: "netlify.live", why: "Netlify live tunnels" },
  { name: "github.dev", why: "parent of the ports of every GitHub Codespace" },
  { name: "app.github.dev", why: "forwarded ports of every GitHub Codespace" },
  { name: "gitpod.io", below: /^ws-[a-z]+\d+$/, why: "Gitpod workspaces" },
  { name: "loca.lt", why: "localtunnel" },
  { name: "lhr.life", why: "localhost.run tunnels" },
  { name: "serveo.net", why: "Serveo tunnels" },
  { name: "stackblitz.io", why: "StackBlitz" },
  { name: "webcontainer.io", why: "StackBlitz WebContainers" },
  { name: "nip.io", why: "any IP address written as a name" },
  { name: "sslip.io", why: "any IP address written as a name" },
];
