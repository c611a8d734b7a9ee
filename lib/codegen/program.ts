import { printable } from "../base/printable";
import { type AdoptionProgram } from "./adoption";
import { type ReproducedEnvironment } from "./environment";
import { type Literal, type LiteralObject, printLiteral, quoteLiteral } from "./literal";

/**
 * The element of `environments` that declares the environment, such as `nextEnvironment("production", { … })`.
 *
 * @param indent how many spaces its lines are moved to the right of
 */
export function environmentText(environment: ReproducedEnvironment, indent = 0): string {
  const { name, kind, addresses, allowAllDomains, acknowledge } = environment;
  const props = {
    kind,
    addresses,
    ...(allowAllDomains && { allowAllDomains }),
    ...(Object.keys(acknowledge).length > 0 && { acknowledge }),
  };
  return `nextEnvironment(${quoteLiteral(name)}, ${printLiteral(props, { indent, expanded: true })})`;
}

/**
 * The property of `messengers` that holds what the environment's Messenger is made from, such as `production: { … }`.
 *
 * @param indent how many spaces its lines are moved to the right of
 */
export function messengerText({ environmentName, properties, comments }: AdoptionProgram, indent: number): string {
  const entry = printLiteral(
    { [environmentName]: asTerraformText(properties) },
    { indent: indent - 2, expanded: true, comments: commentsOf(comments, `${environmentName}.`, indent + 2) },
  );
  // Without the braces around the one property, and without the comma behind it.
  return entry.split("\n").slice(1, -1).join("\n").trimStart().replace(/,$/, "");
}

/** Terraform takes `${` and `%{` for the beginning of an expression. */
function asTerraformText(value: Literal): Literal {
  if (typeof value === "string") return value.replace(/[$%](?=\{)/g, "$&$&");
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Literal[]).map(asTerraformText);
  return mapValues(value as LiteralObject, asTerraformText);
}

function mapValues(object: LiteralObject, change: (value: Literal) => Literal): LiteralObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]));
}

function commentsOf(
  comments: AdoptionProgram["comments"],
  inside: string,
  indent: number,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(comments).map(([way, lines]) => {
      const depth = indent + 2 * (way.split(".").length - 1);
      return [inside + way, lines.flatMap((line) => wrapped(line, 117 - depth))];
    }),
  );
}

/** A comment is one line of a program: what Genesys calls a thing may hold anything. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of printable(text.replace(/[\p{Cc}\s]+/gu, " ")).split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
