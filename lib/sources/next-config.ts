import { type AddressSource } from "./address-source";

/** The keys of a Next.js configuration that hold hosts of pages. */
export const nextConfigKeys = [
  "i18n.domains",
  "experimental.serverActions.allowedOrigins",
  "allowedDevOrigins",
] as const;

/** A key of a Next.js configuration that holds hosts of pages. */
export type NextConfigKey = (typeof nextConfigKeys)[number];

/** What is read from a Next.js configuration. */
export interface NextConfigOptions {
  /**
   * The keys to read.
   * @default `allowedDevOrigins` in a development environment, the two others in every other environment
   */
  readonly keys?: readonly NextConfigKey[];
}

export function nextConfig(path: string, options: NextConfigOptions = {}): AddressSource {
  void path;
  void options;
  return { read: () => ({ addresses: [], findings: [] }) };
}
