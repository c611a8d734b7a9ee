/** What an environment is for. It decides how strictly the rules judge the environment's addresses. */
export const environmentKinds = ["production", "staging", "preview", "development"] as const;

/** One of the four kinds of environment a Next.js application runs in. */
export type EnvironmentKind = (typeof environmentKinds)[number];
