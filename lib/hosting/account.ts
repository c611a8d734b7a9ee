import { type HostingPlatform } from "../sources/pulled/pull";
import { type HostingAccount } from "./hosting-api";
import { HostingFailure } from "./hosting-failure";

interface Variables {
  readonly token: string;
  readonly api: string;
  readonly usualApi: string;
  readonly whereTokensAreMade: string;
}

const variables: Readonly<Record<HostingPlatform, Variables>> = {
  vercel: {
    token: "VERCEL_TOKEN",
    api: "VERCEL_API_URL",
    usualApi: "https://api.vercel.com",
    whereTokensAreMade: "https://vercel.com/account/settings/tokens, with the team or the project as its scope",
  },
  netlify: {
    token: "NETLIFY_AUTH_TOKEN",
    api: "NETLIFY_API_URL",
    usualApi: "https://api.netlify.com/api/v1",
    whereTokensAreMade: "https://app.netlify.com/user/applications, as a personal access token",
  },
};

/**
 * The account that a platform is asked as: `VERCEL_TOKEN` or `NETLIFY_AUTH_TOKEN`, from the environment alone.
 * `VERCEL_API_URL` and `NETLIFY_API_URL` name another host, such as a company's gateway.
 *
 * @throws HostingFailure when there is no token, or it would travel unencrypted
 */
export function hostingAccount(platform: HostingPlatform, environment: NodeJS.ProcessEnv): HostingAccount {
  const { usualApi, whereTokensAreMade, ...names } = variables[platform];
  const token = environment[names.token]?.trim() ?? "";
  if (token === "")
    throw new HostingFailure(`${names.token} is not set: make a token at ${whereTokensAreMade}, and export it`);
  // Node's own complaint about such a header would quote it.
  if (!/^[!-~]+$/.test(token))
    throw new HostingFailure(`${names.token} holds white space or other characters that no token has: copy it again`);
  const api = environment[names.api]?.trim().replace(/\/+$/, "") ?? "";
  if (api === "") return { api: usualApi, token };
  if (!URL.canParse(api) || !isSafe(new URL(api)))
    throw new HostingFailure(
      `${names.api} is no address that a token may be sent to: write one that begins with https://`,
    );
  return { api, token };
}

function isSafe({ protocol, hostname, username, password }: URL): boolean {
  const isOwnMachine = ["127.0.0.1", "localhost", "[::1]"].includes(hostname);
  return (protocol === "https:" || (protocol === "http:" && isOwnMachine)) && username === "" && password === "";
}
