import { isRecord } from "../../base/errors";

/** Why Next.js refuses a key of a configuration, as the rest of a sentence that begins with the key. */
export interface Refusal {
  readonly key: string;
  readonly rest: string;
}

type Config = Readonly<Record<string, unknown>>;

/**
 * What Next.js 14 to 16 all refuse in a configuration; undefined where they take it. It is for configurations that Next.js itself is
 * not asked about: those that are written out, those without `i18n`, and where it is not installed. What only one version refuses,
 * and the options of experiments, the application's own build tells.
 */
export function refusalOf(config: Config): Refusal | undefined {
  // Taken by Next.js 14 alone.
  if (config["experimental"] === null) return { key: "experimental", rest: "is null" };
  return refusalOfPaths(config) ?? refusalOfImages(config["images"]) ?? refusalOfI18n(config);
}

function refusalOfPaths({ target, distDir, pageExtensions, assetPrefix, basePath }: Config): Refusal | undefined {
  if (Boolean(target) && target !== "server") return { key: "target", rest: "is no longer supported" };
  if (isThere(distDir)) {
    if (typeof distDir !== "string") return { key: "distDir", rest: "must be a text" };
    if (["", "public"].includes(distDir.trim())) return { key: "distDir", rest: `cannot be "${distDir.trim()}"` };
  }
  const isOfTexts = isList(pageExtensions) && pageExtensions.every((extension) => typeof extension === "string");
  if (isThere(pageExtensions) && !(isOfTexts && pageExtensions.length > 0))
    return { key: "pageExtensions", rest: "must be a list of texts, and not empty" };
  if (isThere(assetPrefix) && typeof assetPrefix !== "string") return { key: "assetPrefix", rest: "must be a text" };
  if (!isThere(basePath) || basePath === "") return undefined;
  const isPath = typeof basePath === "string" && basePath.startsWith("/") && !basePath.endsWith("/");
  return isPath
    ? undefined
    : { key: "basePath", rest: 'must be empty, or a path that begins with "/" and does not end so' };
}

function refusalOfImages(images: unknown): Refusal | undefined {
  if (images === undefined) return undefined;
  if (!isRecord(images)) return { key: "images", rest: "must be an object" };
  const wrong = ["localPatterns", "remotePatterns", "domains"].find(
    (key) => images[key] !== undefined && !isList(images[key]),
  );
  return wrong === undefined ? undefined : { key: `images.${wrong}`, rest: "must be a list" };
}

function refusalOfI18n(config: Config): Refusal | undefined {
  const i18n = config["i18n"];
  if (!i18n) return undefined;
  const refuse = (key: string, rest: string): Refusal => ({ key: key === "" ? "i18n" : `i18n.${key}`, rest });
  if (config["output"] === "export") return refuse("", 'cannot be used with "output: export"');
  if (typeof i18n !== "object") return refuse("", `must be an object, and is a ${typeof i18n}`);
  const { locales, defaultLocale, domains, localeDetection } = isRecord(i18n) ? i18n : {};
  if (!isList(locales)) return refuse("locales", isThere(locales) ? "must be a list of texts" : "is missing");
  if (typeof defaultLocale !== "string" || defaultLocale === "")
    return refuse("defaultLocale", isThere(defaultLocale) ? "must be a text" : "is missing");
  if (isThere(domains) && !isList(domains)) return refuse("domains", "must be a list of objects");
  const wrong = isList(domains) ? domains.flatMap((item) => problemOfDomain(item, domains) ?? [])[0] : undefined;
  if (wrong !== undefined) return refuse("domains", wrong);
  if (!locales.every((locale) => typeof locale === "string")) return refuse("locales", "must be a list of texts");
  if (!locales.includes(defaultLocale)) return refuse("locales", "must include the default locale");
  const lower = locales.map((locale) => locale.toLowerCase());
  if (new Set(lower).size < lower.length) return refuse("locales", "names a locale twice");
  if (isThere(localeDetection) && typeof localeDetection !== "boolean")
    return refuse("localeDetection", "must be true or false");
  return undefined;
}

function problemOfDomain(item: unknown, all: readonly unknown[]): string | undefined {
  if (!isRecord(item)) return "must hold objects";
  const { domain, defaultLocale, locales } = item;
  if (!defaultLocale) return "has an entry without a default locale";
  if (typeof domain !== "string" || domain === "") return "has an entry whose domain is not a text";
  if (domain.includes(":")) return "has an entry with a protocol or a port";
  const others = all.filter((other) => other !== item).filter((other) => isRecord(other));
  if (others.some((other) => other["defaultLocale"] === defaultLocale && other["domain"] !== domain))
    return "has two entries with one default locale";
  if (!isList(locales)) return undefined;
  if (locales.some((locale) => typeof locale !== "string")) return "has an entry with a locale that is not a text";
  const isElsewhere = (locale: unknown): boolean => others.some((other) => includes(other["locales"], locale));
  return locales.some(isElsewhere) ? "has two entries with one locale" : undefined;
}

/** A text has its parts, as a list has its entries: Next.js asks either. */
function includes(locales: unknown, locale: unknown): boolean {
  if (typeof locales === "string") return typeof locale === "string" && locales.includes(locale);
  return isList(locales) && locales.includes(locale);
}

/** For Next.js null is as good as nothing. */
function isThere(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
