import { environmentSecrets, settingSecrets } from "../../lib/base/env-secrets";

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
  ["SMTP_PASS", secret],
  ["DBPASS", secret],
  ["SESSION_JWT", secret],
  ["VERCEL_COOKIE", secret],
  ["COOKIES", `theme=dark; session=${secret}`],
  ["COOKIE_HEADER", `session=${secret}; theme=dark`],
  ["OPENAI_KEY", `${secret}${secret}`],
  ["STRIPEKEY", `${secret}${secret}`],
  ["openaiKey", `${secret}${secret}`],
  ["VAULT_SECRET_ID", `${secret}${secret}`],
  ["GIT_CONFIG_VALUE_0", `AUTHORIZATION: basic ${Buffer.from(`x-access-token:${secret}`).toString("base64")}`],
  ["CURL_HEADER", `Authorization: Bearer ${secret}`],
  ["CURL_HEADERS", `-H "Accept: */*" -H "Authorization: Token ${secret}"`],
  ["HEADERS", `{"Authorization":"Bearer ${secret}"}`],
  ["HEADER", `Bearer ${secret}${secret}`],
  ["HEADER", `Basic ${Buffer.from(`user:${secret}`).toString("base64")}`],
  ["FETCH", `curl -s -u user:${secret} https://example.com`],
  ["FETCH", `curl -uuser:${secret} https://example.com`],
  ["FETCH", `curl --user "user:${secret}" https://example.com`],
  ["FETCH", `curl --proxy-user=user:${secret} https://example.com`],
  ["FETCH", `wget --user app --password ${secret} https://example.com`],
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

test("what the environment holds beside secrets is not secret", () => {
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
    STRIPE_PUBLIC_KEY: "pk_live_51H8abcdEFGH1234",
    STRIPE_PUBLISHABLE_KEY: "pk_live_51H8abcdEFGH1234",
    NEXT_PUBLIC_MAPS_KEY: "AIzaSyD-1234567890abcdef",
    SSH_PUBLIC_KEY: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA app@example.com",
    SORT_KEY: "created_at_2024_descending",
    KMS_KEY: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd",
    STATE_KEY: "/states/eu2/production.tfstate",
    TLS_KEY: "/etc/ssl/private/server-2024.key",
    HOTKEY: "ctrl+k",
    API_HOST_KEY: "short1",
    DB_SECRET_ID: "arn:aws:secretsmanager:eu-central-1:111122223333:secret:db",
    COOKIE_DOMAIN: "shop.example.com",
    COOKIE_NAME: "shop-session-2024",
    COOKIE_SAME_SITE: "Lax",
    BYPASS: "shop.example.com",
    COMPASS: "north-north-west",
    DESCRIPTION: "Basic authentication, and a bearer of good news",
    SCHEME: "Authorization: Bearer",
    RUN: "docker run -u 1000:1000 -e A -u node:node image --pass-through yes",
    NEXT_PUBLIC_SITE_URL: "https://shop.example.com/@user",
  };
  expect(environmentSecrets(harmless)).toEqual([]);
});

test("the scheme of a header is not a secret", () => {
  expect(environmentSecrets({ HEADER: `Authorization: Bearer ${secret}` })).toEqual([secret]);
});

test("a private key is one, whatever the variable is called before KEY", () => {
  const key = `-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----`;
  expect(environmentSecrets({ TLS_KEY: key })).toEqual([key]);
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
