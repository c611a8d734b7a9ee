import { type Node } from "@babel/types";
import { requiredBy } from "./config-modules";
import { rootOf } from "./config-nodes";
import { type ConfigProgram } from "./config-program";

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

/** Whether a function is known to leave the hosts of the configuration alone that is handed to it. */
export function leavesHostsAlone(callee: Node, program: ConfigProgram): boolean {
  const source = sourceOf(callee, program);
  const [, name] = /^((?:@[^/]+\/)?[^/]+)/.exec(source ?? "") ?? [];
  return name !== undefined && harmless.includes(name);
}

/** Beyond this many names for it a function counts as unknown: it refers to itself. */
const mostSteps = 40;

/** The module that a function comes from, or one that makes it does; or a global object that it is of. */
function sourceOf(callee: Node, program: ConfigProgram, steps = 0): string | undefined {
  if (steps > mostSteps) return undefined;
  const required = requiredBy(callee);
  if (required !== undefined) return required;
  if (callee.type === "CallExpression") return sourceOf(callee.callee, program, steps + 1);
  const root = rootOf(callee);
  if (root === undefined) return undefined;
  const imported = program.importedFrom(root.name);
  if (imported !== undefined) return imported;
  const behind = program.constant(root);
  return behind === undefined ? root.name : sourceOf(behind, program, steps + 1);
}
