import { mistakesOfOptions, type OptionForms, refuseCall, shown, sourceOptions } from "../call-check";

/** How a platform's source calls the environment that it is told, and which there can be. */
export interface PlatformCall {
  readonly call: string;
  /** The option that names an environment. */
  readonly environment: "environment" | "context";
  /** @default any, but for development */
  readonly known?: readonly string[];
  /** Whether a project has a team. */
  readonly hasTeam: boolean;
}

/** More hosts than this are a mistake: each is one that anybody may get whose project is named alike. */
const mostDeployments = 100;

/**
 * Checks what a source of a platform is told, which no compiler may have checked.
 * @throws one error that names every mistake
 */
export function checkPlatformCall(
  { call, environment, known, hasTeam }: PlatformCall,
  project: unknown,
  options: object,
): void {
  const forms: OptionForms = {
    ...(hasTeam && { team: "anything" }),
    [environment]: "anything",
    branch: "anything",
    deployments: "anything",
    lock: "anything",
    ...sourceOptions,
  };
  const told = new Map<string, unknown>(Object.entries(options));
  const mistakes: string[] = [];
  if (!isName(project) || /\s/.test(project)) mistakes.push(`${shown(project)} names no project: write its name or id`);
  mistakes.push(...mistakesOfOptions(options, forms));
  for (const option of ["team", "branch", "lock"]) {
    const value = told.get(option);
    if (value !== undefined && !isName(value))
      mistakes.push(`${option} is ${shown(value)}: write a name, or leave it out`);
  }
  const team = told.get("team");
  if (isName(team) && /[\s/]/.test(team)) mistakes.push(`"${team}" is no team: write its slug or id`);
  mistakes.push(...mistakesOfTarget(told.get(environment), told.get("branch"), known));
  const deployments = told.get("deployments");
  if (isRecord(deployments)) {
    const newest = deployments["newest"];
    if (!isCount(newest))
      mistakes.push(`newest is ${shown(newest)}: write how many deployments, from 1 to ${mostDeployments}`);
  } else if (deployments !== undefined) {
    mistakes.push(`deployments is ${shown(deployments)}: write { newest: … }`);
  }
  refuseCall(`${call}(${shown(project)})`, mistakes);
}

function mistakesOfTarget(named: unknown, branch: unknown, known: readonly string[] | undefined): readonly string[] {
  if (named === undefined) return [];
  const mistakes: string[] = [];
  if (branch !== undefined) mistakes.push("both an environment and a branch are named: write a source for each");
  if (known !== undefined && !known.some((each) => each === named))
    mistakes.push(`${shown(named)} is no context: write one of ${known.join(", ")}`);
  if (known === undefined && !isSlug(named))
    mistakes.push(`${shown(named)} is no environment: write production, preview, or the slug of a custom one`);
  if (named === "development") mistakes.push('"development" has no host on the platform: write localhost out instead');
  return mistakes;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function isSlug(value: unknown): boolean {
  return typeof value === "string" && /^[\w-]+$/.test(value);
}

function isCount(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= mostDeployments;
}
