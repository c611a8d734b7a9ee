import { randomBytes } from "node:crypto";

import { type OAuthClient } from "../state";

interface Grant {
  readonly clientId: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** The access tokens handed out by one running server. They end with it: a token is cheap to get again. */
export class Tokens {
  private readonly grants = new Map<string, Grant>();

  constructor(private readonly lifetimeSeconds: number) {}

  /** The answer of the token endpoint. */
  issue(client: OAuthClient, now: Date): { access_token: string; token_type: "bearer"; expires_in: number } {
    for (const [token, { expiresAt }] of this.grants) {
      // Expired tokens are kept a while, so that a client is told that it is late rather than unknown.
      if (expiresAt + this.lifetimeSeconds * 1000 >= now.getTime()) break;
      this.grants.delete(token);
    }
    const token = randomBytes(32).toString("base64url");
    this.grants.set(token, { clientId: client.id, expiresAt: now.getTime() + this.lifetimeSeconds * 1000 });
    return { access_token: token, token_type: "bearer", expires_in: this.lifetimeSeconds };
  }

  /** The id of the client that a token was issued to, `"expired"`, or undefined for a token that nobody issued. */
  check(token: string, now: Date): { readonly clientId: string; readonly expired: boolean } | undefined {
    const grant = this.grants.get(token);
    return grant && { clientId: grant.clientId, expired: grant.expiresAt <= now.getTime() };
  }
}
