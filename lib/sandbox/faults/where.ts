const parts = (prefix: string): RegExp => new RegExp(`^${prefix}(/.*)?$`);

/** Short names of what is faulted most. */
const aliases: Readonly<Record<string, RegExp>> = {
  any: /^/,
  api: parts("/api"),
  oauth: parts("/oauth"),
  public: parts("/webdeployments"),
  loader: /^\/(genesys-bootstrap|messenger)\//,
  deployments: parts("/api/v2/webdeployments/deployments"),
  configurations: parts("/api/v2/webdeployments/configurations"),
};

/** Tells whether a call is where a fault applies. */
export type Where = (method: string, path: string) => boolean;

/**
 * Reads a place such as `api`, `POST|PUT deployments` or `GET /api/v2/webdeployments/deployments/*`.
 *
 * @throws an `Error` that quotes what is wrong with it
 */
export function parseWhere(text: string): Where {
  const words = text.split(/\s+/).filter((word) => word !== "");
  const [target = ""] = words.slice(-1);
  const methods = words.length === 2 ? methodsFrom(words[0] ?? "") : undefined;
  if (words.length === 0 || words.length > 2) {
    throw new Error(`"on" takes a place such as "deployments" or "POST deployments", not "${text}"`);
  }
  const path = target.startsWith("/") ? pathPattern(target) : aliases[target];
  if (path === undefined) {
    throw new Error(`"${target}" is no place: write a path such as "/api/**", or ${Object.keys(aliases).join(", ")}`);
  }
  return (method, called) => (methods === undefined || methods.has(method)) && path.test(called);
}

function methodsFrom(text: string): ReadonlySet<string> | undefined {
  if (text === "*") return undefined;
  const methods = text.split("|");
  const known = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
  const unknown = methods.find((method) => !known.includes(method));
  if (unknown !== undefined) throw new Error(`"${unknown}" is no method: write one of ${known.join(", ")}`);
  return new Set(methods);
}

/** `*` is anything inside one part of the path, `**` anything at all. */
function pathPattern(path: string): RegExp {
  const literal = path.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replace(/\*\*|\*/g, (stars) => (stars === "**" ? ".*" : "[^/]*"))}$`);
}
