import { type Fault, kinds } from "../../lib/faults/fault";
import { faultText, parseFault } from "../../lib/faults/fault-text";
import { readFault } from "../../lib/faults/read-fault";
import fc from "../../../../__tests__/fast-check";

test.each<[string, Fault]>([
  ["503", { kind: "status", status: 503 }],
  [
    `429 after retry-after=0.5 message="slow down, please" on POST deployments first=1`,
    {
      kind: "status",
      status: 429,
      after: true,
      retryAfter: 0.5,
      message: "slow down, please",
      on: "POST deployments",
      first: 1,
    },
  ],
  ["reset after on POST|PUT /api/v2/** nth=3", { kind: "reset", after: true, on: "POST|PUT /api/v2/**", nth: 3 }],
  ["latency 50ms", { kind: "latency", ms: 50 }],
  ["latency 20ms..1.5s on any chance=0.25", { kind: "latency", ms: 20, maxMs: 1500, on: "any", chance: 0.25 }],
  ["slow 5s on public every=2 for=1m30s", { kind: "slow", ms: 5000, on: "public", every: 2, forMs: 90_000 }],
  ["cut chunked", { kind: "cut", chunked: true }],
  ["html", { kind: "html" }],
  ["html 502 after", { kind: "html", status: 502, after: true }],
  ["pending 5s", { kind: "pending", ms: 5000 }],
  ["error", { kind: "error" }],
  ["error 1s on * configurations", { kind: "error", ms: 1000, on: "* configurations" }],
  ["missing 2s", { kind: "missing", ms: 2000 }],
  ["stale 30s", { kind: "stale", ms: 30_000 }],
  ["limit 300", { kind: "limit", requests: 300 }],
])("%s", (text, fault) => {
  expect(parseFault(text)).toEqual(fault);
});

test.each(kinds.map(({ kind, example }) => [kind, example]))("the example of %s is one: %s", (kind, example) => {
  expect(parseFault(example).kind).toBe(kind);
});

test.each([
  ["", `unknown kind "", expected one of status`],
  ["teapot", `unknown kind "teapot", expected one of status, reset, latency`],
  ["200", `"status" must be a number from 400 to 599, not 200`],
  ["503 frist=2", `unknown word "frist=2"`],
  ["503 first=two", `invalid "first" "two", expected a number`],
  ["503 first=0", `"first" must be a number of at least 1, not 0`],
  ["503 nth=1.5", `"nth" must be an integer, not 1.5`],
  ["503 first=1 nth=2", `"nth" and "first" cannot be combined`],
  ["503 first=1 first=2", `duplicate "first"`],
  ["503 chance=2", `"chance" must be a number from 0 to 1, not 2`],
  ["503 message=", `"message" must be a non-empty string`],
  ["503 on", `"on" must be a non-empty string`],
  ["503 on deployment", `unknown place "deployment", expected a path such as "/api/**" or one of any, api`],
  ["503 on FETCH api", `unknown method "FETCH", expected one of GET, HEAD, POST`],
  ["503 for=soon", `invalid duration "soon", expected one such as 500ms, 2s or 5m`],
  ["latency", `"ms" is missing`],
  ["latency 80ms..20ms", `"maxMs" must be a number of at least 80, not 20`],
  ["latency 10", `unknown word "10"`],
  ["latency after 10ms", `unknown field "after" for "latency"`],
  ["limit 0", `"requests" must be a number of at least 1, not 0`],
  ["html 100", `"status" must be a number from 200 to 599, not 100`],
])("%j is not a fault: the error names the problem and the known kinds", (text, problem) => {
  const refused = (): unknown => parseFault(text);
  expect(refused).toThrow(`Invalid fault "${text}": ${problem}`);
  expect(refused).toThrow("The kinds:");
  for (const { form } of kinds) expect(refused).toThrow(form);
});

test.each([
  [[], "it must be a JSON object"],
  [{}, "unknown kind null"],
  [{ kind: "status" }, `"status" is missing`],
  [{ kind: "status", status: "503" }, `"status" must be a number from 400 to 599, not "503"`],
  [{ kind: "reset", after: "yes" }, `"after" must be true or false, not "yes"`],
  [{ kind: "reset", on: 5 }, `"on" must be a non-empty string, not 5`],
  [{ kind: "reset", on: "GET api now" }, `"on" must be a place such as "deployments" or "POST deployments"`],
  [{ kind: "reset", often: true }, `unknown field "often" for "reset"`],
])("invalid as data: %j", (data, problem) => {
  expect(() => readFault(data)).toThrow(problem);
});

const count = fc.integer({ min: 1, max: 1000 });
const milliseconds = fc.integer({ min: 0, max: 100_000 });
const which = fc.oneof(
  fc.constant({}),
  fc.record({ nth: count }),
  fc.record({ first: count }),
  fc.record({ every: count }),
  fc.record({ chance: fc.double({ min: 0, max: 1, noNaN: true }).map((chance) => Number(chance.toFixed(6))) }),
);
const selection = fc
  .record(
    { on: fc.constantFrom("api", "POST deployments", "GET|HEAD /api/v2/*/x", "* any"), forMs: milliseconds },
    { requiredKeys: [] },
  )
  .chain((place) => which.map((chosen) => ({ ...place, ...chosen })));
const after = fc.record({ after: fc.constant(true) }, { requiredKeys: [] });
const what = fc.oneof(
  fc
    .record(
      {
        kind: fc.constant("status"),
        status: fc.integer({ min: 400, max: 599 }),
        retryAfter: fc.integer({ min: 0, max: 500 }),
        message: fc.constantFrom("no", "not today, sorry", "a=b on c"),
      },
      { requiredKeys: ["kind", "status"] },
    )
    .chain((status) => after.map((when) => ({ ...status, ...when }))),
  after.map((when) => ({ kind: "reset", ...when })),
  fc.record({ kind: fc.constant("cut"), chunked: fc.constant(true) }, { requiredKeys: ["kind"] }),
  milliseconds.map((ms) => ({ kind: "latency", ms, maxMs: ms + 5 })),
  fc.record({ kind: fc.constantFrom("slow", "latency", "pending", "error", "missing", "stale"), ms: milliseconds }),
  fc.record({ kind: fc.constant("limit"), requests: count }),
);

test("every fault's text is read as the same fault", () => {
  fc.assert(
    fc.property(what, selection, (effect, calls) => {
      const fault = readFault({ ...effect, ...calls });
      expect(parseFault(faultText(fault))).toEqual(fault);
    }),
  );
});
