import { homedir } from "node:os";
import { version as thisVersion } from "../package.json";
import { printable, printableJson } from "../lib/base/printable";
import { knownSecrets, Secrets } from "../lib/base/secrets";
import { isObject, type JsonObject, textIn } from "../lib/live/json-fields";
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

const contents =
  "This record is made to be attached to a ticket. It has the region, versions of programs, and what is listed below. It has no credentials, " +
  "no id, no name of the organisation or of anything in it, and no address of the machine that it was made on: these are replaced.";

/** The record as Markdown: a table for people, and the same with more of it as JSON. */
export function renderRecord(circumstances: Circumstances, findings: readonly Finding[], hidden: Hidden): string {
  const clean = cleaner(hidden);
  const record = clean({ ...circumstances, findings });
  const rows = isObject(record) && Array.isArray(record["findings"]) ? record["findings"].filter(isObject) : [];
  const versions = Object.entries({ "cdktf-genesys-messenger": thisVersion, ...circumstances.versions });
  return [
    "# Live check of cdktf-genesys-messenger",
    contents,
    [
      `- Date: ${circumstances.date}`,
      `- Platform: ${circumstances.platform}`,
      `- Region: ${circumstances.region}`,
      ...versions.map(([name, version]) => `- ${name}: ${version}`),
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
    `\`\`\`json\n${printableJson(record)}\n\`\`\`\n`,
  ].join("\n\n");
}

/** Text from outside stands in a code span: there is nothing in it that Markdown or HTML would obey. */
function cell(row: JsonObject, name: string): string {
  const text = printable((textIn(row, name) ?? "").replace(/\s+/g, " "))
    .replace(/`/g, "'")
    .replace(/\|/g, "\\|");
  return ["measured", "expected"].includes(name) && text !== "" ? `\`${text.slice(0, 300)}\`` : text;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** Takes out of a value what must not stand in a record, wherever it is in it. */
function cleaner({ organisation, clientId, folder, gateway }: Hidden): (value: unknown) => unknown {
  const secrets = new Secrets();
  const [id, name, domain] = ["id", "name", "domain"].map((field) => textIn(organisation, field));
  for (const value of [id, name, domain, clientId, gateway, folder, homedir()]) secrets.add(value ?? "");
  const cleanText = (text: string): string =>
    secrets.mask(knownSecrets.mask(text)).replace(uuid, "{id}").replaceAll("`", "'");
  return function clean(value: unknown): unknown {
    if (typeof value === "string") return cleanText(value);
    if (Array.isArray(value)) return value.map(clean);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [cleanText(key), clean(each)]));
  };
}
