/**
 * Packages whose functions take a configuration and return one with the same hosts: plugins that are in wide use, and two of
 * JavaScript's own objects. A configuration that goes through another function is evaluated, for it may gain hosts there.
 */
const harmless: readonly string[] = [
  "@ducanh2912/next-pwa",
  "@next/bundle-analyzer",
  "@next/mdx",
  "@sentry/nextjs",
  "@serwist/next",
  "@vanilla-extract/next-plugin",
  "fumadocs-mdx",
  "next-intl",
  "next-pwa",
  "next-transpile-modules",
  "nextra",
  "Object",
  "Promise",
];

/** Whether the functions of a package leave the hosts of a configuration alone. */
export function leavesHostsAlone(specifier: string): boolean {
  const [, name] = /^((?:@[^/]+\/)?[^/]+)/.exec(specifier) ?? [];
  return name !== undefined && harmless.includes(name);
}
