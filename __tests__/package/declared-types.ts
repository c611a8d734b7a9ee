import { join } from "node:path";
import ts from "typescript";
import { ownOptions, root } from "./compiler";

/** A value of a type that a public function takes, and the values in its place that the compiler would refuse. */
export interface DeclaredValue {
  /** One that the compiler accepts. */
  readonly right: unknown;
  /** Values that it refuses, each with the way to what is wrong in them. */
  readonly wrong: readonly WrongValue[];
}

/** A value with one mistake in it. */
export interface WrongValue {
  /** The way to the mistake; empty for the value itself. */
  readonly path: string;
  readonly value: unknown;
  /** What stands there instead of what belongs there; undefined where something is missing. */
  readonly instead: unknown;
  /** Whether it is a name that the type does not have. */
  readonly isUnknownName: boolean;
}

/** Objects that are made elsewhere, by the names of their types. */
export type Samples = Readonly<Record<string, unknown>>;

/** The entries with something that can be called or made. */
export const entryFiles = ["index.ts", "addresses.ts", "testing/index.ts"] as const;

/** What the public functions and constructs take, as the compiler sees it. */
export class DeclaredTypes {
  private readonly program: ts.Program;
  private readonly checker: ts.TypeChecker;

  /**
   * @param open the names of types whose values a program does not write down: it passes what the library made, and that may
   *   have more properties
   */
  constructor(
    private readonly samples: Samples,
    private readonly open: ReadonlySet<string>,
  ) {
    const entries = entryFiles.map((file) => join(root, "lib", file));
    this.program = ts.createProgram(entries, ownOptions());
    this.checker = this.program.getTypeChecker();
  }

  /** The signatures of everything that is exported from an entry and can be called or made: functions, constructors, methods. */
  signatures(entry: (typeof entryFiles)[number]): ReadonlyMap<string, ts.Signature> {
    const file = this.program.getSourceFile(join(root, "lib", entry));
    const module = file && this.checker.getSymbolAtLocation(file);
    if (file === undefined || module === undefined) throw new Error(`There is no ${entry}.`);
    const found = new Map<string, ts.Signature>();
    const add = (name: string, signatures: readonly ts.Signature[]): void => {
      const [signature] = signatures;
      if (signature !== undefined) found.set(name, signature);
    };
    for (const exported of this.checker.getExportsOfModule(module)) {
      const symbol = (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : this.checker.getAliasedSymbol(exported);
      if ((symbol.flags & ts.SymbolFlags.Value) === 0 || !isOurs(symbol)) continue;
      const { name } = exported;
      const type = this.checker.getTypeOfSymbolAtLocation(symbol, file);
      add(name, type.getCallSignatures());
      add(`new ${name}`, type.getConstructSignatures());
      if ((symbol.flags & ts.SymbolFlags.Class) === 0) continue;
      const instance = this.checker.getDeclaredTypeOfSymbol(symbol);
      for (const method of [...type.getProperties(), ...instance.getProperties()]) {
        if (!isOurs(method) || (method.flags & ts.SymbolFlags.Prototype) !== 0 || isPrivate(method)) continue;
        add(`${name}.${method.name}`, this.checker.getTypeOfSymbolAtLocation(method, file).getCallSignatures());
      }
    }
    return found;
  }

  /** The parameters of a signature: their names and types. */
  parameters(signature: ts.Signature): readonly { readonly name: string; readonly type: ts.Type }[] {
    return signature.getParameters().map((symbol) => ({ name: symbol.name, type: this.typeOf(symbol) }));
  }

  /** Whether a type has properties that a program writes down, so that it can misspell them. */
  isWritten(type: ts.Type): boolean {
    return this.constituents(type).some(
      (one) => this.isObject(one) && this.checker.getPropertiesOfType(one).length > 0 && !this.isSample(one),
    );
  }

  /**
   * Values of a type, right and wrong.
   *
   * @param choose which members of a union are meant; all of them where it is left out
   */
  valuesOf(type: ts.Type, choose: (name: string) => boolean = () => true): DeclaredValue {
    const members = this.constituents(type).filter((one) => !this.isObject(one) || choose(this.nameOf(one)));
    return this.values(members, 0);
  }

  private values(members: readonly ts.Type[], depth: number): DeclaredValue {
    const [first] = members;
    if (first === undefined || depth > 8) throw new Error("A type is nested too deeply, or has no values.");
    const refused = atoms.filter((atom) => members.every((member) => !this.accepts(member, atom)));
    const own = refused.map((instead) => ({ path: "", value: instead, instead, isUnknownName: false }));
    const inside = members.flatMap((member) => this.mistakesIn(member, depth));
    return { right: this.rightOf(first, depth), wrong: [...own, ...inside] };
  }

  private rightOf(type: ts.Type, depth: number): unknown {
    const sample = this.samples[this.nameOf(type)];
    if (sample !== undefined) return sample;
    if (type.isStringLiteral() || type.isNumberLiteral()) return type.value;
    if ((type.flags & ts.TypeFlags.StringLike) !== 0 || type.isIntersection()) return "text";
    if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return 1;
    if ((type.flags & ts.TypeFlags.BooleanLike) !== 0) return false;
    if ((type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) !== 0) return "anything";
    if (this.checker.isArrayType(type)) return [this.values(this.elementsOf(type), depth + 1).right];
    const index = type.getStringIndexType();
    if (index !== undefined) return { name: this.values(this.constituents(index), depth + 1).right };
    const properties = this.checker.getPropertiesOfType(type).filter((property) => !isOptional(property));
    return Object.fromEntries(
      properties.map((property) => [property.name, this.values(this.membersOf(property), depth + 1).right]),
    );
  }

  /** What can be wrong inside an object or a list. */
  private mistakesIn(type: ts.Type, depth: number): readonly WrongValue[] {
    if (!this.isObject(type) || this.isSample(type)) return [];
    if (this.checker.isArrayType(type)) {
      const { wrong } = this.values(this.elementsOf(type), depth + 1);
      return wrong.map((mistake) => ({ ...mistake, path: joined("[0]", mistake.path), value: [mistake.value] }));
    }
    const index = type.getStringIndexType();
    if (index !== undefined) {
      if ((index.flags & ts.TypeFlags.Unknown) !== 0) return [];
      const { wrong } = this.values(this.constituents(index), depth + 1);
      return wrong.map((mistake) => ({
        ...mistake,
        path: joined("name", mistake.path),
        value: { name: mistake.value },
      }));
    }
    const right = Object(this.rightOf(type, depth)) as Readonly<Record<string, unknown>>;
    const properties = this.checker.getPropertiesOfType(type);
    const given = properties.flatMap((property) => this.mistakesOf(property, right, depth));
    const names = properties.map(({ name }) => name);
    const misspelt = [...names.slice(0, 3).map((name) => `${name}X`), "somethingElse"].filter(
      (name) => !names.includes(name),
    );
    if (this.open.has(this.nameOf(type))) return given;
    return [
      ...given,
      ...misspelt.map((name) => ({ path: name, value: { ...right, [name]: 1 }, instead: name, isUnknownName: true })),
    ];
  }

  private mistakesOf(property: ts.Symbol, right: object, depth: number): readonly WrongValue[] {
    const { name } = property;
    const members = this.membersOf(property);
    // Of type never: whatever it is, it must not be there.
    const wrong: readonly WrongValue[] =
      members.length === 0
        ? [{ path: "", value: "text", instead: "text", isUnknownName: false }]
        : this.values(members, depth + 1).wrong;
    const missing = { path: name, value: omit(right, name), instead: undefined, isUnknownName: false };
    return [
      ...(isOptional(property) ? [] : [missing]),
      ...wrong.map((mistake) => ({
        ...mistake,
        path: joined(name, mistake.path),
        value: { ...right, [name]: mistake.value },
      })),
    ];
  }

  private membersOf(property: ts.Symbol): readonly ts.Type[] {
    return this.constituents(this.typeOf(property));
  }

  private elementsOf(type: ts.Type): readonly ts.Type[] {
    const element = type.getNumberIndexType();
    return element === undefined ? [] : this.constituents(element);
  }

  /** Whether a value without properties is one of a type. */
  private accepts(type: ts.Type, atom: unknown): boolean {
    if ((type.flags & (ts.TypeFlags.Unknown | ts.TypeFlags.Any)) !== 0) return true;
    if (type.isStringLiteral() || type.isNumberLiteral()) return type.value === atom;
    if ((type.flags & ts.TypeFlags.StringLike) !== 0 || type.isIntersection()) return typeof atom === "string";
    if ((type.flags & ts.TypeFlags.NumberLike) !== 0) return typeof atom === "number" && Number.isFinite(atom);
    if ((type.flags & ts.TypeFlags.BooleanLike) !== 0) return typeof atom === "boolean";
    if (this.isSample(type)) return false;
    if (this.checker.isArrayType(type)) return Array.isArray(atom);
    return typeof atom === "object" && atom !== null && !Array.isArray(atom);
  }

  /** The types that a value may be of: those of a union, and undefined is none of them. */
  private constituents(type: ts.Type): readonly ts.Type[] {
    const all = type.isUnion() ? type.types : [type];
    const none = ts.TypeFlags.Undefined | ts.TypeFlags.Never;
    return all.filter(({ flags }) => (flags & none) === 0);
  }

  private typeOf(symbol: ts.Symbol): ts.Type {
    const [declaration] = symbol.declarations ?? [];
    const file = this.program.getSourceFiles()[0];
    const at = declaration ?? file;
    if (at === undefined) throw new Error(`"${symbol.name}" is declared nowhere.`);
    return this.checker.getTypeOfSymbolAtLocation(symbol, at);
  }

  private isObject(type: ts.Type): boolean {
    return (type.flags & ts.TypeFlags.Object) !== 0;
  }

  private isSample(type: ts.Type): boolean {
    return this.nameOf(type) in this.samples;
  }

  private nameOf(type: ts.Type): string {
    const [argument] = type.aliasTypeArguments ?? [];
    return argument?.getSymbol()?.name ?? type.aliasSymbol?.name ?? type.getSymbol()?.name ?? "";
  }
}

/** Values that are wrong somewhere, whatever belongs there. */
const atoms: readonly unknown[] = ["text", 443, Number.NaN, true, null, [], {}, () => "text", ["text"], new Map()];

function joined(name: string, rest: string): string {
  if (rest === "") return name;
  return rest.startsWith("[") ? `${name}${rest}` : `${name}.${rest}`;
}

function omit(object: object, name: string): object {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}

function isOptional(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Optional) !== 0;
}

function isPrivate(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some((one) => ts.canHaveModifiers(one) && hasModifier(one));
}

function hasModifier(node: ts.HasModifiers): boolean {
  const hidden = new Set([ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword, ts.SyntaxKind.OverrideKeyword]);
  return ts.getModifiers(node)?.some(({ kind }) => hidden.has(kind)) === true;
}

/** Whether it is declared in lib/, and not by cdktf or the bindings. */
function isOurs(symbol: ts.Symbol): boolean {
  return (symbol.declarations ?? []).some((one) => one.getSourceFile().fileName.startsWith(join(root, "lib")));
}
