import { errorMessage } from "../base/errors";
import { type IResolveContext, Lazy, TerraformElement, Token } from "cdktf";
import { type Construct } from "constructs";
import { formatPlace } from "../origins";
import { readAcknowledgements } from "../origins/acknowledgements";
import { type LateAddress, type NextEnvironment } from "../sources";
import { entryFor, mixtureIn, type Mixture } from "./core";
import { lateExpressions } from "./late-address-expressions";
import { lateRules } from "./late-address-rules";
import { addressSyntax } from "./late-address-syntax";
import { withoutStackTraces } from "./quick-construction";
import { unnamed } from "./terraform-value";

/** Longer expressions are cut where they only name something. */
const longestName = 120;

/** The deployment that the addresses are for. */
interface Deployment {
  readonly terraformResourceType: string;
  readonly friendlyUniqueId: string;
}

/**
 * The addresses of an environment that only Terraform knows: the local values that make hosts of them, and the preconditions of the
 * deployment that refuse what the rules of the environment refuse. It writes nothing where there are none.
 */
export class LateAddresses extends TerraformElement {
  constructor(
    scope: Construct,
    id: string,
    private readonly environment: () => NextEnvironment,
    private readonly deployment: Deployment,
  ) {
    super(scope, id);
  }

  /** The deployment's allowed domains: the hosts themselves, or an expression that merges them with those known later. */
  get allowedDomains(): string[] {
    const { allowList, late } = this.environment();
    if (late.length === 0) return [...allowList.domains];
    const known = JSON.stringify(allowList.domains);
    const expression = `\${sort(distinct(concat(${known}, [for each in local.${this.friendlyUniqueId} : each.host if each.host != null])))}`;
    return withoutStackTraces(() => Token.asList(expression));
  }

  override toTerraform(): object {
    const { late, allowAllDomains } = this.environment();
    if (late.length === 0 || allowAllDomains) return {};
    const { terraformResourceType: type, friendlyUniqueId: resource } = this.deployment;
    return {
      locals: this.locals(),
      resource: { [type]: { [resource]: { lifecycle: { precondition: this.preconditions() } } } },
    };
  }

  /** @throws where there are such addresses: nothing would judge them */
  override toHclTerraform(): object {
    const [late] = this.environment().late;
    if (late === undefined) return {};
    throw new Error(
      `"${late.value}" (${formatPlace(late.place)}) is known to Terraform alone, and what judges it is written as JSON only: ` +
        "synthesise without --hcl (and without hclOutput in the app)",
    );
  }

  private locals(): object {
    const id = this.friendlyUniqueId;
    const { late, kind, acknowledge } = this.environment();
    const { texts, hosts, addresses, refusals } = lateExpressions(id);
    return {
      [`${id}_values`]: late.map((address) => ({
        from: address.value === unnamed ? resolved(address, nameOf) : literally(address.value),
        value: resolved(address, (value) => value),
      })),
      [`${id}_environment`]: { kind, acknowledged: [...readAcknowledgements(acknowledge).reasons.keys()].sort() },
      [`${id}_syntax`]: addressSyntax,
      [`${id}_rules`]: lateRules(kind, acknowledge),
      [`${id}_texts`]: texts,
      [`${id}_hosts`]: hosts,
      [id]: addresses,
      [`${id}_refusals`]: refusals,
    };
  }

  private preconditions(): readonly object[] {
    const id = this.friendlyUniqueId;
    const { name, allowList } = this.environment();
    const environment = `the environment "${name}"`;
    const refused = {
      condition: `\${length(local.${id}_refusals) == 0}`,
      error_message: `Page addresses of ${environment} are refused, now that Terraform knows them:\n\${join("\\n", local.${id}_refusals)}`,
    };
    if (allowList.domains.length > 0) return [refused];
    const empty = {
      condition: `\${length(local.${id}) > 0}`,
      error_message:
        `Terraform finds no page address for ${environment}, and an empty list blocks the Messenger on every page without an ` +
        "error (empty-list): name the address of a page, or let one of these have a value: " +
        `\${join(", ", local.${id}_values[*].from)}`,
    };
    return [refused, empty];
  }
}

/** What an address comes to once the stack is resolved: its expression, in the names of that stack. */
function resolved(address: LateAddress, use: (value: unknown) => unknown): unknown {
  const produce = (context: IResolveContext): unknown => {
    const mixture = mixtureIn(address.expression);
    if (mixture !== undefined) throw ofOtherCore(address, mixture);
    let value: unknown;
    try {
      value = context.resolve(address.expression);
    } catch (error) {
      throw unresolvable(address, error);
    }
    return use(value) ?? null;
  };
  return withoutStackTraces(() => Lazy.anyValue({ produce }));
}

/** The expression as a text that Terraform does not evaluate. */
function nameOf(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const name = /^\$\{([^{}]*)\}$/.exec(text)?.[1] ?? text;
  return literally(name.length > longestName ? `${name.slice(0, longestName - 1)}…` : name);
}

function literally(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

function ofOtherCore({ place }: LateAddress, { own, other }: Mixture): Error {
  return new Error(
    `terraformValue (${formatPlace(place)}) is given a value that is made with ${other}, and the stack is made with ${own}: make it with ` +
      `${own}, or everything with ${other} and import from "${entryFor(other)}"`,
  );
}

/**
 * The cores' own words for a list or a map in the place of a text say nothing of where it is. They put "Resolution error:" in front
 * of the message and a full stop behind.
 */
function unresolvable({ place }: LateAddress, error: unknown): Error {
  const reason = errorMessage(error);
  const known = /encoded (?:list|map) token/i.test(reason);
  const problem = known
    ? "a value taken out of a list or a map that only Terraform knows"
    : `what cannot be resolved: ${reason}`;
  return new Error(
    `terraformValue (${formatPlace(place)}) is given ${problem}.\n\n` +
      "Pass the whole list, Fn.element(resource.list, 0) or Fn.lookup(resource.map, key)",
  );
}
