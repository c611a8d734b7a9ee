import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { terraformValue } from "../../lib/messenger/terraform-value";
import { parseAddress } from "../../lib/origins/address";
import { addressRules } from "../../lib/origins/rules";
import { nextEnvironment } from "../../lib/sources/next-environment";
import fc, { cases } from "../fast-check";
import { stackWith, synth } from "../messenger/synthesis";
import { nastyAddress } from "./nasty-addresses";
import { needsTerraform, Workspace } from "./terraform";

/** What the expressions of a synthesised stack make of these values: the host, if any, and the rules that it breaks. */
async function judgedByTerraform(
  values: readonly string[],
): Promise<readonly (readonly [string | null, readonly string[]])[]> {
  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: [terraformValue("${var.addresses}")],
  });
  const { locals = {} } = synth(stackWith({ environment }));
  const [id] = Object.keys(locals).sort((one, other) => one.length - other.length);
  const workspace = new Workspace("{}");
  try {
    const configuration = {
      variable: { addresses: { type: "list(string)" } },
      // What would be said of each is judged by another test, and takes as long as all the rest.
      locals: Object.fromEntries(Object.entries(locals).filter(([name]) => !name.endsWith("_refusals"))),
      output: { judged: { value: `\${jsonencode([for each in local.${String(id)} : [each.host, each.broken]])}` } },
    };
    writeFileSync(join(workspace.folder, "main.tf.json"), JSON.stringify(configuration));
    writeFileSync(join(workspace.folder, "values.auto.tfvars.json"), JSON.stringify({ addresses: values }));
    await workspace.init();
    const { code, text } = await workspace.plan("-out=plan");
    if (code === 1) throw new Error(text);
    const { stdout } = await workspace.run("show", "-json", "plan");
    const plan = JSON.parse(stdout) as { planned_values: { outputs: { judged: { value: string } } } };
    return JSON.parse(plan.planned_values.outputs.judged.value) as [string | null, string[]][];
  } finally {
    workspace.remove();
  }
}

/** A name that means the same to everyone: no punycode, no number at the end, and nothing that stands for "no value". */
function isPlainName(value: string): boolean {
  const labels = value.toLowerCase().split(".");
  return (
    value.length <= 253 &&
    labels.every((label) => /^(?!xn--)[a-z0-9_-]{1,63}$/.test(label)) &&
    !/^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? "") &&
    !/^(?:undefined|null|https?)$/i.test(value)
  );
}

/** The rules that Terraform judges exactly; of the others it knows a part. */
const judgedExactly: readonly string[] = ["loopback", "ip-address", "private-name", "plain-http", "wildcard"];

const most = cases(10_000, 1_000);

needsTerraform("what only Terraform knows is judged by Terraform", () => {
  test(`${most} values: a plain name comes to parseAddress's host, everything else to the same or to a refusal`, async () => {
    const values = fc.sample(nastyAddress, most);
    const judged = await judgedByTerraform(values);
    const broken: string[] = [];
    const count = { accepted: 0, plain: 0, undecodable: 0 };
    values.forEach((value, index) => {
      const [host = null, rules = []] = judged[index] ?? [];
      const parsed = parseAddress(value);
      const say = (what: string) => broken.push(`${JSON.stringify(value)}: ${what}`);
      if (isPlainName(value)) count.plain++;
      if (host === null) {
        if (isPlainName(value) && parsed.ok) say("a plain name is refused");
        return;
      }
      count.accepted++;
      if (!parsed.ok) {
        // Terraform cannot decode punycode. The name of an undecodable label stays what it is, and no page ever has it.
        if (/(?:^|\.)xn--/.test(host) && value.toLowerCase().includes(host)) count.undecodable++;
        else say(`"${host}" instead of a refusal`);
        return;
      }
      if (parsed.address.host !== host) say(`"${host}" instead of "${parsed.address.host}"`);
      const literally = addressRules.filter((rule) => rule.breaks(parsed.address)).map(({ id }) => id as string);
      for (const rule of rules) if (!literally.includes(rule)) say(`breaks ${rule} in Terraform alone`);
      for (const rule of judgedExactly)
        if (literally.includes(rule) && !rules.includes(rule)) say(`does not break ${rule} in Terraform`);
    });

    expect(broken).toEqual([]);
    expect(judged).toHaveLength(most);
    expect(count.accepted).toBeGreaterThan(most / 5);
    expect(count.plain).toBeGreaterThan(most / 20);
    expect(count.undecodable).toBeLessThan(most / 200);
  });
});
