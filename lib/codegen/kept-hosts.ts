import { type ArrayExpression, type Expression, type ObjectExpression } from "@babel/types";
import { printable } from "../base/printable";
import { type Acknowledgements } from "../origins/rule";
import { printLiteral, quoteLiteral } from "./literal";
import {
  checked,
  type Edit,
  importedFrom,
  indentAt,
  isNamed,
  nodesIn,
  parse,
  type Parsed,
  textOf,
  untyped,
  withMember,
} from "./syntax";

/** Hosts that an environment is to have besides those that it declares. */
export interface KeptHosts {
  /** The environment's name. */
  readonly environment: string;
  readonly hosts: readonly string[];
  /** Why they are kept: a comment above them. */
  readonly reason: string;
  /** The rules that they break on purpose, each with its reason. */
  readonly acknowledge: Acknowledgements;
}

/** A program that declares environments, with more hosts in the addresses of one; all else stays as it is, byte for byte. */
export function withKeptHosts(text: string, { environment, hosts, reason, acknowledge }: KeptHosts): Edit {
  const lines = (indent: number): string =>
    [
      `// ${asComment(reason)}`,
      ...hosts.map((host, index) => `${quoteLiteral(host)}${index < hosts.length - 1 ? "," : ""}`),
    ].join(`\n${" ".repeat(indent)}`);
  const added = changedProperties(text, environment, (program, props) => {
    const addresses = valueOf(props, "addresses");
    if (addresses?.type !== "ArrayExpression")
      return { impossible: `the addresses of "${environment}" are not a list literal` };
    return checked(
      textOf(program, addresses).includes("\n")
        ? withMember(program, addresses, lines)
        : withLines(program, addresses, lines),
    );
  });
  return Object.entries(acknowledge).reduce<Edit>(
    (edit, [rule, why]) => ("text" in edit ? withAcknowledgement(edit.text, environment, rule, why) : edit),
    added,
  );
}

function withAcknowledgement(text: string, environment: string, rule: string, why: string): Edit {
  return changedProperties(text, environment, (program, props) => {
    const there = valueOf(props, "acknowledge");
    if (there === undefined) {
      return checked(
        withMember(program, props, (indent) => `acknowledge: ${printLiteral({ [rule]: why }, { indent })}`),
      );
    }
    if (there.type !== "ObjectExpression")
      return { impossible: `what "${environment}" acknowledges is not an object literal` };
    if (there.properties.some((property) => isNamed(property, rule))) return { text };
    const pair = printLiteral({ [rule]: why }).replace(/^\{ | \}$/g, "");
    if (textOf(program, there).includes("\n")) return checked(withMember(program, there, () => pair));
    const members = [...there.properties.map((property) => textOf(program, property)), pair];
    const [start, end] = [there.start ?? 0, there.end ?? 0];
    return checked(`${text.slice(0, start)}{ ${members.join(", ")} }${text.slice(end)}`);
  });
}

/** Changes what declares the environment; impossible where a program does that otherwise than with literals. */
function changedProperties(
  text: string,
  environment: string,
  change: (program: Parsed, props: ObjectExpression) => Edit,
): Edit {
  const program = parse(text);
  if (program === undefined) return { impossible: "it cannot be parsed as TypeScript" };
  if (importedFrom(program, "nextEnvironment") === undefined && !/\brequire\(/.test(text))
    return { impossible: "it does not import nextEnvironment" };
  const found = [...nodesIn(program.file.program)].flatMap((node) => {
    if (node.type !== "CallExpression" || node.callee.type !== "Identifier" || node.callee.name !== "nextEnvironment")
      return [];
    const [name, props] = node.arguments;
    return name?.type === "StringLiteral" && name.value === environment ? [props] : [];
  });
  const [props, another] = found;
  if (another !== undefined) return { impossible: `it declares "${environment}" in several places` };
  if (props?.type !== "ObjectExpression") return { impossible: `it does not declare "${environment}" with literals` };
  return change(program, props);
}

function valueOf({ properties }: ObjectExpression, name: string): Expression | undefined {
  for (const property of properties) {
    if (property.type !== "ObjectProperty" || property.computed || !isNamed(property, name)) continue;
    // The value of a property is an expression, except in a pattern, which this is not.
    return untyped(property.value as Expression);
  }
  return undefined;
}

/** A list on one line, with a line for each of its members and for the new one. */
function withLines(program: Parsed, list: ArrayExpression, member: (indent: number) => string): string {
  const { text } = program;
  const [start, end] = [list.start ?? 0, list.end ?? 0];
  const outer = indentAt(text, start);
  const indent = outer + 2;
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const members = [...list.elements.flatMap((each) => (each === null ? [] : textOf(program, each))), member(indent)];
  const lines = members.map((each) => `${" ".repeat(indent)}${each},`.split("\n").join(eol));
  return `${text.slice(0, start)}[${eol}${lines.join(eol)}${eol}${" ".repeat(outer)}]${text.slice(end)}`;
}

/** A comment is one line of a program, whatever its text is. */
function asComment(text: string): string {
  return printable(text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim());
}
