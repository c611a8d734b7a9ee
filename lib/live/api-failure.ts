import { type Answer, jsonOf } from "../http/answer";
import { printable } from "../base/printable";
import { knownSecrets } from "../base/secrets";
import { type Credentials } from "./endpoints";
import { isObject, textIn } from "./json-fields";
import { type NoReading } from "./reading";

/** The platform API did not give what it was asked for; the message is for people, and no secret stands in it. */
export class ApiFailure extends Error {
  constructor(
    /** `gone`: there is no such thing in the organisation. */
    readonly outcome: NoReading["outcome"] | "gone",
    reason: string,
  ) {
    super(printable(knownSecrets.mask(reason)));
    this.name = "ApiFailure";
  }
}

/** The credentials are no good, says the host. */
export function refusedCredentials(answer: Answer, host: string, credentials: Credentials): ApiFailure {
  const remedy =
    "accessToken" in credentials
      ? "GENESYSCLOUD_ACCESS_TOKEN may have expired, or belong to another region"
      : "check GENESYSCLOUD_OAUTHCLIENT_ID and GENESYSCLOUD_OAUTHCLIENT_SECRET, and that the client is one of this region";
  return new ApiFailure("refused", `${host} refuses the credentials${quoted(answer)}: ${remedy}`);
}

/** The API understood, and said no. */
export function refusal(answer: Answer, what: string): ApiFailure {
  if (answer.outcome === "silence") return new ApiFailure("unreachable", answer.reason);
  const { host, status } = answer;
  const said = quoted(answer);
  if (status === 404) return new ApiFailure("gone", `${host} has no ${what}${said}`);
  if (status === 403) {
    const remedy = "give its role that permission";
    return new ApiFailure("refused", `${host} does not let the OAuth client read the ${what}${said}: ${remedy}`);
  }
  return new ApiFailure("refused", `${host} answers ${status} for the ${what}${said}`);
}

/** The API's own words, on one line and shortened; secrets are masked before, because half of one would not be found. */
function quoted(answer: Answer): string {
  const body = jsonOf(answer);
  if (!isObject(body)) return "";
  const message = textIn(body, "message") ?? textIn(body, "error_description") ?? textIn(body, "error");
  if (message === undefined) return "";
  const plain = knownSecrets.mask(message).replace(/\s+/g, " ").trim();
  return ` ("${plain.length > 300 ? `${plain.slice(0, 300)}…` : plain}")`;
}
