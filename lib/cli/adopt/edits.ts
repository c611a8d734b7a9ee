import { type Comment, type NewExpression, type Node, type ObjectExpression } from "@babel/types";
import { type AdoptionProgram } from "../../codegen/adoption";
import { environmentText, messengerText } from "../../codegen/program";
import {
  checked,
  type Edit,
  exportedConstant,
  importedFrom,
  isNamed,
  nodesIn,
  parse,
  type Parsed,
  textOf,
  withMember,
} from "../../codegen/syntax";
import { formerMessengersType, messengersImport, messengersProgram, messengersType } from "./sections";

/** Whether something of the program goes by a name: a variable, a function, a parameter, or what is imported as such. */
function declares({ file }: Parsed, name: string): boolean {
  const isIt = (node: Node | null | undefined): boolean => node?.type === "Identifier" && node.name === name;
  return [...nodesIn(file.program)].some((node) => {
    if (node.type === "VariableDeclarator") return isIt(node.id);
    if (node.type === "ImportSpecifier" || node.type === "ImportDefaultSpecifier") return isIt(node.local);
    if (node.type === "ImportNamespaceSpecifier") return isIt(node.local);
    if (node.type === "FunctionDeclaration") return isIt(node.id) || node.params.some(isIt);
    return node.type === "ArrowFunctionExpression" && node.params.some(isIt);
  });
}

/** The environments file with one more environment. */
export function withEnvironment(text: string, adoption: AdoptionProgram): Edit {
  const { environment } = adoption;
  const program = parse(text);
  if (environment === undefined) return { text };
  if (program === undefined) return { impossible: "it cannot be parsed as TypeScript" };
  const list = exportedConstant(program, "environments")?.value;
  if (list?.type !== "ArrayExpression") return { impossible: "its environments are not a single list literal" };
  if (importedFrom(program, "nextEnvironment") === undefined)
    return { impossible: "it does not import nextEnvironment" };
  return checked(withMember(program, list, (indent) => environmentText(environment, indent)));
}

/** What a program imports a name from. */
export function libraryOf(text: string, name: string): string | undefined {
  const program = parse(text);
  return program && importedFrom(program, name);
}

/** What a program imports a file beside it as: with the ending that its other imports have, such as `./messengers.js`. */
export function moduleBeside(text: string, name: string): string {
  const endings = (parse(text)?.file.program.body ?? []).flatMap((statement) =>
    statement.type === "ImportDeclaration" && statement.source.value.startsWith(".")
      ? [/\.[cm]?[jt]s$/.exec(statement.source.value)?.[0] ?? ""]
      : [],
  );
  return `./${name}${endings.find((ending) => ending !== "") ?? ""}`;
}

/**
 * The messengers file with one more Messenger, or a new one.
 *
 * @param text undefined where the file does not exist
 */
export function withMessenger(
  text: string | undefined,
  adoption: AdoptionProgram,
  library: string,
  typed = true,
): Edit {
  if (text === undefined) return { text: messengersProgram(library, messengerText(adoption, 2), typed) };
  const program = parse(text);
  if (program === undefined) return { impossible: "it cannot be parsed as TypeScript" };
  const { value: record, type } = exportedConstant(program, "messengers") ?? {};
  if (record?.type !== "ObjectExpression") return { impossible: "its messengers are not a single object literal" };
  if (typed && type === undefined)
    return { impossible: `its messengers have no type; write export const messengers: ${messengersType} = …` };
  const { environmentName: name } = adoption;
  if (record.properties.some((property) => isNamed(property, name))) {
    return { impossible: `it already defines the Messenger of "${name}"` };
  }
  const changed = withMember(program, record, (indent) => messengerText(adoption, indent));
  return checked(changed.replace(formerMessengersType, messengersType));
}

/**
 * The app with its stack made from `messengers` too.
 *
 * @param module what it imports them from
 */
export function withSpread(text: string, environment: string, module: string): Edit {
  const program = parse(text);
  if (program === undefined) return { impossible: "it cannot be parsed as TypeScript" };
  const stack = stackOf(program, environment);
  if (stack === undefined) {
    return {
      impossible: "it does not create the stacks in one place with new MessengerStack(app, environment.name, { … })",
    };
  }
  const { name, props } = stack;
  if (program.file.program.body.every(({ type }) => type !== "ImportDeclaration")) {
    return { impossible: "it is CommonJS, which cannot contain an import declaration" };
  }
  if (props.properties.some((property) => isNamed(property, "configuration"))) {
    return { impossible: "its Messengers share a configuration, but the adopted one has a separate one" };
  }
  const from = importedFrom(program, "messengers");
  if (from === undefined ? declares(program, "messengers") : from !== module) {
    return { impossible: `it already uses the name messengers for something other than the export of "${module}"` };
  }
  const spread = `...messengers[${name}]`;
  const isThere = props.properties.some(
    (property) => property.type === "SpreadElement" && textOf(program, property).replace(/\s+/g, "") === spread,
  );
  if (isThere) return { text };
  const hasComment = program.file.comments?.some((comment) => isInside(comment, props)) === true;
  const isInline = !hasComment && !textOf(program, props).includes("\n");
  const changed = isInline ? withInlineSpread(program, props, spread) : withMember(program, props, () => spread);
  return checked(withImport(changed, program, module));
}

function isInside({ start: inner = 0 }: Pick<Comment, "start">, { start, end }: ObjectExpression): boolean {
  return inner > (start ?? 0) && inner < (end ?? 0);
}

/** On the same line, or on separate lines if that would be too long. */
function withInlineSpread(program: Parsed, props: ObjectExpression, spread: string): string {
  const { text } = program;
  const [start, end] = [props.start ?? 0, props.end ?? 0];
  const members = [...props.properties.map((property) => textOf(program, property)), spread];
  const lineStart = text.lastIndexOf("\n", start) + 1;
  const rest = text.slice(end).split(/\r?\n/, 1)[0] ?? "";
  const inline = `{ ${members.join(", ")} }`;
  if (start - lineStart + inline.length + rest.length <= 120)
    return `${text.slice(0, start)}${inline}${text.slice(end)}`;
  const indent = /^ */.exec(text.slice(lineStart))?.[0] ?? "";
  const eol = text.includes("\r\n") ? "\r\n" : "\n";
  const lines = members.map((member) => `${indent}  ${member},${eol}`).join("");
  return `${text.slice(0, start)}{${eol}${lines}${indent}}${text.slice(end)}`;
}

/** What every Messenger of the app is given beside what says where it runs, as far as that can be read. */
export function commonProperties(text: string, environment: string): readonly string[] {
  const program = parse(text);
  const stack = program && stackOf(program, environment);
  return (stack?.props.properties ?? []).flatMap((property) => {
    if (property.type === "SpreadElement" || property.key.type !== "Identifier") return [];
    return ofTheStack.has(property.key.name) ? [] : [property.key.name];
  });
}

/** They are not properties of what is adopted, or every Messenger has its own. */
const ofTheStack: ReadonlySet<string> = new Set([
  "environment",
  "defaultLanguage",
  "region",
  "backend",
  "gateway",
  "preventDestroy",
  "dependsOn",
]);

interface StackCall {
  /** The expression of its name. */
  readonly name: string;
  readonly props: ObjectExpression;
}

/** The stack of that very name, or the one place that makes the stacks of all environments. */
function stackOf(program: Parsed, environment: string): StackCall | undefined {
  const calls = [...nodesIn(program.file.program)].flatMap((node) =>
    node.type === "NewExpression" && node.callee.type === "Identifier" && node.callee.name === "MessengerStack"
      ? (stackCall(program, node) ?? [])
      : [],
  );
  const own = calls.filter(({ name }) => name === JSON.stringify(environment) || name === `'${environment}'`);
  const [found, ...others] = own.length > 0 ? own : calls.filter(({ name }) => /^[\w$]+(\.[\w$]+)+$/.test(name));
  return others.length === 0 ? found : undefined;
}

function stackCall(program: Parsed, { arguments: [, name, props] }: NewExpression): StackCall | undefined {
  if (name === undefined || props?.type !== "ObjectExpression") return undefined;
  return { name: textOf(program, name), props };
}

/** Behind the last import, which is where every place stays that was found before. */
function withImport(changed: string, program: Parsed, module: string): string {
  if (importedFrom(program, "messengers") !== undefined) return changed;
  const imports = program.file.program.body.filter(({ type }) => type === "ImportDeclaration");
  const at = imports.at(-1)?.end ?? 0;
  const eol = changed.includes("\r\n") ? "\r\n" : "\n";
  const line = messengersImport(module);
  return at === 0 ? `${line}${eol}${changed}` : `${changed.slice(0, at)}${eol}${line}${changed.slice(at)}`;
}
