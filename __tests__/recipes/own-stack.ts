import { S3Backend, TerraformOutput, TerraformStack } from "cdktf";
import { GenesyscloudProvider, nextEnvironment, WebMessenger } from "../../lib";
import { type Construct } from "constructs";

export class SupportStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new S3Backend(this, { bucket: "acme-terraform", key: `${id}.tfstate`, region: "eu-central-1" });
    new GenesyscloudProvider(this, "Genesys", { awsRegion: "eu-central-1" });
    const environment = nextEnvironment(id, { kind: "staging", addresses: ["https://staging.example.com"] });
    const messenger = new WebMessenger(this, "Messenger", {
      environment,
      region: "eu-central-1",
      defaultLanguage: "de-de",
      languages: ["de-de", "en-us"],
      styles: { primaryColor: "#0A6EBD" },
      launcher: { visibility: "OnDemand" },
    });
    messenger.addAddress("https://help.staging.example.com");
    new TerraformOutput(this, "messenger_environment", { value: messenger.environmentVariables });
  }
}
