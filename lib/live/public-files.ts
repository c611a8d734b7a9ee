import { type DomainPolicy } from "../genesys/host-check";
import { type Answer, interference, jsonOf } from "../http/answer";
import { type Http } from "../http/http";
import { isObject, policyIn, textIn } from "./json-fields";
import { type Line } from "../http/line";
import { type NoReading, type PublicFile, type PublishedConfiguration } from "./reading";

/** Reads the files that every visitor's browser loads: what Genesys judges pages by right now. They need no credentials. */
export class PublicFiles {
  private readonly line: Line;

  /** @param address where the region serves them, such as `https://api-cdn.mypurecloud.de` */
  constructor(
    private readonly http: Http,
    private readonly address: string,
  ) {
    this.line = http.line();
  }

  /** `domains.json`: on which pages the Messenger starts. */
  domains(deploymentId: string): Promise<PublicFile<DomainPolicy>> {
    return this.read(deploymentId, "domains.json", policyIn, "list of allowed domains");
  }

  /** `config.json`: which published configuration pages show, and the deployment's status. */
  configuration(deploymentId: string): Promise<PublicFile<PublishedConfiguration>> {
    return this.read(deploymentId, "config.json", configurationIn, "published configuration");
  }

  private async read<Content>(
    deploymentId: string,
    file: string,
    contentIn: (json: unknown) => Content | undefined,
    expected: string,
  ): Promise<PublicFile<Content>> {
    const path = `/webdeployments/v1/deployments/${encodeURIComponent(deploymentId)}/${file}`;
    const url = new URL(path, this.address);
    const answer = await this.http.ask(this.line, url, { headers: { accept: "application/json" } });
    const failed = refusalOf(answer, file);
    if (failed !== undefined) return failed;
    const content = contentIn(jsonOf(answer));
    if (content !== undefined) return { outcome: "served", content };
    return { outcome: "malformed", reason: `${url.host} answers ${file} with something that is no ${expected}` };
  }
}

function refusalOf(answer: Answer, file: string): NoReading | { readonly outcome: "unknown-deployment" } | undefined {
  const between = interference(answer);
  if (between !== undefined) return between;
  if (answer.outcome === "silence" || (answer.status >= 200 && answer.status < 300)) return undefined;
  if (answer.status === 403) return { outcome: "unknown-deployment" };
  return { outcome: "malformed", reason: `${answer.host} answers ${file} with ${answer.status}` };
}

/** The file says much more; only these two decide what a visitor sees. */
function configurationIn(json: unknown): PublishedConfiguration | undefined {
  if (!isObject(json)) return undefined;
  const version = textIn(json, "version");
  const status = textIn(json, "status");
  if (version === undefined && status === undefined) return undefined;
  return { ...(version !== undefined && { version }), ...(status !== undefined && { status }) };
}
