import * as Token from "./token-form";

/** What is wrong with one property: where it stands, the value, and what to write instead. */
export interface PropertyProblem {
  /** The way to the property from the construct's props, such as `cobrowse.pauseCriteria[0].condition`. */
  readonly property: string;
  readonly value: unknown;
  /** What is wrong, as the end of a sentence that starts with the value. */
  readonly message: string;
  /** What to do about it, in the imperative. */
  readonly remedy: string;
}

/** One line: `"blue" (styles.primaryColor) is no hex colour: write "#" and …` */
export function formatProblem({ property, value, message, remedy }: PropertyProblem): string {
  return `${quoted(value)} (${property}) ${message}: ${remedy}`;
}

/**
 * Collects what is wrong with the properties of a construct, for a report of everything at once. It checks what types
 * cannot say, and what they do say for programs that are not type-checked. A property that is absent is right, and so is
 * a Terraform token: its value is known to Terraform alone.
 */
export class PropertyCheck {
  constructor(
    readonly problems: PropertyProblem[] = [],
    private readonly path = "",
  ) {}

  /** The check of what lies under a property: `in("screens", 0)` for the first of its values. */
  in(property: string, index?: number): PropertyCheck {
    const element = index === undefined ? "" : `[${index}]`;
    return new PropertyCheck(this.problems, `${this.path}${property}${element}.`);
  }

  /** The checks of every value of a list. */
  each<T>(property: string, values: readonly T[] | undefined, check: (value: T, at: PropertyCheck) => void): void {
    if (values === undefined || Token.isUnresolved(values)) return;
    values.forEach((value, index) => {
      check(value, this.in(property, index));
    });
  }

  /** One of a few names. */
  oneOf(property: string, value: string | undefined, allowed: readonly string[]): void {
    this.expect(property, value, (known) => allowed.includes(known), {
      message: "is not a value that Genesys knows",
      remedy: `write ${allowed.map((one) => `"${one}"`).join(" or ")}`,
    });
  }

  /** Several of a few names. */
  someOf(property: string, values: readonly string[] | undefined, allowed: readonly string[]): void {
    if (values === undefined || Token.isUnresolved(values)) return;
    values.forEach((value, index) => {
      this.oneOf(`${property}[${index}]`, value, allowed);
    });
  }

  /** A whole number between two limits, both of them allowed. */
  range(property: string, value: number | undefined, min: number, max = Infinity): void {
    this.expect(property, value, (number) => Number.isInteger(number) && number >= min && number <= max, {
      message: "is out of range",
      remedy: `write a whole number ${max === Infinity ? `of ${min} or more` : `from ${min} to ${max}`}`,
    });
  }

  /** A text of so many characters. */
  length(property: string, value: string | undefined, min: number, max: number): void {
    this.expect(property, value, (text) => text.length >= min && text.length <= max, {
      message: "has the wrong length",
      remedy: `write ${min} to ${max} characters`,
    });
  }

  /** A text that must be there, because nothing works without it; whether it is. */
  required(property: string, value: string | undefined, remedy: string): boolean {
    if (value !== undefined && value !== "") return true;
    this.refuse({ property, value, message: "is missing", remedy });
    return false;
  }

  /** A list of so many values. */
  count(property: string, values: readonly unknown[] | undefined, min: number, max = Infinity): void {
    if (values === undefined || Token.isUnresolved(values)) return;
    if (values.length >= min && values.length <= max) return;
    const message = values.length < min ? "are too few" : "are too many";
    const remedy = values.length < min ? `write at least ${min}` : `write at most ${max}`;
    this.refuse({ property, value: values.length, message, remedy });
  }

  /** A colour as `#rrggbb` or `#rgb`. */
  colour(property: string, value: string | undefined): void {
    this.expect(property, value, (text) => /^#([0-9a-f]{3}){1,2}$/i.test(text), {
      message: "is no hex colour",
      remedy: `write "#" and six hexadecimal digits, such as "#0b5fff"`,
    });
  }

  /** An absolute `https` URL: a page over https shows nothing that comes over http. */
  httpsUrl(property: string, value: string | undefined): void {
    this.expect(property, value, isHttpsUrl, {
      message: "is no https URL",
      remedy: `write an absolute URL, such as "https://www.example.com/logo.svg"`,
    });
  }

  /** What no other check says. */
  expect<T>(
    property: string,
    value: T | undefined,
    right: (value: T) => boolean,
    { message, remedy }: Pick<PropertyProblem, "message" | "remedy">,
  ): void {
    if (value === undefined || isKnownToTerraformOnly(value) || right(value)) return;
    this.refuse({ property, value, message, remedy });
  }

  /** What is wrong in any case. */
  refuse({ property, ...problem }: PropertyProblem): void {
    this.problems.push({ property: this.path + property, ...problem });
  }
}

/** A token, a Terraform expression that was written by hand, or a list that is or holds one. */
export function isKnownToTerraformOnly(value: unknown): boolean {
  if (Array.isArray(value)) return Token.isUnresolved(value) || value.some(isKnownToTerraformOnly);
  return Token.isUnresolved(value) || (typeof value === "string" && value.includes("${"));
}

function isHttpsUrl(text: string): boolean {
  return URL.canParse(text) && new URL(text).protocol === "https:";
}

function quoted(value: unknown): string {
  return value === undefined ? "undefined" : JSON.stringify(value);
}
