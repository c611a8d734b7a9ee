import { homedir } from "node:os";
import { version as thisVersion } from "../package.json";
import { printable, printableJson } from "../lib/base/printable";
import { knownSecrets, Secrets } from "../lib/base/secrets";
import { isObject, type JsonObject, textIn } from "../lib/platform/json-fields";
import { type Finding } from "./findings";

/** What a record says of a run, besides its findings. */
export interface Circumstances {
  readonly date: string;
  readonly region: string;
  /** What answered: Genesys Cloud, or the sandbox of this project. */
  readonly platform: string;
  readonly versions: Readonly<Record<string, string>>;
  /** How it ended. */
  readonly end: string;
}

/** What must not stand in a record, besides secrets. */
export interface Hidden {
  /** The answer of `GET /api/v2/organizations/me`. */
  readonly organisation: JsonObject;
  readonly clientId: string | undefined;
  readonly folder: string | undefined;
  /** The gateway's host. */
  readonly gateway: string | undefined;
}

const contents = `This record is made to be attached to a ticket. It has the region, versions of programs, and what is listed below.
Credentials, ids, the name of the organisation, e-mail and IP addresses, and paths of the machine are replaced. Where something could not be
checked, the reason may quote what the network answered: look at those rows before you send it.`;

/** The record as Markdown: a table for people, and the same with more of it as JSON. */
export function renderRecord(circumstances: Circumstances, findings: readonly Finding[], hidden: Hidden): string {
  const clean = cleaner(hidden);
  const rows = findings.map(({ measured, details, ...ours }) => ({
    ...ours,
    measured: clean(measured),
    ...(details !== undefined && { details: clean(details) }),
  }));
  const versions = { "cdktf-genesys-messenger": thisVersion, ...circumstances.versions };
  return [
    "# Live check of cdktf-genesys-messenger",
    contents,
    [
      `- Date: ${circumstances.date}`,
      `- Platform: ${circumstances.platform}`,
      `- Region: ${circumstances.region}`,
      ...Object.entries(versions).map(([name, version]) => `- ${name}: ${version}`),
      `- End: ${circumstances.end}`,
    ].join("\n"),
    [
      "| part | what | expected | measured | verdict |",
      "| --- | --- | --- | --- | --- |",
      ...rows.map(
        (row) =>
          `| ${["group", "what", "expected", "measured", "verdict"].map((name) => cell(row, name)).join(" | ")} |`,
      ),
    ].join("\n"),
    `\`\`\`json\n${printableJson({ ...circumstances, versions, findings: rows })}\n\`\`\`\n`,
  ].join("\n\n");
}

/** Text from outside stands in a code span: there is nothing in it that Markdown or HTML would obey. */
function cell(row: JsonObject, name: string): string {
  const line = printable((textIn(row, name) ?? "").replace(/\s+/g, " ")).slice(0, 300);
  const text = line.replace(/`/g, "'").replace(/\|/g, "\\|");
  return ["measured", "expected"].includes(name) && text !== "" ? `\`${text}\`` : text;
}

const replacements: readonly (readonly [RegExp, string])[] = [
  [/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi, "{id}"],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, "{e-mail}"],
  [/(?<![\d.])(?!127\.)\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g, "{ip}"],
  [/`/g, "'"],
];

/** Takes out of a value what must not stand in a record, wherever it is in it. */
function cleaner({ organisation, clientId, folder, gateway }: Hidden): (value: unknown) => unknown {
  const secrets = new Secrets();
  const names = ["id", "name", "domain"].flatMap((field) => textIn(organisation, field) ?? []);
  const values = [...names, clientId ?? "", gateway ?? "", folder ?? "", homedir()];
  secrets.add(...values);
  // Values that are too short to replace everywhere are only replaced as whole words.
  const words = values.filter(({ length }) => length > 1 && length < 4).map((value) => value.replace(/\W/g, "\\$&"));
  const word = words.length === 0 ? /(?!)/ : new RegExp(`(?<!\\w)(?:${words.join("|")})(?!\\w)`, "gi");
  const cleanText = (text: string): string =>
    [[word, "***"] as const, ...replacements].reduce(
      (rest, [pattern, by]) => rest.replace(pattern, by),
      secrets.mask(knownSecrets.mask(text)),
    );
  return function clean(value: unknown): unknown {
    if (typeof value === "string") return cleanText(value);
    if (Array.isArray(value)) return value.map(clean);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [cleanText(key), clean(each)]));
  };
}
