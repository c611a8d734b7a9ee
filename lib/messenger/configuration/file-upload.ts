import { type WebdeploymentsConfigurationMessengerFileUpload } from "@cdktf/provider-genesyscloud/lib/webdeployments-configuration";
import { flag, listOf, object, texts, wholeNumber } from "../../base/shape";

/** Files of some types, up to a size. */
export interface FileUploadMode {
  /**
   * MIME types, such as `image/png`. Genesys documents `image/jpeg`, `image/gif` and `image/png`.
   * @default - left to Genesys
   */
  readonly fileTypes?: readonly string[];
  /**
   * The largest file in kilobytes, from 0 to 10240.
   * @default - left to Genesys
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
   * What visitors can send, by type and size.
   * @default - left to Genesys
   */
  readonly modes?: readonly FileUploadMode[];
}

export function fileUpload({
  enableAttachments = true,
  modes,
}: FileUploadProps): WebdeploymentsConfigurationMessengerFileUpload {
  return { enableAttachments, ...(modes && { mode: modes.map(mode) }) };
}

function mode({ fileTypes, ...rest }: FileUploadMode) {
  return { ...rest, ...(fileTypes && { fileTypes: [...fileTypes] }) };
}

export const fileUploadShape = object<FileUploadProps>({
  enableAttachments: flag,
  modes: listOf(object<FileUploadMode>({ fileTypes: texts, maxFileSizeKb: wholeNumber(0, 10240) })),
});
