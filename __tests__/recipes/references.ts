import { type App, DataTerraformRemoteStateS3, TerraformOutput, TerraformStack } from "cdktf";
import { MessengerStack, nextEnvironment } from "../../lib";

/** What another stack needs of a Messenger: in the same app by reference, in another app by the outputs of its state. */
export function pageStacks(app: App): void {
  const environment = nextEnvironment("production", { kind: "production", addresses: ["https://www.example.com"] });
  const { messenger } = new MessengerStack(app, "production", {
    environment,
    defaultLanguage: "en-us",
    backend: { type: "s3", bucket: "acme-terraform", region: "eu-central-1" },
  });

  // The same app: cdktf makes the output and the remote state, and deploys the Messenger first.
  const page = new TerraformStack(app, "page");
  new TerraformOutput(page, "messenger_environment", { value: messenger.environmentVariables });

  // Another app, another repository: the outputs of a MessengerStack have names that stay.
  const elsewhere = new TerraformStack(app, "elsewhere");
  const state = new DataTerraformRemoteStateS3(elsewhere, "Messenger", {
    bucket: "acme-terraform",
    key: "genesys-messenger/production.tfstate",
    region: "eu-central-1",
    workspace: "${terraform.workspace}", // in the sandbox, the sandbox's own
  });
  new TerraformOutput(elsewhere, "deployment_id", { value: state.getString("deployment_id") });
}
