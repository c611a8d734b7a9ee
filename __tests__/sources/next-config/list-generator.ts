import { type Pieces } from "./program-pieces";

/** Writes lists of hosts, as expressions and the statements before them. */
export class ListWriter {
  constructor(private readonly program: Pieces) {}

  /** An expression that is a list of hosts. */
  list(depth: number): string {
    if (depth === 0) return this.literal();
    const { program } = this;
    const [kind, write] = program.pick(Object.entries(lists));
    program.note(`list.${kind}`);
    return write(program, () => this.list(depth - 1));
  }

  /** The domains of `i18n`; mostly as literals, for Next.js refuses many a list of them. */
  domains(): string {
    const { program } = this;
    const entry = (locale: string): string => `{ domain: ${program.host()}, defaultLocale: "${locale}" }`;
    switch (program.below(5)) {
      case 0: {
        program.note("domains.changed");
        const name = program.constant("domains", `[${entry("en")}]`);
        program.line(`${name}.push(${entry("fr")});`);
        return name;
      }
      case 1: {
        program.note("domains.mapped");
        return `[["en", ${program.host()}], ["fr", ${program.host()}]].map(([defaultLocale, domain]) => ({ defaultLocale, domain }))`;
      }
      case 2: {
        program.note("domains.entry-changed");
        const name = program.constant("domains", `[${entry("en")}, ${entry("fr")}]`);
        program.line(`${name}[1].domain = ${program.host()};`);
        program.line(`${name}[0].http = true;`);
        return name;
      }
      case 3: {
        program.note("domains.variable");
        return `[${entry("en")}, ...(process.env.SHOP_HOST ? [{ domain: process.env.SHOP_HOST, defaultLocale: "fr" }] : [])]`;
      }
      default:
        return `[${entry("en")}, ${entry("fr")}]`;
    }
  }

  private literal(): string {
    const { program } = this;
    return `[${Array.from({ length: program.below(3) + 1 }, () => program.host()).join(", ")}]`;
  }
}

type ListForm = (program: Pieces, list: () => string) => string;

/** A list under a name, and what is done with it. */
const changed =
  (...change: readonly ((name: string, program: Pieces) => string)[]): ListForm =>
  (program, list) => {
    const name = program.constant("list", `[...${list()}]`);
    for (const each of change) program.line(each(name, program));
    return name;
  };

const lists: Readonly<Record<string, ListForm>> = {
  push: changed((name, program) => `${name}.push(${program.host()});`),
  "push-later": (program, list) => {
    const name = program.constant("list", `[...${list()}]`);
    const use = program.constant("holder", `{ list: ${name} }`);
    program.line(`${name}.push(${program.host()});`);
    return `${use}.list`;
  },
  length: changed((name) => `${name}.length = 1;`),
  pop: changed((name) => `${name}.pop();`),
  shift: changed((name) => `${name}.shift();`),
  splice: changed((name, program) => `${name}.splice(0, 1, ${program.host()});`),
  index: changed((name, program) => `${name}[0] = ${program.host()};`),
  "computed-method": changed((name, program) => `${name}["pu" + "sh"](${program.host()});`),
  "borrowed-method": changed((name, program) => `Array.prototype.push.call(${name}, ${program.host()});`),
  reflect: changed((name, program) => `Reflect.apply([].unshift, ${name}, [${program.host()}]);`),
  reverse: changed((name) => `${name}.reverse();`),
  fill: changed((name, program) => `${name}.fill(${program.host()}, 0, 1);`),
  "delete-and-filter": (program, list) => {
    const name = program.constant("list", `[...${list()}]`);
    program.line(`delete ${name}[0];`);
    return `${name}.filter(Boolean)`;
  },
  alias: (program, list) => {
    const name = program.constant("list", `[...${list()}]`);
    const alias = program.constant("alias", name);
    program.line(`${alias}.push(${program.host()});`);
    return name;
  },
  helper: (program, list) => {
    const helper = program.name("add");
    program.line(`function ${helper}(given) { given.push(${program.host()}); return given.length; }`);
    const name = program.constant("list", `[...${list()}]`);
    program.line(`const ${program.name("count")} = ${helper}(${name});`);
    return name;
  },
  closure: (program, list) => {
    const name = program.constant("list", `[...${list()}]`);
    program.line(`(() => { ${name}.unshift(${program.host()}); })();`);
    return name;
  },
  each: (program, list) => {
    const name = program.constant("list", `[...${list()}]`);
    program.line(`[${program.host()}, ${program.host()}].forEach((host) => ${name}.push(host));`);
    return name;
  },
  reassigned: (program, list) => {
    const name = program.name("list");
    program.line(`let ${name} = ${list()};`);
    program.line(`${name} = [...${name}, ${program.host()}];`);
    return name;
  },
  "reassigned-in-function": (program, list) => {
    const name = program.name("list");
    program.line(`let ${name} = ${list()};`);
    program.line(`(function () { ${name} = ${name}.concat(${program.host()}); })();`);
    return name;
  },
  "destructured-assignment": (program, list) => {
    const [one, other] = [program.name("one"), program.name("other")];
    program.line(`let [${one}, ${other}] = [${list()}, ${list()}];`);
    program.line(`[${one}, ${other}] = [${other}, ${one}];`);
    return one;
  },
  destructured: (program, list) => {
    const name = program.name("hosts");
    program.line(`const { inner: { hosts: ${name} = ["default.example"] } } = { inner: { hosts: ${list()} } };`);
    return name;
  },
  "destructured-default": (program) => {
    const name = program.name("hosts");
    program.line(`const { missing: ${name} = [${program.host()}] } = {};`);
    return name;
  },
  rest: (program, list) => {
    const name = program.name("rest");
    program.line(`const [, ...${name}] = ${list()};`);
    return name;
  },
  "shadowed-block": (program, list) => {
    const name = program.constant("list", list());
    program.line(`{ const ${name} = [${program.host()}]; ${name}.push(${program.host()}); }`);
    return name;
  },
  "shadowed-parameter": (program, list) => {
    const name = program.constant("list", list());
    const make = program.name("make");
    program.line(`const ${make} = (${name} = [${program.host()}]) => ${name};`);
    return `${make}()`;
  },
  "shadowed-catch": (program, list) => {
    const name = program.constant("list", list());
    const make = program.name("make");
    program.line(`function ${make}() { try { throw [${program.host()}]; } catch (${name}) { return ${name}; } }`);
    return `${make}()`;
  },
  "shadowed-destructuring": (program, list) => {
    const name = program.constant("list", list());
    return `(({ ${name} }) => ${name})({ ${name}: [${program.host()}] })`;
  },
  "shadowed-loop": (program, list) => {
    const name = program.constant("list", list());
    const all = program.constant("all", "[]");
    program.line(`for (const ${name} of [${program.host()}, ${program.host()}]) ${all}.push(${name});`);
    return all;
  },
  hoisted: (program, list) => {
    const make = program.name("make");
    program.line(`function ${make}() { return hosts; var hosts = ["late.example"]; }`);
    return `(${make}() ?? ${list()})`;
  },
  spread: (_, list) => `[...${list()}, ...${list()}]`,
  concat: (_, list) => `${list()}.concat(${list()})`,
  map: (program, list) => `${list()}.map((host) => "m." + host).slice(0, ${program.below(3) + 1})`,
  filter: (_, list) => `${list()}.filter((_, index) => index % 2 === 0)`,
  flat: (_, list) => `[${list()}, [${list()}]].flat(2)`,
  reduce: (_, list) => `${list()}.reduce((all, host) => [host, ...all], [])`,
  set: (_, list) => `[...new Set([...${list()}, ...${list()}])]`,
  "map-values": (program, list) => `[...new Map(${list()}.map((host) => [host, ${program.host()}])).keys()]`,
  "object-values": (program) => `Object.values({ b: ${program.host()}, 1: ${program.host()}, a: ${program.host()} })`,
  from: (program, list) => `Array.from(${list()}, (host, index) => index === 0 ? ${program.host()} : host)`,
  json: (_, list) => `JSON.parse(JSON.stringify(${list()}))`,
  "join-split": (_, list) => `${list()}.join(" ").split(" ")`,
  generator: (program, list) => {
    const name = program.name("hostsOf");
    program.line(`function* ${name}() { yield ${program.host()}; yield* ${list()}; }`);
    return `[...${name}()]`;
  },
  static: (program, list) => {
    const name = program.name("Hosts");
    program.line(`class ${name} { static all = ${list()}; static { this.all = [...this.all, ${program.host()}]; } }`);
    return `${name}.all`;
  },
  getter: (program, list) => {
    const name = program.name("Hosts");
    const value = list();
    program.line(`class ${name} { #own = ${program.host()}; get all() { return [this.#own, ...${value}]; } }`);
    return `new ${name}().all`;
  },
  subclass: (program, list) => {
    const [base, derived] = [program.name("Base"), program.name("Derived")];
    const value = list();
    program.line(`class ${base} { all = ${value}; }`);
    program.line(
      `class ${derived} extends ${base} { constructor() { super(); this.all = [...this.all, ${program.host()}]; } }`,
    );
    return `new ${derived}().all`;
  },
  "object-getter": (program, list) => {
    const value = list();
    const name = program.constant("holder", `{ get list() { return [...${value}, ${program.host()}]; } }`);
    return `${name}.list`;
  },
  defined: (program, list) => {
    const name = program.constant("holder", `{ list: ${list()} }`);
    program.line(`Object.defineProperty(${name}, "list", { value: [${program.host()}] });`);
    return `${name}.list`;
  },
  "member-alias": (program, list) => {
    const name = program.constant("holder", `{ list: [...${list()}] }`);
    const taken = program.name("taken");
    program.line(`const { list: ${taken} } = ${name};`);
    program.line(`${taken}.push(${program.host()});`);
    return `${name}.list`;
  },
  imported: (program) => program.imported(`[${program.host()}, ${program.host()}]`),
  "imported-and-changed": (program) => {
    const name = program.imported(`[${program.host()}, ${program.host()}]`);
    program.line(`${name}.push(${program.host()});`);
    return name;
  },
  "imported-variable": (program) => program.imported(`[process.env.SHOP_HOST, ${program.host()}]`),
  "json-file": (program) => program.json(`[${program.host()}, ${program.host()}]`),
  variable: (program) => `[process.env.MODE_HOST, ${program.host()}]`,
  "variable-split": () => `process.env.LIST.split(",")`,
  template: () => "[`${process.env.BRAND}.example`, `www.${process.env.SHOP_HOST}`]",
  "unset-default": (program) => `[process.env.UNSET ?? ${program.host()}]`,
  "unset-list": (program) => `(process.env.UNSET_LIST?.split(",") ?? [${program.host()}])`,
  "unset-condition": (program, list) => `(process.env.UNSET === "yes" ? [${program.host()}] : ${list()})`,
  "destructured-variable": (program) => {
    const [set, unset] = [program.name("set"), program.name("unset")];
    program.line(`const { MODE_HOST: ${set}, UNSET_HOST: ${unset} = ${program.host()} } = process.env;`);
    return `[${set}, ${unset}]`;
  },
  in: (program, list) => `("UNSET_IN" in process.env ? [${program.host()}] : ${list()})`,
  "node-env": (program, list) => `(process.env.NODE_ENV === "production" ? [${program.host()}] : ${list()})`,
  "assigned-variable": (program) => {
    program.line(`process.env.OWN_HOST ||= ${program.host()};`);
    return `[process.env.OWN_HOST]`;
  },
  condition: (program, list) => `(${program.pick(["true", "false", "0", `"x"`])} ? ${list()} : ${list()})`,
  logical: (_, list) => `(null ?? ${list()})`,
  "conditional-spread": (program, list) =>
    `[...${list()}, ...(process.env.${program.pick(["ONLY_PRODUCTION", "ONLY_DEVELOPMENT", "EMPTY"])} ? [${program.host()}] : [])]`,
  switch: (program, list) => {
    const make = program.name("make");
    const value = list();
    program.line(
      `function ${make}(kind) { switch (kind) { case "production": return [${program.host()}]; default: return ${value}; } }`,
    );
    return `${make}(process.env.NODE_ENV)`;
  },
  tagged: (program) => {
    const tag = program.name("tag");
    program.line(`const ${tag} = ([first], ...hosts) => hosts;`);
    return `${tag}\`x\${${program.host()}}\``;
  },
  proxy: (_, list) => `[...new Proxy(${list()}, {})]`,
  memo: (program, list) => {
    const memo = program.name("memo");
    const value = list();
    program.line(
      `const ${memo} = (() => { let known; return () => (known ??= [...${value}, ${program.host()}]); })();`,
    );
    return `${memo}()`;
  },
};
