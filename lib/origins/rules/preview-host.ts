import { isPreviewHost, platformHostOf, previewParentOf } from "../platforms";
import { type AddressRule } from "../rule";

/** A host that lives as long as a pull request or a commit does. */
export const previewHost: AddressRule = {
  id: "preview-host",
  summary: "a deploy-preview host of a platform",
  severity: { production: "error", staging: "warning", preview: "none", development: "none" },
  acknowledgeable: true,
  yieldsTo: ["public-suffix"],
  breaks: ({ host }) => {
    const found = platformHostOf(host);
    return found !== undefined && isPreviewHost(found);
  },
  message: ({ host, written }) => {
    const platform = platformHostOf(host)?.platform.name ?? "a platform";
    return `"${written}" is the host of one deploy preview on ${platform}`;
  },
  remedy: ({ host }) => {
    const found = platformHostOf(host);
    const parent = found === undefined ? undefined : previewParentOf(found);
    return parent === undefined
      ? "move it to the preview environment, or use a stable host"
      : `move it to the preview environment, where "${parent}" covers every preview`;
  },
};
