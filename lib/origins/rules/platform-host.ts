import { isIpAddress } from "../hostname";
import { platformHostOf, previewParentOf } from "../platforms";
import { publicSuffixOf } from "../public-suffix";
import { type AddressRule } from "../rule";

/** A host that a platform lends: another customer may get it once the project is renamed or removed. */
export const platformHost: AddressRule = {
  id: "platform-host",
  summary: "a host on a shared platform, such as `shop.vercel.app`",
  severity: { production: "warning", staging: "none", preview: "none", development: "none" },
  acknowledgeable: true,
  yieldsTo: ["public-suffix", "loopback", "preview-host"],
  breaks: ({ host }) => !isIpAddress(host) && publicSuffixOf(host)?.of === "platform",
  message: ({ host, written }) => `"${written}" is a host on ${platformOf(host)}${previewsOf(host)}`,
  remedy: () => "serve production from your own domain, or acknowledge the rule with a reason",
};

function platformOf(host: string): string {
  return platformHostOf(host)?.platform.name ?? `a shared platform (${publicSuffixOf(host)?.name ?? host})`;
}

/** Which previews come along with the entry: on some platforms all of them, on others none. */
function previewsOf(host: string): string {
  const found = platformHostOf(host);
  if (found === undefined) return "";
  const parent = previewParentOf(found);
  if (parent === undefined) return `, whose preview hosts (${found.platform.previewHosts}) no single entry covers`;
  return parent === host
    ? `, and its entry also admits the preview hosts (${found.platform.previewHosts})`
    : `, where the one entry "${parent}" would also admit the preview hosts (${found.platform.previewHosts})`;
}
