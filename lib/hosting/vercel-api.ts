import { type Fields } from "./answer-fields";
import { HostingFailure } from "./hosting-failure";
import { type HostingApi, type Question, type Reply } from "./hosting-api";

/** A domain of a project. It says for which branch or custom environment it is; one that says nothing is for production. */
export interface VercelDomain {
  readonly name: string;
  readonly redirect: string | undefined;
  readonly gitBranch: string | undefined;
  readonly customEnvironmentId: string | undefined;
  readonly verified: boolean;
}

/** A name that leads to a deployment, and goes over to later ones. */
export interface VercelAlias {
  readonly alias: string;
  readonly deploymentId: string | undefined;
  readonly redirect: string | undefined;
}

export interface VercelDeployment {
  readonly id: string;
  /** A host, without a scheme. */
  readonly url: string;
  readonly created: number;
  readonly isReady: boolean;
  readonly isProduction: boolean;
  readonly customEnvironmentId: string | undefined;
  readonly branch: string | undefined;
}

export interface VercelCustomEnvironment {
  readonly id: string;
  readonly slug: string;
  readonly domains: readonly VercelDomain[];
  readonly aliases: readonly string[];
}

export interface VercelProject {
  readonly id: string;
  readonly accountId: string | undefined;
  readonly previewDeploymentSuffix: string | undefined;
}

/** As many as an answer can hold. */
const pageSize = "100";

/** The REST API of Vercel, for one project. What it does not get is a {@link HostingFailure}. */
export class VercelApi {
  private readonly path: string;
  private readonly owner: Readonly<Record<string, string>>;
  private readonly shown: string;

  constructor(
    private readonly api: HostingApi,
    private readonly project: string,
    private readonly team: string | undefined,
  ) {
    this.path = `/v9/projects/${encodeURIComponent(project)}`;
    this.owner = team === undefined ? {} : { [team.startsWith("team_") ? "teamId" : "slug"]: team };
    this.shown = `"${project}"${team === undefined ? "" : ` of team "${team}"`}`;
  }

  async read(): Promise<VercelProject> {
    const { fields } = await this.get(this.path, {}, `the project ${this.shown}`);
    const suffix = fields.optionalText("previewDeploymentSuffix");
    return { id: fields.text("id"), accountId: fields.optionalText("accountId"), previewDeploymentSuffix: suffix };
  }

  async domains(): Promise<readonly VercelDomain[]> {
    const found: VercelDomain[] = [];
    const pages = this.pages(`${this.path}/domains`, {}, `the domains of ${this.shown}`);
    for await (const page of pages) found.push(...page.list("domains").map(domainOf));
    return found;
  }

  async customEnvironments(): Promise<readonly VercelCustomEnvironment[]> {
    const { fields } = await this.get(
      `${this.path}/custom-environments`,
      {},
      `the custom environments of ${this.shown}`,
    );
    return fields.list("environments").map((environment) => ({
      id: environment.text("id"),
      slug: environment.text("slug"),
      domains: environment.has("domains") ? environment.list("domains").map(domainOf) : [],
      aliases: environment.texts("currentDeploymentAliases"),
    }));
  }

  async aliases(projectId: string): Promise<readonly VercelAlias[]> {
    const found: VercelAlias[] = [];
    const pages = this.pages("/v4/aliases", { projectId }, `the aliases of ${this.shown}`);
    for await (const page of pages) {
      const aliases = page.list("aliases").map((alias) => ({
        alias: alias.text("alias"),
        deploymentId: alias.optionalText("deploymentId"),
        redirect: alias.optionalText("redirect"),
      }));
      found.push(...aliases);
    }
    return found;
  }

  /** The newest first, page by page: whoever has found what they look for stops asking. */
  async *deployments(projectId: string): AsyncGenerator<readonly VercelDeployment[], void> {
    const pages = this.pages("/v7/deployments", { projectId }, `the deployments of ${this.shown}`);
    for await (const page of pages) yield page.list("deployments").map(deploymentOf);
  }

  /** The suffix that the previews of a team have, if any; undefined where the token may not ask. */
  async previewSuffix(teamId: string): Promise<{ readonly suffix: string | undefined } | undefined> {
    const question = this.question(`the team of ${this.shown}`);
    const reply = await this.api.get(`/v2/teams/${encodeURIComponent(teamId)}`, {}, { ...question, optional: true });
    return reply && { suffix: reply.fields.optionalText("previewDeploymentSuffix") };
  }

  private async *pages(path: string, query: Readonly<Record<string, string>>, what: string): AsyncGenerator<Fields> {
    const seen = new Set<number>();
    const count = this.api.pages();
    for (let until: number | null = null; ;) {
      const from: Readonly<Record<string, string>> = until === null ? {} : { until: String(until) };
      const { fields: page, length }: Reply = await this.get(path, { ...query, limit: pageSize, ...from }, what);
      yield page;
      until = page.object("pagination").cursor("next");
      if (until === null) return;
      const endless = count.add(length);
      if (endless !== undefined) throw new HostingFailure(`The pages of ${what} have no end: ${endless}`);
      if (seen.has(until)) throw new HostingFailure(`The pages of ${what} go round in a circle`);
      seen.add(until);
    }
  }

  private async get(path: string, query: Readonly<Record<string, string>>, what: string): Promise<Reply> {
    const reply = await this.api.get(path, { ...this.owner, ...query }, this.question(what));
    if (reply === undefined) throw new HostingFailure(`There is no answer for ${what}`);
    return reply;
  }

  private question(what: string): Question {
    const team =
      this.team === undefined ? 'a project of a team is named with it, { team: "…" }' : `of team "${this.team}"`;
    return {
      what,
      refused:
        `VERCEL_TOKEN has expired, or belongs to another account, team or project; its scope must be the account, the team or ` +
        `this project (${team}), and the plan must have what is asked for`,
      missing: `check the name "${this.project}", and the team: ${
        this.team === undefined ? team : `"${this.team}" is its slug or its id, and VERCEL_TOKEN must belong to it`
      }`,
    };
  }
}

function domainOf(fields: Fields): VercelDomain {
  return {
    name: fields.text("name"),
    redirect: fields.optionalText("redirect"),
    gitBranch: fields.optionalText("gitBranch"),
    customEnvironmentId: fields.optionalText("customEnvironmentId"),
    verified: fields.flag("verified"),
  };
}

/** What the Git providers call the branch. */
const branchKeys = ["githubCommitRef", "gitlabCommitRef", "bitbucketCommitRef"];

function deploymentOf(fields: Fields): VercelDeployment {
  const meta = fields.optionalObject("meta");
  return {
    id: fields.text("uid"),
    url: fields.text("url"),
    created: fields.number("created"),
    isReady: (fields.optionalText("readyState") ?? fields.text("state")) === "READY",
    isProduction: fields.optionalText("target") === "production",
    customEnvironmentId: fields.optionalObject("customEnvironment")?.text("id"),
    branch: branchKeys.flatMap((key) => meta?.optionalText(key) ?? [])[0],
  };
}
