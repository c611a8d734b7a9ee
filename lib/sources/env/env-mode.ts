import { basename } from "node:path";
import { type EnvironmentKind } from "../../origins/environment-kind";

/** The env files of a mode. */
export interface ModeFiles {
  /** The highest priority first. */
  readonly names: readonly [string, ...string[]];
  /** Whether it is none of Next.js's: its own file must be there, or the environment would silently have another one's addresses. */
  readonly isOwn: boolean;
}

/** What `NODE_ENV` is where Next.js reads a chain of env files: what one of them is for, else what the environment is for. */
export function nodeEnvOf(names: readonly string[], kind: EnvironmentKind): "production" | "development" | "test" {
  const modes = ["production", "development", "test"] as const;
  const named = modes.find((mode) => names.some((name) => basename(name) === `.env.${mode}`));
  return named ?? (kind === "development" ? "development" : "production");
}

/** Those of a mode of Next.js, or of one of a team's own over those of `next build` (of `next dev` for development). */
export function filesOfMode(mode: string, base: "production" | "development" = "production"): ModeFiles {
  const isOwn = !["production", "development", "test"].includes(mode);
  return { names: [`.env.${mode}`, ...(isOwn ? [`.env.${base}`] : []), ".env"], isOwn };
}
