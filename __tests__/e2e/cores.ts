/** The cores that the library is published for. */
export const cores = ["cdktf", "cdktn"] as const;

/** A core, by the name of its package. */
export type Core = (typeof cores)[number];

/** What a program on each of them imports the library from. */
export const entryOf: Readonly<Record<Core, string>> = {
  cdktf: "cdktf-genesys-messenger",
  cdktn: "cdktf-genesys-messenger/cdktn",
};

/** A program that is written for cdktf, as it is written for that core: other imports, and nothing else. */
export function onCore(core: Core, program: string): string {
  return program
    .replaceAll('"cdktf"', `"${core}"`)
    .replaceAll(/"cdktf-genesys-messenger(?=[/"])/g, () => `"${entryOf[core]}`);
}
