import { redact } from "../base/redact";

/** What JavaScript, Python and Go print for a value that is missing, and JavaScript for a condition that does not hold. */
const unsetWords: ReadonlySet<string> = new Set(["undefined", "null", "nan", "none", "nil", "false"]);

/** Those of them that hardly any name has as a part of a label. */
const unsetParts: ReadonlySet<string> = new Set(["undefined", "null"]);

/** Whether a text is what a program prints in place of a missing value. */
export function isUnsetWord(text: string): boolean {
  return unsetWords.has(text.toLowerCase());
}

/**
 * The label of a host that looks as if a variable in it had no value: `undefined.example.com`, `pr-.example.com`. Undefined where
 * every label looks whole. (`nan` is a name; only a reader of the capitals can tell.)
 */
export function unsetLabel(host: string): string | undefined {
  return host
    .split(".")
    .find(
      (label) =>
        (isUnsetWord(label) && label !== "nan") ||
        label.startsWith("-") ||
        label.endsWith("-") ||
        label.split("-").some((part) => unsetParts.has(part)),
    );
}

/** What is wrong with a value, as the rest of a sentence that begins with it, and what to do. */
export type Mistake = readonly [problem: string, remedy: string];

/**
 * What a program, a template or a pipeline would have replaced: its own text stands where an address belongs. Undefined for
 * any other value.
 *
 * @param authority what stands between the scheme and the first slash, question mark or hash
 */
export function unexpandedText(text: string, authority: string): Mistake | undefined {
  return (
    ofTerraform(text) ??
    ofPipeline(text) ??
    ofProgram(text) ??
    ofPattern(text) ??
    ofJson(text) ??
    ofTemplate(text, authority) ??
    inQuotes(text)
  );
}

/** How cdktf writes a value that is only known when Terraform runs: a text, or what looks like the element of a list or a map. */
function ofTerraform(text: string): Mistake | undefined {
  if (text.includes("${TfToken["))
    return ["is a value that only Terraform knows", "wrap it in terraformValue(…), so that Terraform checks it"];
  if (/-?\d\.\d{8,}e\+\d{3}/.test(text))
    return ["contains a number that only Terraform knows", "wrap the whole address in terraformValue(…)"];
  if (text.includes("&{TfToken[") || text === "String Map Token Value")
    return ["is taken from a map that only Terraform knows", "write terraformValue(Fn.lookup(resource.map, key))"];
  if (!text.includes("#{TfToken[")) return undefined;
  const remedy =
    "write terraformValue(resource.list) around the whole list, or terraformValue(Fn.element(resource.list, 0))";
  return ["is taken from a list that only Terraform knows", remedy];
}

/** GitHub Actions and Azure Pipelines, and the tokens that a step of a release replaces in files: `#{X}#`, `__X__`, `@@X@@`. */
const pipelineText =
  /\$\{\{.*?(?:\}\}|$)|\$\([^()]*(?:\)|$)|\$\[\[?.*?(?:\]|$)|#\{[^{}]*(?:\}#?|$)|@@[\w.-]+@@|(?<![^./:-])__[A-Za-z]\w*__(?![^./:-])/s;

function ofPipeline(text: string): Mistake | undefined {
  const found = pipelineText.exec(text)?.[0];
  if (found === undefined) return undefined;
  const remedy = "let the pipeline expand it before synthesis, or write the value that it stands for";
  return [`holds ${named(text, "unexpanded pipeline template", found)}`, remedy];
}

/** Where a program reads a variable or the page's own address, and the bare name of a variable. */
const programText: readonly RegExp[] = [
  /(?:^|[.-])(?:process|Deno|Bun)\??\.env(?![\w-])|(?:^|[.-])import\.meta(?![\w-])/,
  /^(?:window|document|globalThis|self)\.|^location\.(?:host|hostname|href|origin)$|^req(?:uest)?\.(?:headers|nextUrl)\./,
  /^(?:env|vars|secrets|inputs)\.[A-Z][A-Z0-9_]*$/,
  /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
];

/** Whether a host is the text of a program, although a browser might take it for a host. */
export function isProgramText(host: string): boolean {
  return programText.some((pattern) => pattern.test(host)) || (host.includes("__") && pipelineText.test(host));
}

/** Whether what follows the host makes it a part of a regular expression (`www\.example\.com`) or of a program (`process?.env`). */
export function goesOnAsProgram(text: string, rest = ""): boolean {
  return rest.startsWith("?.") || (rest.startsWith("\\") && isRegularExpression(text));
}

function ofProgram(text: string): Mistake | undefined {
  const beginning = /^(?:https?:\/\/)?([^/]*)/i.exec(text)?.[1] ?? "";
  if (!programText.some((pattern) => pattern.test(beginning))) return undefined;
  const name = /[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+/.exec(beginning)?.[0] ?? "NEXT_PUBLIC_SITE_URL";
  return [
    "is program text, which is not evaluated here",
    `write the address that it stands for, or read the variable with a source: envFile(".env.production", "${name}")`,
  ];
}

/** What means something in a regular expression and nothing in an address. No pattern here reads a text more than once. */
const patternText: readonly RegExp[] = [
  /^\^|[^/\\?#$]\$$/, // anchors
  /\\[.-]|\\[dDwWsSbB](?:[\\+*?{$]|$)|^https\?:/,
  /\(\?[:=!<]|^(?:https?:\/\/)?\([^()|]*\|[^()]*\)/, // groups
  /\[\^?[\w.\\-]+\][*+?{]/, // classes
  /(?<![*\w-])\.\*|\.\*(?=[\w(\\[$])|\.\+/,
];

/**
 * Whether a value is a regular expression: anchors, groups, classes, an escaped dot. A lone `*` and `a.*.example.com` are
 * patterns of another kind. The end of a path may be a dollar sign.
 */
export function isRegularExpression(text: string): boolean {
  const isDelimited = text.startsWith("/") && /\/[a-z]*$/.test(text.slice(1)) && /[\\^$*+()[\]|]/.test(text);
  return isDelimited || patternText.some((pattern) => pattern.test(text));
}

function ofPattern(text: string): Mistake | undefined {
  if (!isRegularExpression(text)) return undefined;
  return [
    "is a regular expression, and an allowed domain is a host",
    'write the hosts that it stands for: the entry "example.com" admits every subdomain of it, too',
  ];
}

/** What a shell, an env file or a template would have filled in, and the marks of a text for people to fill in. */
function ofTemplate(text: string, authority: string): Mistake | undefined {
  if (/\[object \w+\]/.test(text))
    return ["is an object converted to a string", "take the text out of the object, or remove the address"];
  const found =
    /\$\{[^}]*\}?|\{\{.*?(?:\}\}|$)|<[^<>]*>?|>/s.exec(text) ??
    /\$\w*|%\(?[a-z_]\w+(?:%|\)s)|\{[^{}]*\}?|\[[^[\]:]*\]|%[sdoOj](?![0-9a-f])/i.exec(authority);
  return found === null
    ? undefined
    : [
        `contains ${named(text, "placeholder", found[0])}, which was not filled in`,
        "write the value that it stands for",
      ];
}

/** What looks like a template may be part of a password. */
function named(text: string, what: string, found: string): string {
  return redact(text).includes(found) ? `the ${what} ${found}` : `${/^[aeiou]/.test(what) ? "an" : "a"} ${what}`;
}

/** A list or an object, also one in which a mistake was made behind its first string; `[host]` and `{host}` are placeholders. */
function ofJson(text: string): Mistake | undefined {
  const value = jsonIn(text);
  const entries = Object.values(value ?? {});
  const isList = Array.isArray(value);
  if (isList && entries.length > 0 && entries.every((entry) => typeof entry === "string")) {
    return ["is a JSON list of strings, and one address is expected", "write each address as a separate value"];
  }
  if (!isList && entries.length > 0)
    return ["is a JSON object, and one address is expected", "write the address alone"];
  const isMixed = entries.some((entry) => typeof entry === "string" || typeof entry === "object");
  if (!isMixed && !/^\[\s*["'].*\]$|^\{\s*["'].*\}$/s.test(text)) return undefined;
  return ["is JSON, but not a list of strings", 'write the address alone, or a list such as ["https://a.example.com"]'];
}

function jsonIn(text: string): object | undefined {
  if (!/^[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

function inQuotes(text: string): Mistake | undefined {
  return /^["'`]|["'`]$/.test(text)
    ? ["has quotation marks around it", "remove them: only the address counts"]
    : undefined;
}
