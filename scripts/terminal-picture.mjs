// Part of `npm run docs`: draws docs/terminal.svg, the picture in the README, from what `origins` prints for the example application in
// the sandbox. With --check nothing is written: exit code 1 if the commands print something else now. Needs Terraform or OpenTofu.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import stringWidth from "string-width";
import { root } from "./install.mjs";

const picture = join(root, "docs", "terminal.svg");
const columns = 142;
const indent = 4;

/** Run in the sandbox between deploy and audit: the change by hand that no plan shows. */
const emptyList = `
  const { GENESYS_SANDBOX_URL: url, GENESYSCLOUD_OAUTHCLIENT_ID: id, GENESYSCLOUD_OAUTHCLIENT_SECRET: secret } = process.env;
  const json = { "content-type": "application/json" };
  const form = new URLSearchParams({ grant_type: "client_credentials" });
  const basic = { authorization: "Basic " + btoa(id + ":" + secret) };
  const login = await (await fetch(url + "/oauth/token", { method: "POST", headers: basic, body: form })).json();
  const headers = { ...json, authorization: "Bearer " + login.access_token };
  const path = url + "/api/v2/webdeployments/deployments";
  const { entities } = await (await fetch(path, { headers })).json();
  for (const one of entities) {
    const body = JSON.stringify({ ...one, allowedDomains: [], allowAllDomains: false });
    const { ok } = await fetch(path + "/" + one.id, { method: "PUT", headers, body });
    if (!ok) process.exitCode = 1;
  }`;

/** What the picture shows: the command as it is typed, and the parts of `origins` that run it. */
const shown = ["origins list production", "origins explain https://shpo.example.com/cart", "origins audit production"];

/** The screen: each command with what it printed to standard output, in colour. */
function record() {
  const folder = mkdtempSync(join(tmpdir(), "terminal-picture-"));
  try {
    for (const name of ["bin", "lib", "main.ts", "environments.ts", "cdktf.json", "package.json", "tsconfig.json"])
      cpSync(join(root, name), join(folder, name), { recursive: true });
    const filter = (path) => !/[/\\](node_modules|\.next)$/.test(path);
    cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true, filter });
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    const origins = (...words) => {
      const env = { ...process.env, FORCE_COLOR: "1", CHECKPOINT_DISABLE: "1", COLUMNS: String(columns) };
      const args = [join(folder, "bin", "origins.js"), ...words];
      const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" });
      if (status === 1 || status === null) throw new Error(`origins ${words.join(" ")}\n${stdout}${stderr}`);
      return stdout;
    };
    const sandboxed = (...words) => origins("sandbox", "--", process.execPath, ...words);
    const self = join(folder, "bin", "origins.js");
    sandboxed(self, "deploy", "production", "--auto-approve");
    sandboxed("--input-type=module", "--eval", emptyList);
    return shown.flatMap((command) => {
      const [, ...words] = command.split(" ");
      const printed = words[0] === "audit" ? sandboxed(self, ...words) : origins(...words);
      return ["", `\u001b[1m$ ${command}\u001b[22m`, ...lasting(printed).trimEnd().split("\n")];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a command prints every time: without the steps, which say how long they took, and with the same id. */
function lasting(printed) {
  return printed
    .replaceAll(/^.*\(\d+\.\d s\)\n+/gm, "")
    .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10");
}

/** A dark terminal, which is readable on a light page and on a dark one. */
const colours = { 31: "#ff7b72", 32: "#7ee787", 33: "#f2cc60", 34: "#79c0ff", 35: "#d2a8ff", 36: "#76e3ea" };

/** The parts of a line with the style of each: the codes that `picocolors` writes. */
function styled(line) {
  const spans = [];
  let style = {};
  for (const part of `0m${line}`.split("\u001b[")) {
    const [, code, text] = /^(\d+)m(.*)$/s.exec(part);
    if (code === "0") style = {};
    else if (code === "1") style = { ...style, bold: true };
    else if (code === "2") style = { ...style, dim: true };
    else if (code === "22") style = { ...style, bold: false, dim: false };
    else style = { ...style, colour: colours[code] };
    if (text !== "") spans.push({ text, style });
  }
  return spans;
}

/** The rows that a line takes: a long one goes on in the next row, after a space and indented. */
function rowsOf(line) {
  const rows = [[]];
  let column = 0;
  for (const { text, style } of styled(line)) {
    for (const word of text.split(/(?<= )(?=\S)/)) {
      if (column + stringWidth(word.trimEnd()) > columns && column > indent) {
        rows.push([]);
        column = indent;
      }
      const row = rows[rows.length - 1];
      const last = row[row.length - 1];
      if (last?.style === style) last.text += word;
      else row.push({ text: word, style, column });
      column += stringWidth(word);
    }
  }
  return rows;
}

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

function draw(lines) {
  const [advance, height, margin] = [7.8, 18, 20];
  const rows = lines.flatMap(rowsOf).map((row, index) => {
    const spans = row.map(({ text, column, style: { bold, dim, colour = "#e6edf3" } }) => {
      const [x, width] = [margin + column * advance, stringWidth(text) * advance].map((length) => length.toFixed(1));
      const look = `fill="${dim ? "#9aa4af" : colour}"${bold ? ' font-weight="bold"' : ""}`;
      return `<tspan x="${x}" textLength="${width}" ${look}>${escaped(text)}</tspan>`;
    });
    return `<text y="${40 + (index + 1) * height}">${spans.join("")}</text>`;
  });
  const size = [Math.ceil(columns * advance + 2 * margin), 40 + (rows.length + 1) * height + margin];
  const font = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.join(" ")}" font-family="${font}" font-size="13" xml:space="preserve">
<title>${escaped(shown.join(", "))}</title>
<rect width="100%" height="100%" rx="8" fill="#0d1117"/>
<circle cx="20" cy="20" r="6" fill="#ff5f57"/><circle cx="40" cy="20" r="6" fill="#febc2e"/><circle cx="60" cy="20" r="6" fill="#28c840"/>
${rows.join("\n")}
</svg>
`;
}

const drawn = draw(record());
if (!process.argv.includes("--check")) writeFileSync(picture, drawn);
else if (!existsSync(picture) || readFileSync(picture, "utf8") !== drawn) {
  console.error(`Out of date: docs/terminal.svg. Run "npm run docs".`);
  process.exitCode = 1;
}
