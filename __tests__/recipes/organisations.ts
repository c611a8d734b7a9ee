import { type App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { type AwsRegion, GenesyscloudProvider, nextEnvironment, WebMessenger } from "../../lib";

const organisations: readonly { readonly name: string; readonly region: AwsRegion; readonly page: string }[] = [
  { name: "europe", region: "eu-central-1", page: "https://www.example.de" },
  { name: "america", region: "us-west-2", page: "https://www.example.com" },
];

/** Several organisations in one stack: a provider with an alias for each, and credentials that only Terraform sees. */
export function worldwideStack(app: App): void {
  const stack = new TerraformStack(app, "worldwide");
  for (const { name, region, page } of organisations) {
    const secret = (id: string) => new TerraformVariable(stack, `${name}_${id}`, { type: "string", sensitive: true });
    const provider = new GenesyscloudProvider(stack, name, {
      alias: name,
      awsRegion: region,
      oauthclientId: secret("client_id").stringValue,
      oauthclientSecret: secret("client_secret").stringValue,
    });
    const messenger = new WebMessenger(stack, `messenger-${name}`, {
      environment: nextEnvironment(`production-${name}`, { kind: "production", addresses: [page] }),
      defaultLanguage: "en-us",
      region, // what the snippet and the Content-Security-Policy are made for
      provider, // who makes the resources
    });
    new TerraformOutput(stack, `snippet_${name}`, { value: messenger.snippet });
  }
}
