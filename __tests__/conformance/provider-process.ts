import { mkdtempSync, rmSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startProvider } from "../../packages/sandbox/lib/provider/start";
import { impatient } from "../../packages/sandbox/__tests__/provider/genesys";

/**
 * The sandbox's provider as an executable: what Terraform expects of a provider that it starts itself (go-plugin's handshake
 * on the standard output), with everything that it knows of Genesys Cloud from its environment, as the genuine one has it.
 *
 * It has no certificate to offer, so `TF_DISABLE_PLUGIN_TLS` must be set.
 */
async function main(): Promise<void> {
  if (process.env["TF_PLUGIN_MAGIC_COOKIE"] === undefined) throw new Error("Only Terraform can start this");
  const provider = await startProvider({
    apiUrl: "http://127.0.0.1:9", // no one: only the gateway leads to the API
    clientId: process.env["GENESYSCLOUD_OAUTHCLIENT_ID"] ?? "",
    clientSecret: process.env["GENESYSCLOUD_OAUTHCLIENT_SECRET"] ?? "",
    environment: process.env,
    timing: impatient,
  });
  const [reattach] = Object.values(JSON.parse(provider.reattach) as Record<string, { Addr: { String: string } }>);
  const folder = mkdtempSync(join(tmpdir(), "provider-"));

  // Terraform hangs up when it is done, and waits two seconds for the process to end before it kills it.
  const door = createServer((terraform) => {
    const inside = connect(reattach?.Addr.String ?? "");
    for (const socket of [terraform, inside]) socket.on("error", () => undefined);
    terraform.pipe(inside).pipe(terraform);
    terraform.once("close", () => {
      door.close();
      void provider.close().then(() => {
        rmSync(folder, { recursive: true, force: true });
      });
    });
  });
  const socket = join(folder, "plugin.sock");
  door.listen(socket, () => {
    process.stdout.write(`1|5|unix|${socket}|grpc\n`);
  });
}

void main();
