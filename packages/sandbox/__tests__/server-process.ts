import { startApi } from "../lib/api/start";
import { Store } from "../lib/cloud/store";

/**
 * A process to be killed: creates deployments over HTTP, several at a time, on the state file given, without end, and prints
 * the id of each one that was answered.
 */
async function main(file: string): Promise<void> {
  const api = await startApi({ store: Store.open({ file }) });
  const { clientId, clientSecret } = api.credentials;
  const post = async (path: string, authorization: string, body: string, type: string): Promise<{ id: string }> => {
    const headers = { Authorization: authorization, "Content-Type": type };
    const response = await fetch(api.url + path, { method: "POST", headers, body });
    if (!response.ok) throw new Error(await response.text());
    return (await response.json()) as { id: string };
  };
  const basic = Buffer.from(`${clientId}:${clientSecret}`).toString("base64");
  const form = "application/x-www-form-urlencoded";
  const grant: unknown = await post("/oauth/token", `Basic ${basic}`, "grant_type=client_credentials", form);
  const bearer = `Bearer ${(grant as { access_token: string }).access_token}`;
  const call = (path: string, body: object): Promise<{ id: string }> =>
    post(`/api/v2/webdeployments${path}`, bearer, JSON.stringify(body), "application/json");

  const draft = { name: "Shop", languages: ["en-us"], defaultLanguage: "en-us" };
  const { id } = await call("/configurations", draft);
  await call(`/configurations/${id}/versions/draft/publish`, {});
  const create = async (): Promise<never> => {
    for (;;) {
      const deployment = await call("/deployments", { name: "Shop", configuration: { id } });
      process.stdout.write(`${deployment.id}\n`);
    }
  };
  await Promise.all([create(), create(), create()]);
}

void main(process.argv[2] ?? "");
