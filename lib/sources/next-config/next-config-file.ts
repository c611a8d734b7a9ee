import { readFileSync, realpathSync } from "node:fs";
import { basename, dirname, isAbsolute, join, normalize, resolve } from "node:path";
import { type Finding } from "../../origins/finding";
import { isRecord } from "../../base/errors";
import { type ModuleSystem } from "./config-literals";
import { isFolder, readTextFile, shownFile } from "../formats/text-file";

/** A configuration's file, or why there is none. */
export type NextConfigFile =
  | {
      readonly ok: true;
      /** Its name as a place shows it. */
      readonly file: string;
      readonly text: string;
      /** Its path, which starts from the project's folder. */
      readonly path: string;
      /** The folder of the application, whose env files count; it starts there too. */
      readonly application: string;
    }
  | { readonly ok: false; readonly finding: Finding };

/** The names that Next.js looks for, in its order, each with the first version that does. */
const firstVersion = new Map([
  ["next.config.js", 0],
  ["next.config.mjs", 0],
  ["next.config.ts", 15],
  ["next.config.mts", 16],
]);
const fileNames = [...firstVersion.keys()];

/**
 * Finds and reads the configuration that a path means: the file itself, or the folder of the application. Where that holds none, Next.js
 * takes the nearest one of the folders above; here only those inside the project count.
 */
export function readNextConfigFile(root: string, path: string): NextConfigFile {
  const isApplication = isFolder(root, path);
  const application = isApplication ? path : dirname(path);
  const candidates = isApplication
    ? foldersFrom(path).flatMap((folder) => fileNames.map((name) => join(folder, name)))
    : [path];
  const attempts = candidates.map((candidate) => ({ candidate, read: readTextFile(root, candidate) }));
  const attempt = attempts.find(({ read }) => read.ok || !read.missing) ?? attempts.find(() => candidates.length === 1);
  if (attempt === undefined) return { ok: false, finding: missingConfig(root, path) };
  const { candidate, read } = attempt;
  if (!read.ok) return { ok: false, finding: read.finding };
  const finding = unsupported(read.file, resolve(root, application));
  return finding === undefined
    ? { ok: true, file: read.file, text: read.text, path: candidate, application }
    : { ok: false, finding };
}

function missingConfig(root: string, folder: string): Finding {
  const file = shownFile(root, folder);
  const message = `"${file}" holds no ${fileNames.join(", ")}`;
  const remedy = "correct the path, which starts from the project's folder";
  return { rule: "missing-file", severity: "error", value: file, place: { file }, message, remedy };
}

/** A folder and those above it, as far as the project goes. */
function foldersFrom(folder: string): readonly string[] {
  const above = dirname(folder);
  return above === folder || isAbsolute(folder) || normalize(folder).startsWith("..")
    ? [folder]
    : [folder, ...foldersFrom(above)];
}

/** What no version of Next.js reads, or not the one that the application has installed. */
function unsupported(file: string, application: string): Finding | undefined {
  const refuse = (message: string, remedy: string): Finding => {
    return { rule: "unsupported-config", severity: "error", value: file, place: { file }, message, remedy };
  };
  if (!/\.m?[jt]s$/.test(file)) {
    const remedy = `name a file that it reads: ${fileNames.join(", ")}`;
    return refuse(`"${file}" is not a configuration that Next.js reads`, remedy);
  }
  const since = firstVersion.get(basename(file)) ?? 0;
  const installed = since === 0 ? undefined : installedVersion(application);
  if (installed === undefined || installed >= since) return undefined;
  const message = `"${file}" is read by Next.js ${since} and later, and the application has version ${installed}`;
  return refuse(message, "write next.config.mjs, or install a later version");
}

/** How a file says what it exports, as Node.js decides it: by its ending, or by the package that a `.js` file is a part of. */
export function moduleSystemOf(root: string, path: string): ModuleSystem {
  if (path.endsWith(".ts")) return "typescript";
  if (!path.endsWith(".js")) return "ecmascript";
  return packageType(dirname(realpathSync.native(resolve(root, path)))) === "module" ? "ecmascript" : "commonjs";
}

function packageType(folder: string): unknown {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return isRecord(manifest) ? manifest["type"] : undefined;
  } catch {
    const above = dirname(folder);
    return above === folder ? undefined : packageType(above);
  }
}

/** The major version of Next.js that an application has installed, or a folder above it. */
function installedVersion(folder: string): number | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(folder, "node_modules", "next", "package.json"), "utf8"));
    if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) return undefined;
    const major = Number.parseInt(String(manifest.version), 10);
    return Number.isNaN(major) ? undefined : major;
  } catch {
    const above = dirname(folder);
    return above === folder ? undefined : installedVersion(above);
  }
}
