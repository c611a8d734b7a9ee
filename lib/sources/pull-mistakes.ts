/** What the sources that are pulled can be told, not checked by any compiler. */
interface Told {
  readonly team?: unknown;
  readonly branch?: unknown;
  readonly deployments?: { readonly newest: unknown };
  readonly lock?: unknown;
  /** The environment, or what the platform calls it. */
  readonly named?: unknown;
  /** The environments that there can be. @default any, but for development */
  readonly known?: readonly string[];
}

/** More hosts than this are a mistake: each is one that anybody may get whose project is named alike. */
const mostDeployments = 100;

/**
 * Checks what a source of a platform is told.
 * @throws one error that names every mistake
 */
export function pullMistakes(call: string, project: unknown, told: Told): void {
  const mistakes: string[] = [];
  const { team, branch, deployments, lock, named, known } = told;
  if (!isName(project) || /\s/.test(project)) mistakes.push(`${shown(project)} names no project: write its name or id`);
  for (const [what, value] of Object.entries({ team, branch, lock }))
    if (value !== undefined && !isName(value))
      mistakes.push(`${what} is ${shown(value)}: write a name, or leave it out`);
  if (isName(team) && /[\s/]/.test(team)) mistakes.push(`"${team}" is no team: write its slug or id`);
  if (named !== undefined && branch !== undefined)
    mistakes.push("both an environment and a branch are named: write a source for each");
  if (named !== undefined && known !== undefined && !known.some((each) => each === named))
    mistakes.push(`${shown(named)} is no context: write one of ${known.join(", ")}`);
  if (named !== undefined && known === undefined && !isSlug(named))
    mistakes.push(`${shown(named)} is no environment: write production, preview, or the slug of a custom one`);
  if (named === "development") mistakes.push('"development" has no host on the platform: write localhost out instead');
  const newest: unknown = deployments?.newest;
  if (deployments !== undefined && !isCount(newest))
    mistakes.push(`newest is ${shown(newest)}: write how many deployments, from 1 to ${mostDeployments}`);
  if (mistakes.length === 0) return;
  throw new Error(`${call}(${shown(project)}) cannot be read:\n${mistakes.map((text) => `- ${text}`).join("\n")}`);
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

function shown(value: unknown): string {
  return typeof value === "string"
    ? `"${value}"`
    : typeof value === "number"
      ? String(value)
      : `of type ${typeof value}`;
}
