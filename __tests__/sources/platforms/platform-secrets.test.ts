import { appHosting } from "../../../lib/sources/platforms/app-hosting";
import { type AddressSource } from "../../../lib/sources/address-source";
import { envCmdrc } from "../../../lib/sources/env/env-cmdrc";
import { netlifyToml } from "../../../lib/sources/platforms/netlify-toml";
import { nextEnvironment } from "../../../lib/sources/next-environment";
import { wrangler } from "../../../lib/sources/platforms/wrangler";
import { project } from "../project";

const secret = "s3cr3t-T0k3n";

/** Everything that an environment with that source and that file lets out. */
function everythingSaid(source: AddressSource, file: string, text: string): string {
  const root = project({ [file]: text });
  const { written, findings, allowList } = nextEnvironment("all", { kind: "production", addresses: [source], root });
  return JSON.stringify({ written, findings, entries: allowList.entries });
}

const address = "https://a.example.com";

describe("the value of a variable that no one named never gets out", () => {
  test.each<[string, AddressSource, string, string]>([
    ["beside the address, env-cmd", envCmdrc("rc", "a", "A"), "rc", `{"a": {"TOKEN": "${secret}", "A": "${address}"}}`],
    ["beside nothing, env-cmd", envCmdrc("rc", "a"), "rc", `{"a": {"TOKEN": "${secret}"}}`],
    ["in another environment, env-cmd", envCmdrc("rc", "b", "A"), "rc", `{"a": {"TOKEN": "${secret}"}, "b": {}}`],
    ["in no environment, env-cmd", envCmdrc("rc", "b", "A"), "rc", `{"TOKEN": "${secret}"}`],
    ["filled in as the path", recursive(), "rc", `{"a": {"TOKEN": "${secret}", "A": "${address}/$TOKEN"}}`],
    [
      "filled in as the password",
      recursive(),
      "rc",
      `{"a": {"TOKEN": "${secret}", "A": "https://u:$TOKEN@a.example.com"}}`,
    ],
    ["filled in as the whole", recursive(), "rc", `{"a": {"TOKEN": "${secret} x", "A": "$TOKEN"}}`],
    [
      "filled in through another",
      recursive(),
      "rc",
      `{"a": {"TOKEN": "${secret}", "B": "/$TOKEN", "A": "${address}$B"}}`,
    ],
    [
      "a piece of it that looks like a reference",
      recursive(),
      "rc",
      '{"a": {"TOKEN": "x$s3cr3t-T0k3n", "A": "$TOKEN.example.com"}}',
    ],
    [
      "beside the address, Netlify",
      netlifyToml("n", { variables: "A" }),
      "n",
      `[build.environment]\nA = "${address}"\nT = "${secret}"`,
    ],
    ["beside nothing, Netlify", netlifyToml("n"), "n", `[context.production.environment]\nT = "${secret}"`],
    ["beside a broken line, Netlify", netlifyToml("n"), "n", `[build.environment]\nT = "${secret}"\nT2 = ${secret}`],
    [
      "beside the address, App Hosting",
      appHosting(".", { variables: "A" }),
      "apphosting.yaml",
      `env:\n- {variable: A, value: ${address}}\n- {variable: T, value: ${secret}}`,
    ],
    [
      "the name of a secret, App Hosting",
      appHosting(".", { variables: "A" }),
      "apphosting.yaml",
      `env:\n- {variable: A, secret: ${secret}}`,
    ],
    ["a broken line, App Hosting", appHosting("."), "apphosting.yaml", `env:\n- variable: T\n value: "${secret}`],
    [
      "beside the address, Wrangler",
      wrangler("w.json", { variables: "A" }),
      "w.json",
      `{"vars": {"A": "${address}", "T": "${secret}"}}`,
    ],
    ["beside nothing, Wrangler", wrangler("w.json"), "w.json", `{"vars": {"T": "${secret}"}}`],
    ["a broken line, Wrangler", wrangler("w.json"), "w.json", `{"vars": {"T": ${secret}}}`],
    ["as the password in a route", wrangler("w.json"), "w.json", `{"route": "https://user:${secret}@a.example.com/*"}`],
    ["in the query of a route", wrangler("w.json"), "w.json", `{"route": "*a.example.com/?t=${secret}"}`],
    ["in an invalid route", wrangler("w.json"), "w.json", `{"routes": [{"zone": "${secret}"}]}`],
  ])("%s", (_, source, file, text) => {
    expect(everythingSaid(source, file, text)).not.toContain(secret.slice(0, 6));
  });
});

function recursive(): AddressSource {
  return envCmdrc("rc", "a", { variables: "A", recursive: true });
}

test("what is filled in as a part of the host is the host", () => {
  const text = '{"a": {"HOST": "a.example.com", "A": "https://$HOST/login"}}';
  expect(everythingSaid(recursive(), "rc", text)).toContain('"host":"a.example.com"');
});
