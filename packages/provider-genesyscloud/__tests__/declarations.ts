import { parse } from "@babel/parser";
import type { ClassBody, Comment, Statement, TSInterfaceBody, TSType } from "@babel/types";

/** What a module's declarations (.d.ts) promise to a user. */
export interface Declarations {
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, Property>>;
  readonly classes: ReadonlyMap<string, ReadonlyMap<string, Accessor>>;
}

/** One property of an interface. */
export interface Property {
  readonly optional: boolean;
  /** The type as it is written. */
  readonly type: string;
  /** The JSDoc, its stars and line breaks taken out. */
  readonly comment: string;
}

/** What a class lets be done with a name. */
export interface Accessor {
  readonly get: boolean;
  readonly set: boolean;
  readonly comment: string;
}

/** Reads the exported interfaces and classes of a declaration file. */
export function declarationsOf(text: string): Declarations {
  const { program } = parse(text, { sourceType: "module", plugins: [["typescript", { dts: true }]] });
  const exported = program.body.flatMap((statement) =>
    statement.type === "ExportNamedDeclaration" && statement.declaration ? [statement.declaration] : [],
  );
  return {
    interfaces: named(exported, (statement) =>
      statement.type === "TSInterfaceDeclaration" ? propertiesOf(statement.body, text) : undefined,
    ),
    classes: named(exported, (statement) =>
      statement.type === "ClassDeclaration" ? accessorsOf(statement.body) : undefined,
    ),
  };
}

function named<T>(statements: readonly Statement[], read: (statement: Statement) => T | undefined): Map<string, T> {
  const found = new Map<string, T>();
  for (const statement of statements) {
    const value = read(statement);
    if (value !== undefined && "id" in statement && statement.id?.type === "Identifier") {
      found.set(statement.id.name, value);
    }
  }
  return found;
}

function propertiesOf(body: TSInterfaceBody, text: string): Map<string, Property> {
  const properties = new Map<string, Property>();
  for (const member of body.body) {
    if (member.type !== "TSPropertySignature" || member.key.type !== "Identifier") continue;
    const type = member.typeAnnotation?.typeAnnotation;
    properties.set(member.key.name, {
      optional: member.optional === true,
      type: type === undefined ? "" : written(type, text),
      comment: commentOf(member.leadingComments),
    });
  }
  return properties;
}

function accessorsOf(body: ClassBody): Map<string, Accessor> {
  const accessors = new Map<string, Accessor>();
  for (const member of body.body) {
    if (member.type !== "TSDeclareMethod" || member.key.type !== "Identifier") continue;
    const known = accessors.get(member.key.name) ?? { get: false, set: false, comment: "" };
    accessors.set(member.key.name, {
      get: known.get || member.kind === "get",
      set: known.set || member.kind === "set",
      comment: known.comment || commentOf(member.leadingComments),
    });
  }
  return accessors;
}

const written = (type: TSType, text: string): string => text.slice(type.start ?? 0, type.end ?? 0);

const commentOf = (comments: readonly Comment[] | null | undefined): string =>
  (comments ?? [])
    .map(({ value }) => value.replace(/^\s*\* ?/gm, "").replace(/\s+/g, " "))
    .join(" ")
    .trim();
