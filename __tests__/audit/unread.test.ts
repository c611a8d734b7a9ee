import { type AuditSubject } from "../../lib/audit/audit";
import { type LiveReading } from "../../lib/platform/public-files";
import { unchecked, uncheckedNamesakes, unread, unreadNamesakes } from "../../lib/audit/compare";
import { notAsked, reading, subject } from "./subjects";

const refused = (reason: string) => ({ outcome: "refused", reason }) as const;
const unknown = { outcome: "unknown-deployment" } as const;
const gone = { outcome: "gone" } as const;
const untold = (reason: string): string =>
  `public-files-unread: what visitors' browsers receive could not be read: ${reason}`;
const noConfig =
  "unreachable: the public file config.json does not exist, although domains.json does: cannot determine whether the Messenger starts";

/** The subject without a version of its configuration, with or without a deployment in the state. */
const { name, derived, state, status, endpoints } = subject;
const unmanaged: AuditSubject = { name, derived, state, ...(status !== undefined && { status }), endpoints };
const adopting: AuditSubject = { ...unmanaged, state: undefined };

/** Every drift as `kind: message`; a person has to look at each. */
function found(asked: AuditSubject, changes: Partial<LiveReading>): readonly string[] {
  const drifts = unread(asked, reading({}, changes));
  expect(drifts.every(({ mendedBy }) => mendedBy === "person")).toBe(true);
  return drifts.map(({ kind, message }) => `${kind}: ${message}`);
}

describe("what was needed and not read", () => {
  const { domains, configuration } = reading().publicFiles;

  test.each<[string, AuditSubject, Partial<LiveReading>, ...string[]]>([
    ["nothing", subject, {}],
    ["the deployment", subject, { api: refused("a") }, "unreachable: a"],
    ["the versions", subject, { versions: refused("b") }, "unreachable: b"],
    ["both", subject, { api: refused("a"), versions: refused("b") }, "unreachable: a", "unreachable: b"],
    ["both, for one reason", subject, { api: refused("a"), versions: refused("a") }, "unreachable: a"],
    ["the versions of what the stack does not have decide nothing", unmanaged, { versions: refused("b") }],
    ["nor do they beside the deployment", unmanaged, { api: refused("a"), versions: refused("b") }, "unreachable: a"],
    ["the versions of what is to be adopted do", adopting, { versions: refused("b") }, "unreachable: b"],
    ["the versions, which no one asked for", adopting, { versions: notAsked }],
    ["one file", subject, { publicFiles: { domains: refused("c"), configuration } }, untold("c")],
    ["the other file", subject, { publicFiles: { domains, configuration: refused("d") } }, untold("d")],
    ["both files", subject, { publicFiles: { domains: refused("c"), configuration: refused("c") } }, untold("c")],
    ["a file that says there is none", subject, { publicFiles: { domains: unknown, configuration: unknown } }],
    ["a deployment that is gone", subject, { api: gone, versions: gone }],
    ["without credentials: nothing", subject, { api: notAsked, versions: notAsked }],
    [
      "without credentials: the files, which decide then",
      subject,
      { api: notAsked, versions: notAsked, publicFiles: { domains: refused("c"), configuration: refused("d") } },
      "unreachable: c",
      "unreachable: d",
    ],
    [
      "without credentials: one file says there is none",
      subject,
      { api: notAsked, publicFiles: { domains, configuration: unknown } },
      noConfig,
    ],
    [
      "without credentials: both say there is none",
      subject,
      { api: notAsked, publicFiles: { domains: unknown, configuration: unknown } },
    ],
    [
      "without credentials: one file could not be read, the other says there is none",
      subject,
      { api: notAsked, publicFiles: { domains: refused("c"), configuration: unknown } },
      "unreachable: c",
    ],
  ])("%s", (_, asked, changes, ...expected) => {
    expect(found(asked, changes)).toEqual(expected);
  });
});

describe("what was needed and not read of what was never deployed", () => {
  test.each<[string, Partial<LiveReading>, ...string[]]>([
    ["nothing", {}],
    ["the list", { namesakes: refused("a") }, "a"],
    ["the versions of a configuration that is there already", { versions: refused("b") }, "b"],
    ["both, for one reason", { namesakes: refused("a"), versions: refused("a") }, "a"],
    ["what no one asked for", { namesakes: notAsked, versions: notAsked }],
  ])("%s", (_, changes, ...expected) => {
    expect(unreadNamesakes(reading({}, changes))).toEqual(
      expected.map((message) => ({ kind: "unreachable", mendedBy: "person", message })),
    );
  });
});

describe("what was not looked at", () => {
  const expression =
    "a Terraform expression decides the list: the live one was compared with what Terraform last wrote";
  const withoutApi =
    "the platform API was not read (there are no credentials): name, description, flow, supported content, newer versions of " +
    "the configuration, and second deployments were not checked";

  test.each<[string, AuditSubject, Partial<LiveReading>, ...string[]]>([
    ["nothing", subject, {}],
    ["nothing, where the API refused", subject, { api: refused("a") }],
    ["the program's own list, where an expression decides it", { ...subject, derived: undefined }, {}, expression],
    ["what only the API says", subject, { api: notAsked }, withoutApi],
    ["both", { ...subject, derived: undefined }, { api: notAsked }, expression, withoutApi],
  ])("%s", (_, asked, changes, ...expected) => {
    expect(unchecked(asked, reading({}, changes))).toEqual(expected);
  });

  test.each<[string, Partial<LiveReading>, ...string[]]>([
    ["nothing", {}],
    ["nothing, where the API refused", { namesakes: refused("a") }],
    [
      "where it was never deployed: whether it is there all the same",
      { namesakes: notAsked },
      "could not check whether an interrupted deploy created it: there are no credentials",
    ],
  ])("%s", (_, changes, ...expected) => {
    expect(uncheckedNamesakes(reading({}, changes))).toEqual(expected);
  });
});
