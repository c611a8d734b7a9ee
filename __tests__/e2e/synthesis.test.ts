import { appendFileSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { readStacks } from "../../lib/terraform/stacks";
import { synthesise } from "../../lib/terraform/synthesise";
import { Checkout } from "./checkout";

/** Every file below a folder, by its path there. */
function files(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const files = paths.filter((path) => statSync(join(folder, path)).isFile()).sort();
  return Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

describe("synthesis without cdktf-cli", () => {
  let checkout: Checkout;
  beforeEach(() => {
    checkout = new Checkout();
  });
  afterEach(() => {
    checkout.remove();
  });

  test("writes what cdktf synth writes, byte for byte", async () => {
    const environment = { ...process.env, CHECKPOINT_DISABLE: "1", CI: "1" };
    const { outdir } = await synthesise({ folder: checkout.folder, environment });
    const written = files(outdir);
    expect(Object.keys(written)).toContain("stacks/production/cdk.tf.json");
    rmSync(outdir, { recursive: true });
    const cli = join("node_modules", "cdktf-cli", "bundle", "bin", "cdktf");
    expect(await checkout.run([process.execPath, cli, "synth"], environment)).toMatchObject({ code: 0 });
    expect(files(outdir)).toEqual(written);
  });

  test("names the stacks of the environments, and passes the findings of a wrong address on, whole", async () => {
    const { outdir } = await synthesise({ folder: checkout.folder, environment: process.env });
    expect(readStacks(outdir).map(({ environment }) => environment)).toEqual([
      "development",
      "preview",
      "production",
      "staging",
    ]);
    appendFileSync(
      join(checkout.folder, "examples/storefront/.env.production"),
      "\nNEXT_PUBLIC_APP_DOMAIN=http://localhost:3000\n",
    );
    const error = await synthesise({ folder: checkout.folder, environment: process.env }).catch(String);
    expect(error).toContain("WebMessenger initialization failed due to the following validation error(s):");
    expect(error).toContain('"http://localhost:3000"');
    expect(error).not.toContain("node:internal");
    expect(() => readStacks(outdir)).toThrow("Nothing was synthesised");
  });
});
