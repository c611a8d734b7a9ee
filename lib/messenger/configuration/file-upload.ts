import { type WebdeploymentsConfigurationMessengerFileUpload } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, listOf, nonEmpty, object, wholeNumber } from "../../base/shape";

/** Files of some types, up to a size. */
export interface FileUploadMode {
  /**
   * MIME types, such as `image/png`, one at least.
   * @default ["image/jpeg", "image/gif", "image/png"]
   */
  readonly fileTypes?: readonly string[];
  /**
   * The largest file in kilobytes, from 0 to 10240.
   * @default 10240
   */
  readonly maxFileSizeKb?: number;
}

/** Attachments that visitors send. */
export interface FileUploadProps {
  /**
   * Whether visitors can attach files.
   * @default true
   */
  readonly enableAttachments?: boolean;
  /**
   * What visitors can send, by type and size, one mode at least.
   * @default - not written
   */
  readonly modes?: readonly FileUploadMode[];
}

export function fileUpload({
  enableAttachments = true,
  modes,
}: FileUploadProps): WebdeploymentsConfigurationMessengerFileUpload {
  return { enableAttachments, ...(modes && { mode: modes.map(mode) }) };
}

function mode({ fileTypes = documentedTypes, maxFileSizeKb = 10_240 }: FileUploadMode) {
  return { fileTypes: [...fileTypes], maxFileSizeKb };
}

/** The types that Genesys documents. */
const documentedTypes = ["image/jpeg", "image/gif", "image/png"];

export const fileUploadShape = object<FileUploadProps>({
  enableAttachments: flag,
  modes: listOf(
    object<FileUploadMode>({
      fileTypes: listOf(nonEmpty('a MIME type, such as "image/png"'), { min: 1 }),
      maxFileSizeKb: wholeNumber(0, 10240),
    }),
    { min: 1 },
  ),
});
