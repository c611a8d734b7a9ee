import { type IResolvable, Token, Tokenization } from "cdktf";
import { object, text } from "../base/shape";
import { type Finding, type Place } from "../origins/finding";
import { type AddressSource, type LateAddress, type SourceReading } from "../sources/address-source";
import { callSite, placeFile } from "../sources/call-site";
import { writtenOut } from "../sources/written-out";
import { checkCall } from "./property-check";

/** A page address, or a list of them, in any form that the cores give to what only Terraform knows. */
export type TerraformValue = string | IResolvable | readonly (string | IResolvable)[];

/** How an address that only Terraform knows is called. */
export interface TerraformValueOptions {
  /**
   * What reports and refusals call it, such as "the Vercel project's domain".
   * @default - the Terraform expression
   */
  readonly name?: string;
}

/**
 * Page addresses that only Terraform knows, when it runs: another resource's attribute, a list of them, `Fn.*`, a value of
 * another stack, or an expression that is written out (`"${var.domain}"`). Terraform brings them into the form of every other
 * address, merges them with the rest, and refuses before the deployment is touched what the environment's rules refuse.
 *
 * Terraform knows neither punycode nor the Public Suffix List: it refuses a host that is not ASCII, every IPv6 address, and of the
 * suffixes only the commonest. A text that holds nothing of Terraform's is judged at synthesis like any other.
 *
 * @throws when an option is of the wrong form
 * @example
 * ```ts
 * const domain = new ProjectDomain(stack, "Domain", { projectId, domain: "shop.example.com" });
 * messenger.addAddress(terraformValue(domain.domain), terraformValue(service.urls, { name: "the Cloud Run service" }));
 * ```
 */
export function terraformValue(value: TerraformValue, options: TerraformValueOptions = {}): AddressSource {
  checkCall("terraformValue", [["options", optionsShape, options]]);
  const { name } = options;
  const site = callSite(terraformValue);
  const literal = writtenOut(site);
  return {
    read: (context) => {
      const place: Place =
        site === undefined
          ? { file: "(terraformValue)" }
          : { file: placeFile(context.root, site.path), line: site.line };
      const readings = partsOf(value).map((part): SourceReading => {
        const problem = problemOf(part);
        if (problem !== undefined) return { addresses: [], findings: [unusable(problem, place)] };
        if (typeof part === "string" && !isExpression(part)) return literal(part).read(context);
        const late: LateAddress = { value: name ?? nameOf(part), place, expression: part };
        return { addresses: [], findings: [], late: [late] };
      });
      return {
        addresses: readings.flatMap(({ addresses }) => addresses),
        // What is spread out of a list is wrong in the same way as often as the list is long.
        findings: [...new Map(readings.flatMap(({ findings }) => findings).map((one) => [one.message, one])).values()],
        late: readings.flatMap(({ late = [] }) => late),
      };
    },
  };
}

const optionsShape = object<TerraformValueOptions>({ name: text });

/** The values of a list that was written out; a list that only Terraform knows stays whole. */
function partsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) && !Token.isUnresolved(value) ? (value as readonly unknown[]) : [value];
}

/** A number that stands for a value is told by its form alone once it is part of a text. */
function isExpression(text: string): boolean {
  return Token.isUnresolved(text) || /[$%]\{/.test(text) || /-?\d\.\d{8,}e\+\d{3}/.test(text);
}

/** What a report calls a value before the stack is resolved: afterwards it has its own name. */
function nameOf(part: unknown): string {
  const expression =
    typeof part === "string" && !Token.isUnresolved(part) ? /^\$\{([^{}]+)\}$/.exec(part)?.[1] : undefined;
  return expression ?? unnamed;
}

/** What is called so has its expression for a name once the stack is resolved. */
export const unnamed = "a Terraform value";

type Problem = readonly [message: string, remedy: string];

/** Forms that the core would complain of later, in words that name no place. */
function problemOf(part: unknown): Problem | undefined {
  if (typeof part === "string") return problemOfText(part);
  if (typeof part === "number")
    return ["is a number, but an address is a string", "pass the attribute that holds the address"];
  if (Array.isArray(part))
    return Token.isUnresolved(part) && typeof part[0] === "string"
      ? undefined
      : ["is a list in a list", "pass the values in one list"];
  if (Tokenization.isResolvable(part)) return undefined;
  if (typeof part !== "object" || part === null)
    return [`is ${typeof part === "function" ? "a function" : String(part)}`, "pass a resource's attribute"];
  if (Token.isUnresolved(part)) return ["is a map", "pass Fn.values(…) of it, or Fn.lookup(…) for one value"];
  return "fqn" in part
    ? ["is a whole resource", "pass the attribute of it that holds the address, such as resource.domain"]
    : ["is an object without a Terraform value", "pass a resource's attribute"];
}

function problemOfText(text: string): Problem | undefined {
  if (text.includes("#{TfToken["))
    return [
      "is taken from a list that only Terraform knows",
      "pass the whole list, without [0], … or a template around it; Fn.element(resource.list, 0) is its first value",
    ];
  if (text.includes("&{TfToken[") || text === Token.STRING_MAP_TOKEN_VALUE)
    return ["is taken from a map that only Terraform knows", "pass Fn.lookup(resource.map, key)"];
  const placeholder = /\$\{\w*\}/.exec(text)?.[0];
  return placeholder === undefined
    ? undefined
    : [`holds ${placeholder}, which is not a Terraform expression`, 'write one with a dot, such as "${var.domain}"'];
}

function unusable([problem, remedy]: Problem, place: Place): Finding {
  const message = `the value given to terraformValue ${problem}`;
  return { rule: "unusable-token", severity: "error", value: "", place, message, remedy };
}
