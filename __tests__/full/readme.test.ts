import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pack } from "../e2e/consumer";
import { readmeExample } from "../e2e/readme-project";
import { needsTerraform } from "../e2e/terraform";
import { Machine } from "./machine";

needsTerraform("the README, followed to the letter in an empty folder", () => {
  const { installs, files } = readmeExample();
  const published = mkdtempSync(join(tmpdir(), "published-"));
  const machine = new Machine(22);
  afterAll(() => {
    machine.remove();
    rmSync(published, { recursive: true, force: true });
  });

  test("installs", async () => {
    // Only the names of this project's packages are not the registry's yet.
    const library = await pack(published);
    const sandbox = await pack(published, "genesys-cloud-sandbox");
    for (const command of installs) {
      const words = command.split(" ").map((word) => {
        if (word === "cdktf-genesys-messenger") return library;
        return word === "genesys-cloud-sandbox" ? sandbox : word;
      });
      machine.expect(0, words.join(" "));
    }
  }, 600_000);

  test("lists, plans and deploys in the sandbox, and its program compiles", () => {
    machine.write(files);
    machine.expect(0, "npx origins list");
    machine.expect(2, "npx origins sandbox -- npx origins plan production");
    machine.expect(0, "npx origins sandbox -- npx origins deploy --auto-approve");
    machine.expect(0, "npx tsc --noEmit");
  });
});
