import { editDistance } from "../../base/edit-distance";
import { isIpAddress } from "../hostname";
import { publicSuffixOf } from "../public-suffix";
import { type AddressRule } from "../rule";

/** The endings that are mistyped most, the commonest first. */
const commonEndings = [
  "com",
  "net",
  "org",
  "dev",
  "app",
  "io",
  "co",
  "info",
  "shop",
  "de",
  "fr",
  "uk",
  "ch",
  "at",
  "it",
  "nl",
  "eu",
];

/** A name that no public DNS answers, because no registry runs what it ends in. Names of private networks are another rule's. */
export const unknownSuffix: AddressRule = {
  id: "unknown-suffix",
  summary: "`www.example.con`: ends in no known top-level domain",
  severity: { production: "error", staging: "warning", preview: "warning", development: "warning" },
  acknowledgeable: true,
  yieldsTo: ["unset-variable", "loopback", "private-name"],
  breaks: ({ host }) => !isIpAddress(host) && host.includes(".") && publicSuffixOf(host) === undefined,
  message: ({ host, written }) => `"${written}" ends in ".${endingOf(host)}", which is not a known top-level domain`,
  remedy: ({ host }) => {
    const meant = commonEndings.find((ending) => editDistance(endingOf(host), ending, 1) === 1);
    const correct = meant === undefined ? "correct the host" : `write ".${meant}" if that is meant`;
    return `${correct}, or acknowledge the rule if the name resolves where visitors are`;
  },
};

function endingOf(host: string): string {
  return host.slice(host.lastIndexOf(".") + 1);
}
