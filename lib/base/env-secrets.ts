/** Names of variables and of settings whose values are secrets, in every spelling (`GITHUB_TOKEN`, `clientSecret`, `access-key`). */
const secretName =
  /secret|token|passw(?:or)?d|passphrase|pwd$|(?<!by|com|sur|tres)pass$|cookie|(?:^|_)jwts?$|(?:api|access|private|account|encryption|customer|signing|master|auth|ssh|deploy|license)_?key|credential|(?:^|_)(?:sas|sig|signature|authorization|auth|pat)$/i;

/** Such names of which the value is something else: the id of a key, the path of a file, the working directory. */
const otherName =
  /(?:_id|_ids|_name|_names|_file|_path|_dir|_url|_uri|_host|_port|_size|_count|_ttl|_timeout|_lifetime|_type|_method|_mode|_version|_region|_sock|_expir\w*|_at|_enabled|_algorithm|_domains?|_secure|_same_?site|_max_age|_consent|_policy|_prefix)$|^(?:old)?pwd$/i;

/** Names that are used for secrets and for other things alike: the value decides. `VAULT_SECRET_ID` is one, `AWS_SECRET_ID` a name. */
const doubtfulName = /key$|(?:^|_)secret_id$/i;

/** Keys that are published, and keys of a table, a cache or a keyboard. */
const otherKey =
  /(?:public|publishable|anon|primary|foreign|sort|partition|row|cache|idempotency|hot|kms)_?key$|^next_public_|^vite_/i;

/** Whether a value is such as a machine makes them: long, of one word, with letters and digits, and not an address or a path. */
function isLikeCredential(value: string): boolean {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(value)) return true;
  const isOther =
    /^(?:arn|urn):|^projects\/|:\/\/|^[~.]{0,2}\/|^[a-z]:\\|\.(?:pem|key|json|txt|crt|pub|tfstate)$|^ssh-/i.test(value);
  return value.length >= 16 && !isOther && /^\S+$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value);
}

/** Names that look like a secret's, and are not. */
const noSecret = /^(?:true|false|null|none|yes|no|undefined|\d{1,5})$/i;

/** Variables that hold one address, also without a scheme: what stands before the last `@` is who asks. */
const addressName =
  /^(?:genesyscloud_gateway_\w+|genesys_sandbox_url|pg_conn_str|\w*proxy|\w*_(?:url|uri|host|address|endpoint|dsn))$/i;

/**
 * The secrets in the environment of a process: the values of variables whose names say so (`GENESYSCLOUD_OAUTHCLIENT_SECRET`,
 * `VERCEL_TOKEN`, `PGPASSWORD`), and in all others the users' passwords of addresses and the settings that are named so
 * (`-backend-config=password=…`).
 *
 * @example `PG_CONN_STR=postgres://app:s3cr3t@db.example.com/state` has the secret `s3cr3t`
 */
export function environmentSecrets(environment: NodeJS.ProcessEnv): readonly string[] {
  const secrets = Object.entries(environment).flatMap(([name, value = ""]) => [
    ...(isSecretName(name) || isSecretKey(name, value) ? namedSecrets(value) : []),
    ...(/cookie/i.test(name) ? cookieSecrets(value) : []),
    ...(addressName.test(name) ? userSecrets(value) : []),
    ...textSecrets(value),
  ]);
  return distinct(secrets);
}

/**
 * The secrets in settings that a program has written out, such as the block of a backend or a provider.
 *
 * @param settings a value of JSON
 */
export function settingSecrets(settings: unknown): readonly string[] {
  return distinct(secretsIn(settings));
}

function distinct(secrets: readonly string[]): readonly string[] {
  return [...new Set(secrets)].filter((secret) => !noSecret.test(secret.trim()));
}

function secretsIn(settings: unknown): readonly string[] {
  if (typeof settings === "string") return textSecrets(settings);
  if (Array.isArray(settings)) return settings.flatMap(secretsIn);
  if (typeof settings !== "object" || settings === null) return [];
  return Object.entries(settings).flatMap(([name, value]: [string, unknown]) => {
    const isSecret = typeof value === "string" && !value.includes("${") && isSecretName(name); // not an expression of Terraform
    return [...(isSecret ? namedSecrets(value) : []), ...secretsIn(value)];
  });
}

function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  return secretName.test(words) && !otherName.test(words);
}

function isSecretKey(name: string, value: string): boolean {
  const words = wordsOf(name);
  return doubtfulName.test(words) && !otherKey.test(words) && isLikeCredential(value.trim());
}

function wordsOf(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, "$1_$2").replace(/[-.]/g, "_");
}

/** A server repeats one cookie of several. */
function cookieSecrets(value: string): readonly string[] {
  return value.split(";").flatMap((cookie) => {
    const [, secret = ""] = /^[^=]*=(.*)$/s.exec(cookie.trim()) ?? [];
    return secret.length >= 8 ? [secret] : [];
  });
}

/** The path of a file that holds a secret. */
const keyFile = /^(?:~|\.{0,2}\/|[a-z]:\\)[^\n]*\.(?:json|pem|key|txt|crt|p12|pfx)$/i;

/** The value; of one that is JSON, also what it holds. */
function namedSecrets(value: string): readonly string[] {
  return keyFile.test(value) ? [] : [value, ...secretsIn(jsonOf(value))];
}

function jsonOf(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * `scheme://…@`: the whole of what may be a user with a password, also one that should have been percent-encoded. Lists of paths look
 * alike, such as the `PATH` that npm gives to scripts: `…/.bin:/…/@npmcli/…`, `C:\…\@npmcli`.
 */
const addressWithUser = /(?:[a-z][a-z0-9+.-]+:[\\/]{2}|(?<![\w./\\-])[a-z][a-z0-9+.-]+:[\\/])[^\s"'`<>]*@[^\s"'`<>]*/gi;

/** `password=…`, `-var=db_token=…`, `password: "…"`: up to the next such name, the next mark of a list, or the end. */
const setting = /([a-z][\w.-]*)["']?\s*[=:]\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|([^\s;&,"']+))/gi;

/** The value of an `Authorization` header, wherever it stands; without the header's name it is one where it looks like one. */
const authorization = /(authorization["']?\s*[:=]\s*["']?)?\b(basic|bearer|token|negotiate|apikey)\s+([\w.~+/=:-]+)/gi;

/** `curl -u user:password`, `--proxy-user=user:password`. */
const userOption = /(?:^|[\s"'])(?:-u|-U|--user|--proxy-user)(?:\s+|=|(?<=-[uU]))["']?([^\s:"']+):([^\s"']+)/g;

/** `--password value`. */
const option = /(?:^|[\s"'])--?([a-z][\w-]*)\s+["']?([^\s"'-][^\s"']*)/gi;

/** The secrets that stand in any text: in addresses and headers, as options, and as settings with a telling name. */
function textSecrets(text: string): readonly string[] {
  const ofUsers = Array.from(text.matchAll(addressWithUser), ([address]) => userSecrets(address)).flat();
  const named = Array.from(text.matchAll(setting), ([, name = "", ...values]) => {
    const value = values.find((each?: string) => each !== undefined) ?? "";
    if (isScheme(value)) return []; // what follows is the secret
    return isSecretName(name) ? [value] : nested(value);
  }).flat();
  const headers = Array.from(text.matchAll(authorization), ([, header, scheme = "", credentials = ""]) => {
    const password = /^basic$/i.test(scheme) ? passwordIn(credentials) : undefined;
    const isSecret = header !== undefined || password !== undefined || isLikeCredential(credentials);
    return isSecret ? [credentials, ...(password === undefined ? [] : [password])] : [];
  }).flat();
  const users = Array.from(text.matchAll(userOption), ([, user, password = ""]) => (password === user ? "" : password));
  const options = Array.from(text.matchAll(option), ([, name = "", value = ""]) => (isSecretName(name) ? value : ""));
  return [...ofUsers, ...named, ...headers, ...users.filter(Boolean), ...options.filter(Boolean)];
}

function isScheme(value: string): boolean {
  return /^(?:basic|bearer|token|negotiate|apikey|digest)$/i.test(value);
}

/** What `Basic` credentials say behind the colon; undefined where they are not base64 of printable characters with a colon. */
function passwordIn(credentials: string): string | undefined {
  const text = Buffer.from(credentials, "base64").toString();
  return /^[^\p{Cc}\ufffd:]*:[^\p{Cc}\ufffd]+$/u.test(text) ? text.slice(text.indexOf(":") + 1) : undefined;
}

/** A setting may hold another one: `-backend-config=password=…`. */
function nested(value: string): readonly string[] {
  return value.includes("=") ? textSecrets(value) : [];
}

/** The password of an address, and its pieces where a parser would take it apart and quote one of them. */
function userSecrets(address: string): readonly string[] {
  const text = address.trim();
  const end = text.lastIndexOf("@");
  if (end === -1) return [];
  const user = text.slice(0, end).replace(/^(?:[a-z][a-z0-9+.-]*:?)?[\\/]{1,2}/i, "");
  const colon = user.indexOf(":");
  // A user alone is a token where it is as long as one: https://<token>@git.example.com
  if (colon === -1) return user.length >= 16 && !user.includes("/") ? [user] : [];
  const password = user.slice(colon + 1);
  const isUnderstood = URL.canParse(text) && new URL(text).password !== "";
  const pieces = isUnderstood ? [] : password.split(/[/?#@:\\[\]]+/).filter((piece) => piece.length >= 4);
  return [password, ...pieces];
}
