import { environmentSecrets, settingSecrets } from "../../lib/base/environment-secrets";

const secret = "hunter-2-Secret";

test.each([
  ["GENESYSCLOUD_OAUTHCLIENT_SECRET", secret],
  ["GENESYSCLOUD_ACCESS_TOKEN", secret],
  ["GENESYSCLOUD_PROXY_AUTH_PASSWORD", secret],
  ["VERCEL_TOKEN", secret],
  ["NETLIFY_AUTH_TOKEN", secret],
  ["AWS_SECRET_ACCESS_KEY", secret],
  ["AWS_SESSION_TOKEN", secret],
  ["ARM_CLIENT_SECRET", secret],
  ["ARM_ACCESS_KEY", secret],
  ["ARM_SAS_TOKEN", secret],
  ["GOOGLE_OAUTH_ACCESS_TOKEN", secret],
  ["PGPASSWORD", secret],
  ["TF_HTTP_PASSWORD", secret],
  ["TF_TOKEN_app_terraform_io", secret],
  ["TF_VAR_europe_client_secret", secret],
  ["npm_config_//registry.example.com/:_authToken", secret],
  ["PG_CONN_STR", `postgres://app:${secret}@db.example.com/state`],
  ["PG_CONN_STR", `host=db.example.com user=app password=${secret} dbname=state`],
  ["PG_CONN_STR", `host=db.example.com password='${secret}'`],
  ["PG_CONN_STR", `postgres://db.example.com/state?user=app&password=${secret}`],
  ["DATABASE_URL", `mysql://app:${secret}@db.example.com/state`],
  ["HTTPS_PROXY", `http://app:${secret}@proxy.example.com:3128`],
  ["https_proxy", `app:${secret}@proxy.example.com:3128`],
  ["GENESYSCLOUD_GATEWAY_HOST", `app:${secret}@gateway.example.com`],
  ["GENESYSCLOUD_GATEWAY_PROTOCOL", `https://app:${secret}@gateway.example.com`],
  ["GENESYS_SANDBOX_URL", `http//app:${secret}@127.0.0.1:4000`],
  ["GENESYS_SANDBOX_URL", `http:/app:${secret}@127.0.0.1:4000`],
  ["TF_CLI_ARGS_init", `-backend-config=password=${secret}`],
  ["TF_CLI_ARGS_init", `-backend-config="conn_str=postgres://app:${secret}@db.example.com/state"`],
  ["TF_CLI_ARGS_plan", `-lock=false -var=db_password=${secret} -no-color`],
  ["TF_ENCRYPTION", `key_provider "pbkdf2" "mine" {\n  passphrase = "${secret}"\n}`],
  ["GOOGLE_CREDENTIALS", JSON.stringify({ type: "service_account", private_key: secret }, undefined, 2)],
  ["GIT_REMOTE", `https://${secret.repeat(2)}@git.example.com/shop.git`],
])("%s=%s has a secret", (name, value) => {
  expect(environmentSecrets({ [name]: value }).some((found) => found.replaceAll(secret, "") === "")).toBe(true);
});

test("a password that a parser takes apart is a secret in its pieces", () => {
  const found = environmentSecrets({
    PG_CONN_STR: "postgres://app:first/second?third#fourth@fifth@db.example.com/state",
  });
  expect(found).toEqual(
    expect.arrayContaining(["first/second?third#fourth@fifth", "first", "second", "third", "fourth", "fifth"]),
  );
  expect(found).not.toContain("db.example.com/state");
});

test("what the environment holds beside secrets is none", () => {
  const harmless = {
    PWD: "/home/app/shop",
    OLDPWD: "/home/app",
    PATH: "/home/app/node_modules/.bin:/node_modules/.bin:/usr/lib/node_modules/npm/node_modules/@npmcli/run-script:/usr/bin:/bin",
    Path: "C:\\app\\node_modules\\.bin;C:\\npm\\node_modules\\@npmcli\\run-script;C:\\Windows",
    NODE_PATH: "/usr/lib:/srv/@app/lib",
    GENESYSCLOUD_TOKEN_POOL_SIZE: "1",
    GENESYSCLOUD_OAUTHCLIENT_ID: "6c1d0bd2-3f0a-4c36-9a55-6d1c5c2c4f10",
    GENESYSCLOUD_GATEWAY_HOST: "gateway.example.com",
    GENESYS_SANDBOX_URL: "http://127.0.0.1:4000",
    HTTPS_PROXY: "http://proxy.example.com:3128",
    PG_CONN_STR: "postgres://app@db.example.com/state?sslmode=disable",
    AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
    AWS_SHARED_CREDENTIALS_FILE: "/home/app/.aws/credentials",
    GOOGLE_APPLICATION_CREDENTIALS: "/home/app/key.json",
    SSH_AUTH_SOCK: "/tmp/agent.1",
    ACTIONS_ID_TOKEN_REQUEST_URL: "https://token.example.com/?api=1",
    USES_TOKEN: "true",
    LS_COLORS: "rs=0:di=01;34:ln=01;36",
    DESIGN: "a design of a page",
    NEXT_PUBLIC_SITE_URL: "https://shop.example.com/@user",
  };
  expect(environmentSecrets(harmless)).toEqual([]);
});

test("settings that a program has written out hold secrets by their names", () => {
  const settings = {
    backend: {
      s3: { bucket: "states", key: "shop/production.tfstate", secret_key: secret, skip_region_validation: true },
      pg: { conn_str: `postgres://app:${secret}1@db.example.com/state`, schema_name: "shop" },
      http: { address: "https://state.example.com", password: `${secret}2`, username: "app" },
    },
    provider: {
      genesyscloud: [
        {
          oauthclient_secret: "${var.secret}",
          access_token: `${secret}3`,
          gateway: [{ auth: { password: `${secret}4` } }],
        },
      ],
    },
  };
  expect(settingSecrets(settings)).toEqual([secret, `${secret}1`, `${secret}2`, `${secret}3`, `${secret}4`]);
});
