import { parse } from "tldts";
import { withParents } from "./hostname";

/** A name whose subdomains belong to many customers, and which the Public Suffix List does not know. */
interface SharedParent {
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

/**
 * The commonest names of the Public Suffix List under which anyone can have a host, for callers that cannot ask the whole list:
 * a Terraform expression. Checked against the list by a test, so that nothing is refused here that the rule lets pass.
 */
const listed = `
  vercel.app vercel.dev now.sh vercel.run v0.build netlify.app amplifyapp.com cloudfront.net elasticbeanstalk.com
  pages.dev workers.dev trycloudflare.com run.app a.run.app web.app firebaseapp.com hosted.app appspot.com
  azurestaticapps.net azurewebsites.net azurefd.net trafficmanager.net onrender.com fly.dev up.railway.app herokuapp.com
  ondigitalocean.app deno.dev github.io gitlab.io surge.sh csb.app replit.app repl.co lovable.app zeabur.app
  ngrok-free.app ngrok.io ngrok.app
  com net org io dev app co.uk org.uk com.au com.br com.mx com.tr co.jp co.nz co.za co.in co.kr`;

/** A name that is shared, and the names below it that are shared in the same way. */
interface SharedSuffix {
  readonly name: string;
  readonly below?: RegExp;
}

/** {@link sharedParents}, and the commonest of the Public Suffix List. */
export const commonSuffixes: readonly SharedSuffix[] = [
  ...listed
    .trim()
    .split(/\s+/)
    .filter((name) => !sharedParents.some((shared) => shared.name === name))
    .map((name) => ({ name })),
  ...sharedParents,
];

/** A name under which anyone can have a host. */
interface PublicSuffix {
  readonly name: string;
  /** `registry`: names under it are registered, like `co.uk`; `platform`: names under it are customers', like `vercel.app`. */
  readonly of: "registry" | "platform";
}

/** The host was parsed before, so tldts need not look for it, check it or tell whether it is an address. */
const hostOnly = {
  allowPrivateDomains: true,
  extractHostname: false,
  validateHostname: false,
  detectIp: false,
  mixedInputs: false,
};

/**
 * Private suffixes of the Public Suffix List under which names are sold as a registry sells them: a host there is a domain
 * of one's own, not a guest on a platform.
 */
const soldLikeDomains: ReadonlySet<string> = new Set(
  (
    "ae.org br.com cn.com co.com co.nl co.no com.de com.se de.com eu.com eu.org gb.com gb.net gr.com hu.com hu.net in.net " +
    "jp.net jpn.com kr.com mex.com no.com nz.basketball pp.ua qc.com radio.am radio.fm ru.com sa.com se.net uk.com uk.net " +
    "us.com us.org uy.com za.bz za.com"
  ).split(" "),
);

const sharedByName: ReadonlyMap<string, SharedParent> = new Map(sharedParents.map((shared) => [shared.name, shared]));

/**
 * The suffix that the host lies under or is itself; undefined for a name that no public registry or platform has, such as
 * `localhost`. The host must be a name, not an IP address.
 */
export function publicSuffixOf(host: string): PublicSuffix | undefined {
  if (last.host !== host) last = { host, suffix: lookUp(host) };
  return last.suffix;
}

/** Two rules ask for each host in turn, and looking it up is most of what judging an address costs. */
let last: { readonly host?: string; readonly suffix: PublicSuffix | undefined } = { suffix: undefined };

function lookUp(host: string): PublicSuffix | undefined {
  const shared = sharedSuffixOf(host);
  const { publicSuffix, isIcann, isPrivate } = parse(host, hostOnly);
  const listed = publicSuffix !== null && (isIcann === true || isPrivate === true) ? publicSuffix : undefined;
  if (shared !== undefined && shared.length > (listed?.length ?? 0)) return { name: shared, of: "platform" };
  if (listed === undefined) return undefined;
  return { name: listed, of: isPrivate === true && !soldLikeDomains.has(listed) ? "platform" : "registry" };
}

/** The longest name in the own list that the host lies under or is. */
function sharedSuffixOf(host: string): string | undefined {
  for (const parent of withParents(host)) {
    const shared = sharedByName.get(parent);
    if (shared === undefined) continue;
    const left = host.length === parent.length ? "" : host.slice(0, -parent.length - 1);
    for (const below of withParents(left)) if (shared.below?.test(below) === true) return `${below}.${parent}`;
    return parent;
  }
  return undefined;
}
