import { redact } from "../../base/redact";
import { type Finding, type Place } from "../../origins/finding";
import { readTextFile, shownFile } from "../formats/text-file";
import { type Reader, type Seen } from "./config-evaluation";
import { enumerate, type EvaluatedFile, skipsValidation } from "./config-failure";

/**
 * The variables that a hosting platform sets while it builds an application. A configuration that reads one of them does something
 * else there than on a machine without it, so leaving it out is an error.
 */
const hostingVariables: readonly { readonly platform: string; readonly names: RegExp }[] = [
  { platform: "Vercel", names: /^(?:NEXT_PUBLIC_)?VERCEL(?:_\w+)?$|^NOW_\w+$/ },
  {
    platform: "Netlify",
    names:
      /^(?:NETLIFY(?:_\w+)?|CONTEXT|URL|DEPLOY_(?:URL|PRIME_URL|ID)|BRANCH|HEAD|COMMIT_REF|CACHED_COMMIT_REF|PULL_REQUEST|REVIEW_ID|SITE_(?:NAME|ID))$/,
  },
  { platform: "Cloudflare", names: /^(?:CF_PAGES|WORKERS_CI)(?:_\w+)?$/ },
  {
    platform: "AWS Amplify",
    names: /^(?:AWS_(?:APP_ID|BRANCH|BRANCH_ARN|COMMIT_ID|JOB_ID|PULL_REQUEST_\w+)|AMPLIFY_\w+)$/,
  },
  {
    platform: "Firebase App Hosting",
    names: /^(?:FIREBASE_(?:CONFIG|WEBAPP_CONFIG)|K_(?:SERVICE|REVISION|CONFIGURATION))$/,
  },
  { platform: "Azure Static Web Apps", names: /^WEBSITE_(?:HOSTNAME|SITE_NAME|SLOT_NAME|STATICWEBAPP_\w+)$/ },
  { platform: "Render", names: /^(?:RENDER(?:_\w+)?|IS_PULL_REQUEST)$/ },
  { platform: "Railway", names: /^RAILWAY_\w+$/ },
  { platform: "Fly.io", names: /^FLY_\w+$/ },
  { platform: "Heroku", names: /^(?:HEROKU_\w+|DYNO)$/ },
];

/** The platform that sets a variable. */
function hostingPlatformOf(name: string): string | undefined {
  return hostingVariables.find(({ names }) => names.test(name))?.platform;
}

/**
 * What a configuration looked for and did not find: each variable that is not set, everything where it looks at all of them, and the
 * files that differ between machines. An error where a hosting platform sets the variable: its value decides what is built there.
 */
export function seenFindings(seen: Seen, evaluated: EvaluatedFile, unset: readonly string[]): readonly Finding[] {
  const isAll = unset.includes("*");
  const missing = seen.missing.filter(({ name }) => !isAll && !unset.includes(name));
  return [
    ...missing.map((reader) => unsetVariable(reader, evaluated)),
    ...(seen.everything === undefined || isAll ? [] : [allVariables(seen.everything, evaluated)]),
    ...seen.watched.map((reader) => readOtherwise(reader, evaluated)),
    ...localFindings(seen, evaluated),
  ];
}

/** That env-cmd and Next.js read a variable in two ways: started otherwise, the configuration comes to something else. */
function readOtherwise(reader: Reader & { readonly name: string }, evaluated: EvaluatedFile): Finding {
  const [file = ".env"] = evaluated.environment.files;
  const name = redact(reader.name);
  return {
    rule: "env-cmd-reading",
    severity: "warning",
    value: name,
    place: placeOf(reader, reader.name, evaluated),
    message: `"${name}" of ${file} is read differently by env-cmd and Next.js, and the value from env-cmd is used`,
    remedy:
      "write NAME=value on one line, without export, backticks and references; or use { evaluate: { envFiles: […] } } if env-cmd does not load it",
  };
}

function unsetVariable(reader: Reader & { readonly name: string }, evaluated: EvaluatedFile): Finding {
  const { files } = evaluated.environment;
  const name = redact(reader.name);
  const platform = hostingPlatformOf(name);
  const lack = `${enumerate(files)} ${files.length === 1 ? "does" : "do"} not define it`;
  const elsewhere = `write { evaluate: { variables: { ${name}: "${exampleOf(name, platform)}" } } }`;
  const define = platform === undefined ? `define it in ${files[0] ?? ".env"}, or ${elsewhere}` : elsewhere;
  const unset = `write { evaluate: { unset: ["${name}"] } }`;
  return {
    rule: "unset-variable",
    severity: platform === undefined ? "warning" : "error",
    value: name,
    place: placeOf(reader, reader.name, evaluated),
    message: `"${name}" is read but not set: ${platform === undefined ? lack : `${platform} sets it, and ${lack}`}`,
    // Setting it gives text that nothing has transformed.
    remedy: name === skipsValidation ? unset : `${define}; if it is unset on purpose, ${unset}`,
  };
}

function exampleOf(name: string, platform: string | undefined): string {
  return platform !== undefined && /(?:^|_)(?:ENV|CONTEXT)$/.test(name) ? "production" : "…";
}

function allVariables(reader: Reader, evaluated: EvaluatedFile): Finding {
  const { file } = evaluated;
  return {
    rule: "unset-variable",
    severity: "warning",
    value: file,
    place: placeOf(reader, "process.env", evaluated),
    message: `"${file}" reads all variables at once, so missing variables cannot be detected`,
    remedy: 'read each variable by name, or write { evaluate: { unset: ["*"] } } if none is missing',
  };
}

function localFindings({ localFiles, missing }: Seen, evaluated: EvaluatedFile): readonly Finding[] {
  return localFiles.map(({ file: path, names }) => {
    const file = shownFile(evaluated.root, path);
    const wanted = missing.map(({ name }) => name).filter((name) => names.includes(name));
    const held = wanted.length > 0 ? wanted : names;
    const values = held.length === 0 ? "" : `; ${enumerate(held)} would have come from it`;
    return {
      rule: "local-file",
      severity: "warning",
      value: file,
      place: { file: evaluated.file },
      message: `"${file}" is loaded by the configuration, differs between machines and was left out${values}`,
      remedy: "define what production needs in a file that is committed, or with { evaluate: { variables: … } }",
    };
  });
}

/** The line of the read; that of the name in the file where it was compiled. */
function placeOf({ file: path, line }: Reader, name: string, { root }: EvaluatedFile): Place {
  const file = shownFile(root, path);
  const found = line ?? lineOfName(root, path, name);
  return found === undefined ? { file } : { file, line: found };
}

function lineOfName(root: string, path: string, name: string): number | undefined {
  const read = readTextFile(root, path);
  if (!read.ok) return undefined;
  const index = read.text.split("\n").findIndex((line) => new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(line));
  return index === -1 ? undefined : index + 1;
}
