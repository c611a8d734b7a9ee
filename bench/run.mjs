// `npm run bench`: the numbers of docs/benchmarks.md, all in one run and as ratios, so that the machine cancels out.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { ensureInstalled, npm, root } from "../scripts/install.mjs";
import { median } from "./ratio.mjs";

ensureInstalled();
if (npm(["run", "--silent", "build"]).status !== 0) process.exit(1);

const node = (...args) => execFileSync(process.execPath, args, { cwd: root, encoding: "utf8" });
const synthesis = join("bench", "synthesis.cjs");

/** Ours and bare in turn, each in a separate process, so that neither warms the other up. */
function measureSynthesis(environments, domains, rounds = 9) {
  const size = [String(environments), String(domains)];
  node(synthesis, "check", ...size);
  const times = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round++) {
    for (const mode of ["ours", "bare"]) times[mode].push(Number(node(synthesis, mode, ...size)));
  }
  return { ours: median(times.ours), bare: median(times.bare) };
}

const rows = [["what", "ours", "compared with", "ratio", "aim"]];
const add = (what, ours, theirs, unit, aim) =>
  rows.push([
    what,
    `${ours.toFixed(0)} ${unit}`,
    `${theirs.toFixed(0)} ${unit}`,
    (ours / theirs).toFixed(2),
    `≤ ${aim}`,
  ]);

for (const [environments, domains] of [
  [1, 10],
  [20, 50],
  [100, 100],
]) {
  const { ours, bare } = measureSynthesis(environments, domains);
  add(`synthesis, ${environments} × ${domains}, against bare cdktf`, ours, bare, "ms", "1.10");
}

const parse = JSON.parse(node("--require", "ts-node/register", join("bench", "parse-address.ts")));
add("`parseAddress`, against `new URL` and `tldts.parse`", parse.parseAddress, parse.urlAndTldts, "ns", "1.50");

const load = JSON.parse(node(join("bench", "require.mjs")));
add("`require` of the library, against `require` of cdktf", load.ours, load.cdktf, "ms", "1.10");

const startUp = JSON.parse(node(join("bench", "start-up.mjs")));
add("`origins --help`, against `node -e 0`", startUp.help, startUp.node, "ms", "2.00");
add("`origins list` of the example, against `node -e 0`", startUp.list, startUp.node, "ms", "5.00");

const audit = JSON.parse(node("--require", "ts-node/register", join("bench", "audit.ts")));
add("audit of 200 deployments 50 ms away, against the latency alone", audit.audit, audit.latency, "ms", "1.20");
if (audit.plan !== undefined) {
  add("the same, against `terraform plan` of as many in one stack", audit.audit, audit.plan, "ms", "1.00");
}

const standIn = JSON.parse(node("--require", "ts-node/register", join("bench", "stand-in.ts")));
for (const command of ["plan", "apply", "version"]) {
  const [behind, own] = [standIn[command], standIn[`own ${command}`]];
  if (behind === undefined) continue;
  for (const [kind, what] of [
    ["elapsed", "elapsed"],
    ["cpu", "processor time"],
  ]) {
    const name = `\`${command}\` behind \`origins-terraform\`, against Terraform alone (${what})`;
    const [ours, theirs] = [behind[kind], own[kind]].map((time) => time.toFixed(0));
    const more = command === "version" ? (1.5 * standIn.node[kind]).toFixed(0) : "400"; // the start of Node.js, and little else
    rows.push([name, `${ours} ms`, `${theirs} ms`, `+ ${ours - theirs} ms`, `≤ + ${more} ms`]);
  }
}

const list = JSON.parse(node(join("bench", "next-config.mjs")));
for (const [count, aim] of [
  [1, "1.25"],
  [8, "1.75"],
  [40, "4.00"],
]) {
  const [evaluated, literals] = [list[`evaluated ${count}`], list[`literals ${count}`]];
  add(
    `\`origins list\`, ${count} evaluated, against literals (processor time)`,
    evaluated.cpu,
    literals.cpu,
    "ms",
    aim,
  );
}

const [head, ...body] = rows;
for (const row of [head, head.map(() => "---"), ...body]) console.log(`| ${row.join(" | ")} |`);
