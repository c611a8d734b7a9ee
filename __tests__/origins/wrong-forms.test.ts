import { AllowList, entryShape, isEntry } from "../../lib/origins/allow-list";
import { deriveAllowList } from "../../lib/origins/derive";
import { formatFinding, formatPlace, isWritten, refuses, writtenAddressShape } from "../../lib/origins/finding";
import { parseAddress } from "../../lib/origins/address";
import { sharedHosts } from "../../lib/origins/shared-hosts";
import { problemsOf } from "../../lib/base/shape-check";
import { derived } from "./derived";

/** What a function says when it is called as no compiler would let it be called. */
function complaint(call: (...given: never) => unknown, ...given: readonly unknown[]): readonly string[] {
  try {
    Reflect.apply(call, undefined, given);
    return ["nothing"];
  } catch (error) {
    return error instanceof Error ? error.message.split("\n    - ") : ["no error"];
  }
}

const { allowList } = derived(["www.example.com"]);
const make = (...given: ConstructorParameters<typeof AllowList>): AllowList => new AllowList(...given);
const admits = allowList.admits.bind(allowList);
const entryFor = allowList.entryFor.bind(allowList);
const explain = allowList.explain.bind(allowList);
const diff = allowList.diff.bind(allowList);
const place = { file: ".env", line: 1, key: "SITE_URL" };
const written = { value: "www.example.com", place };
const production = { name: "production", kind: "production" };

describe("a function that is called with something of another form says what it expects", () => {
  test.each<[call: string, (...given: never) => unknown, given: readonly unknown[], ...complaints: string[]]>([
    ["parseAddress", parseAddress, [5], "Invalid value 5: expected a string"],
    ["admits", admits, [null], "Invalid hostname null: expected a string"],
    ["entryFor", entryFor, [["a"]], 'Invalid hostname ["a"]: expected a string'],
    ["explain", explain, [], "Missing hostOrUrl: expected a string"],
    ["diff", diff, ["x"], 'Invalid live "x": expected an object with allowAllDomains and allowedDomains'],
    ["diff", diff, [{ allowAllDomains: true }], "Missing allowedDomains: expected a list of strings"],
    ["new AllowList", make, [5], "Invalid entries 5: expected a list of entries"],
    ["new AllowList", make, [null], "Invalid entries null: expected a list of entries"],
    ["new AllowList", make, [{}], "Invalid entries {}: expected a list of entries"],
    ["new AllowList", make, ["www.example.com"], 'Invalid entries "www.example.com": expected a list of entries'],
    [
      "new AllowList",
      make,
      [5, []],
      "Invalid entries 5: expected a list of entries",
      "Invalid options []: expected an object with allowAllDomains and late",
    ],
    [
      "new AllowList",
      make,
      [[], { late: [{ value: "x" }] }],
      "Missing late[0].place: expected an object with file, line, key and computed",
    ],
    [
      "new AllowList",
      make,
      [[{}]],
      "Missing host: expected a string",
      "Missing sources: expected a list, each element an object with value and place",
    ],
    ["new AllowList", make, [[{ host: "x", sources: [{ place }] }]], "Missing sources[0].value: expected a string"],
    [
      "deriveAllowList",
      deriveAllowList,
      [{}],
      'Missing kind: expected "production", "staging", "preview" or "development"',
      "Missing written: expected a list, each element an object with value and place",
    ],
    [
      "deriveAllowList",
      deriveAllowList,
      [{ kind: "production", written: [written, { value: 5, place }] }],
      "Invalid written[1].value 5: expected a string",
    ],
    [
      "deriveAllowList",
      deriveAllowList,
      [{ kind: "production", written: [], late: "x" }],
      'Invalid late "x": expected a list, each element an object with value and place',
    ],
    [
      "sharedHosts",
      sharedHosts,
      [undefined],
      "Missing environments: expected a list, each element an object with name, kind, allowList and acknowledge",
    ],
    ...[
      { list: 5, shown: "5" },
      { list: null, shown: "null" },
      { list: {}, shown: "{}" },
      { list: { policy: {} }, shown: "{ policy }" },
      { list: { entries: [] }, shown: "{ entries }" },
    ].map(({ list, shown }): [string, typeof sharedHosts, readonly unknown[], string] => [
      "sharedHosts",
      sharedHosts,
      [[{ ...production, allowList: list }]],
      `Invalid environments[0].allowList ${shown}: expected an allow-list, such as that of nextEnvironment(…)`,
    ]),
    ["new AllowList", make, [[5]], "Invalid entry 5: expected an object with host and sources"],
    [
      "deriveAllowList",
      deriveAllowList,
      [5],
      "Invalid input 5: expected an object with kind, written, invalid, late, acknowledge and allowAllDomains",
    ],
    ["formatPlace", formatPlace, [5], "Invalid place 5: expected an object with file, line, key and computed"],
    ["formatPlace", formatPlace, [{}], "Missing file: expected a string"],
    ["formatPlace", formatPlace, [{ file: "x", line: "1" }], 'Invalid line "1": expected a number'],
    ["formatFinding", formatFinding, ["x"], 'Invalid finding "x": expected an object'],
    ["refuses", refuses, [undefined], "Missing finding: expected an object"],
  ])("%s", (call, called, given, ...complaints) => {
    expect(complaint(called, ...given)).toEqual([`${call} has invalid arguments:`, ...complaints]);
  });
});

describe("what is told by hand, for lists of thousands, is what the shape says", () => {
  const values: readonly unknown[] = [
    written,
    { ...written, more: 1 },
    { value: "", place: { file: "x" } },
    ...[undefined, null, 5, "x", [], {}, { value: "x" }, { place }],
    ...[5, null, undefined].map((value) => ({ value, place })),
    ...[5, null, undefined, "x", {}].map((other) => ({ value: "x", place: other })),
    ...[5, null, undefined].map((file) => ({ value: "x", place: { file } })),
    ...[0, 1.5, -1, "1", null, NaN, Infinity, undefined].map((line) => ({ value: "x", place: { file: "x", line } })),
    ...["", "x", 5, null, undefined].map((key) => ({ value: "x", place: { file: "x", key } })),
    ...[true, false, "true", null, 1, undefined].map((computed) => ({ value: "x", place: { file: "x", computed } })),
  ];

  test.each(values)("of an address: %j", (value) => {
    expect(isWritten(value)).toBe(problemsOf(writtenAddressShape, value).length === 0);
  });

  test.each([
    { host: "x", sources: [] },
    { host: "x", sources: [written], more: 1 },
    ...[undefined, null, 5, "x", [], {}, { host: "x" }, { sources: [] }],
    ...[5, null, undefined].map((host) => ({ host, sources: [written] })),
    ...[5, null, undefined, "x", {}, [5], [written, {}]].map((sources) => ({ host: "x", sources })),
  ])("of an entry: %j", (entry: unknown) => {
    expect(isEntry(entry)).toBe(problemsOf(entryShape, entry).length === 0);
  });
});
