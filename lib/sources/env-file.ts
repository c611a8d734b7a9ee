import { type AddressSource } from "./address-source";

/** Which variables of an env file hold page addresses, and how. */
export interface EnvFileOptions {
  /**
   * The variables to read. Each must be there.
   * @default every variable of `pageAddressVariables` that occurs
   */
  readonly variables?: string | readonly string[];
  /**
   * What stands between the addresses of a variable that holds several, such as `","`. White space around an address is
   * dropped, and so is an empty entry. A space stands for white space of any kind.
   * @default a variable holds one address
   */
  readonly separator?: string;
}

export function envFile(
  files: string | readonly string[],
  variables?: string | readonly string[] | EnvFileOptions,
): AddressSource {
  void files;
  void variables;
  return { read: () => ({ addresses: [], findings: [] }) };
}

/** Which env files an application is built with. */
export interface EnvFilesOptions extends EnvFileOptions {
  /**
   * `production` and `development` are Next.js's own modes; another name, such as `staging`, means that file over those
   * of `next build`.
   * @default "production"
   */
  readonly mode?: string;
}

export function envFiles(folder: string, options: EnvFilesOptions = {}): AddressSource {
  void folder;
  void options;
  return { read: () => ({ addresses: [], findings: [] }) };
}
