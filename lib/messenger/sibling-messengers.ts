import { type IConstruct } from "constructs";
import { type Finding, sharedHosts } from "../origins";
import { type NextEnvironment } from "../sources";

/** A Messenger of an app, as its siblings see it. */
interface Member {
  /** The way to the construct, which tells two environments of one name apart. */
  readonly path: string;
  /** The environment as it was declared: two Messengers of the same one share its hosts on purpose. */
  readonly declared: NextEnvironment;
  /** The environment as it is now, with the addresses that were added since. */
  readonly current: () => NextEnvironment;
}

/** The Messengers of each app, by the root of its tree; an app that is gone takes them along. */
const messengers = new WeakMap<IConstruct, Siblings>();

/** The Messengers of the app that a construct belongs to. */
export function siblingsOf({ node: { root } }: IConstruct): Siblings {
  const siblings = messengers.get(root) ?? new Siblings();
  messengers.set(root, siblings);
  return siblings;
}

/** The Messengers of one app: what the rule `shared-host` has to say of hosts that are in the lists of several. */
class Siblings {
  private readonly members: Member[] = [];
  private compared: readonly NextEnvironment[] = [];
  private findings: ReadonlyMap<NextEnvironment, readonly Finding[]> = new Map();

  add(member: Member): void {
    this.members.push(member);
  }

  /** Compares all of them the first time it is asked, and again only when one of them has changed. */
  findingsOf(declared: NextEnvironment): readonly Finding[] {
    const current = this.members.map((member) => member.current());
    if (current.length !== this.compared.length || current.some((one, index) => one !== this.compared[index])) {
      this.compared = current;
      this.findings = compare(this.members);
    }
    return this.findings.get(declared) ?? [];
  }
}

function compare(members: readonly Member[]): ReadonlyMap<NextEnvironment, readonly Finding[]> {
  const distinct = [...new Map(members.map((member) => [member.declared, member])).values()];
  const namesakes = new Map<string, number>();
  for (const { declared } of distinct) namesakes.set(declared.name, (namesakes.get(declared.name) ?? 0) + 1);
  const lists = distinct.map(({ path, declared, current }) => {
    const { name, kind, allowList, acknowledge } = current();
    return { declared, list: { name: namesakes.get(name) === 1 ? name : path, kind, allowList, acknowledge } };
  });
  const byName = sharedHosts(lists.map(({ list }) => list));
  return new Map(lists.map(({ declared, list }) => [declared, byName.get(list.name) ?? []]));
}
