import { isIpAddress } from "../hostname";
import { publicSuffixOf } from "../public-suffix";
import { type AddressRule } from "../rule";

/** A name under which anybody can have a host: its entry admits all of them. */
export const publicSuffix: AddressRule = {
  id: "public-suffix",
  summary: "`vercel.app`, `co.uk`: would admit strangers",
  severity: { production: "error", staging: "error", preview: "error", development: "error" },
  acknowledgeable: false,
  yieldsTo: [],
  breaks: ({ host }) => !isIpAddress(host) && publicSuffixOf(host)?.name === host,
  message: ({ host, written }) => `"${written}" would admit every site ${isPlatform(host) ? "on" : "under"} ${host}`,
  remedy: ({ host }) =>
    isPlatform(host)
      ? `use your own host, such as "shop.${host}", or give previews their own domain`
      : `use your own host, such as "www.yours.${host}"`,
};

function isPlatform(host: string): boolean {
  return publicSuffixOf(host)?.of === "platform";
}
