import { type Fence, fencesIn, textOf } from "../documentation";

/** What the README's complete example has a reader do in an empty folder. */
export interface ReadmeExample {
  /** The `npm install` commands, in their order. */
  readonly installs: readonly string[];
  /** The files, by their paths. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * Reads the example off the README as a reader does: the first section that installs the package, every command there that begins with
 * `npm install`, and every block whose paragraph begins with the name of a file in backticks.
 */
export function readmeExample(text = textOf("README.md")): ReadmeExample {
  const sections = text.split(/^(?=## )/m);
  const section = sections.find((each) => fencesIn(each).some(isInstall));
  if (section === undefined) throw new Error("No section of the README installs the package.");
  const fences = fencesIn(section);
  const installs = fences.filter(isInstall).flatMap(({ text: commands }) => commandsIn(commands));
  const files = fences.flatMap((fence): readonly (readonly [string, string])[] => {
    const path = /^`([\w./-]+\.(?:[cm]?[jt]s|json))`/.exec(fence.above)?.[1];
    return path === undefined ? [] : [[path, fence.text]];
  });
  return { installs, files: Object.fromEntries(files) };
}

function isInstall({ language, text }: Fence): boolean {
  return /^(sh|bash|shell|console)$/.test(language) && text.startsWith("npm install");
}

/** The `npm install` commands of a block, without comments. */
function commandsIn(text: string): readonly string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/\s+#.*$/, "").trim())
    .filter((line) => line.startsWith("npm install"));
}

/** The packages that a command installs, as they are written: `typescript@~5.9`. */
export function packagesOf(install: string): readonly string[] {
  return install
    .split(/\s+/)
    .slice(2)
    .filter((word) => !word.startsWith("-"))
    .map((word) => word.replaceAll(/["']/g, ""));
}

/** What the example's files read of the application. */
export const application: Readonly<Record<string, string>> = {
  "apps/shop/package.json": "{}",
  "apps/shop/.env.production": "NEXT_PUBLIC_SITE_URL=https://www.example.com\n",
  "apps/shop/.env.staging": "NEXT_PUBLIC_SITE_URL=https://staging.example.com\n",
  "apps/shop/next.config.js": `module.exports = { allowedDevOrigins: ["dev.example.com"] };\n`,
};
