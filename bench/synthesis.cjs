// What our constructs cost over the same stacks written in bare cdktf. The two must write the same files, or the comparison
// would mean nothing: `check` compares them. Everything a real synthesis does is in the time: addresses in, files out.
//
// usage: node bench/synthesis.cjs ours|bare|check <environments> <domains>
const { mkdtempSync, readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { GenesyscloudProvider } = require("@cdktf/provider-genesyscloud/lib/provider");
const { WebdeploymentsConfiguration } = require("@cdktf/provider-genesyscloud/lib/webdeployments-configuration");
const { WebdeploymentsDeployment } = require("@cdktf/provider-genesyscloud/lib/webdeployments-deployment");
const { App, LocalBackend, TerraformOutput, TerraformStack } = require("cdktf");
const { Construct } = require("constructs");
const { MessengerStack, messengerSnippet, nextEnvironment } = require("../dist/index.js");

const [mode, environments, domains] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const hosts = (n) =>
  Array.from({ length: domains }, (_, m) => `www${String(m).padStart(3, "0")}.brand${n}.example.com`);

const flavours = {
  ours(app, n) {
    const addresses = hosts(n).map((host) => `https://${host}`);
    const environment = nextEnvironment(`brand${n}`, { kind: "production", addresses });
    new MessengerStack(app, environment.name, { environment, defaultLanguage: "en-us" });
  },

  bare(app, n) {
    const name = `brand${n}`;
    const stack = new TerraformStack(app, name);
    new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
    new GenesyscloudProvider(stack, "Genesys");
    const messenger = new Construct(stack, "Messenger");
    const description = `Managed as code, for the environment "${name}": changes by hand are undone by the next deploy`;
    const configuration = new WebdeploymentsConfiguration(messenger, "Configuration", {
      name: `messenger-${name}`,
      description,
      defaultLanguage: "en-us",
      languages: ["en-us"],
      messenger: {
        enabled: true,
        launcherButton: { visibility: "On" },
        apps: {
          conversations: {
            enabled: true,
            autoStartEnabled: false,
            conversationClearEnabled: false,
            markdownEnabled: true,
            showAgentTypingIndicator: true,
            showUserTypingIndicator: true,
          },
        },
      },
    });
    const deployment = new WebdeploymentsDeployment(messenger, "Deployment", {
      name: `messenger-${name}`,
      description,
      status: "Active",
      allowAllDomains: false,
      allowedDomains: hosts(n),
      configuration: { id: configuration.id, version: configuration.version },
      lifecycle: { preventDestroy: true },
    });
    const output = (id, value, text) => new TerraformOutput(stack, id, { value, description: text, staticId: true });
    const apps = "https://apps.mypurecloud.com";
    output("deployment_id", deployment.id, "The id that a page's snippet names");
    output("configuration_id", configuration.id, "The id of the deployment's configuration");
    output("environment", name, "The environment of the application");
    output(
      "allowed_domains",
      deployment.allowedDomains,
      "The hosts that the Messenger shows on, each with its subdomains; none where all are allowed",
    );
    output(
      "environment_variables",
      { NEXT_PUBLIC_GENESYS_ENVIRONMENT: "prod", NEXT_PUBLIC_GENESYS_DEPLOYMENT_ID: deployment.id },
      "For the build of the application",
    );
    output(
      "snippet",
      messengerSnippet({ deploymentId: deployment.id }),
      "The script element that starts the Messenger on a page",
    );
    output(
      "content_security_policy",
      `script-src ${apps}; connect-src https://api-cdn.mypurecloud.com https://api.mypurecloud.com ` +
        `wss://webmessaging.mypurecloud.com https://shyrka-prod.s3.amazonaws.com; frame-src ${apps}; child-src ${apps}`,
      "What a page's Content-Security-Policy must admit",
    );
  },
};

function synthesise(declare) {
  const outdir = mkdtempSync(join(tmpdir(), "bench-synthesis-"));
  try {
    const started = performance.now();
    const app = new App({ outdir });
    for (let n = 0; n < environments; n++) declare(app, n);
    app.synth();
    const milliseconds = performance.now() - started;
    const text = readFileSync(join(outdir, "stacks", `brand${environments - 1}`, "cdk.tf.json"), "utf8");
    return { milliseconds, text };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

if (mode === "check") {
  const [one, other] = [synthesise(flavours.ours).text, synthesise(flavours.bare).text];
  if (one !== other) throw new Error(`The two write different files:\n${one}\n${other}`);
} else {
  console.log(synthesise(flavours[mode]).milliseconds);
}
