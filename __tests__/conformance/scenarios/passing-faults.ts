import { shop } from "../../../packages/sandbox/__tests__/provider/shop";
import { type Fault, type Refusal, type Scenario } from "../scenario";
import { asDeclared, created, createConfiguration, refresh, unchanged } from "./common";

const reading = "GET deployments/{deployment}";
const updating = "PUT deployments/{deployment}";
const [readConfiguration = ""] = refresh;
const changed = shop({ deployment: { allowed_domains: ["example.com"] } });
const updated = { ...asDeclared, allowedDomains: ["example.com"] };

const busy: Refusal = { status: 503, message: "The service is busy" };
const broken: Refusal = { status: 500, message: "Something broke" };
const slower: Refusal = { status: 429, message: "Rate limit exceeded", retryAfter: 1 };
const notYet: Refusal = { status: 400, message: "The configuration is on its way" };
const nowhere: Refusal = { status: 404, message: "The deployment is on its way" };

const repeated: readonly { readonly what: string; readonly answers: readonly Fault["answer"][] }[] = [
  { what: "429 with Retry-After", answers: [slower] },
  { what: "500", answers: [broken] },
  { what: "503", answers: [busy] },
  { what: "500, then 503", answers: [broken, busy] },
  { what: "connection reset", answers: ["connection reset"] },
];

/** Faults that pass within the provider's own retries. */
export const passingFaults: readonly Scenario[] = [
  ...repeated.flatMap(({ what, answers }): readonly Scenario[] => {
    const calls = answers.length + 1;
    const inTurn = (on: string): readonly Fault[] => answers.map((answer) => ({ on, answer, times: 1 }));
    return [
      {
        name: `${what} on a read: the provider tries again by itself`,
        steps: [
          created(),
          {
            ...unchanged,
            faults: inTurn(reading),
            calls: [readConfiguration, `${calls} × ${reading}`],
          },
        ],
      },
      {
        name: `${what} on an update: the provider tries again by itself`,
        steps: [
          created(),
          {
            terraform: "apply",
            of: changed,
            faults: inTurn(updating),
            exit: 0,
            calls: [
              ...refresh,
              "GET configurations/{configuration}/versions",
              `${calls} × ${updating}`,
              `${reading} until Active`,
            ],
            leaves: { live: { deployment: updated } },
          },
          unchanged,
        ],
      },
    ];
  }),
  {
    name: "400 on a create that passes: created once",
    steps: [
      {
        ...created(),
        faults: [{ on: "POST deployments", times: 2, answer: notYet }],
        calls: [
          ...createConfiguration,
          "GET configurations/{configuration}/versions",
          "3 × POST deployments",
          `${reading} until Active`,
        ],
        leaves: { live: { deployment: asDeclared } },
      },
      unchanged,
    ],
  },
  {
    name: "400 on an update that passes: updated",
    steps: [
      created(),
      {
        terraform: "apply",
        of: changed,
        faults: [{ on: updating, times: 2, answer: notYet }],
        exit: 0,
        calls: [
          ...refresh,
          "GET configurations/{configuration}/versions",
          `3 × ${updating}`,
          `${reading} until Active`,
        ],
        leaves: { live: { deployment: updated } },
      },
      unchanged,
    ],
  },
  {
    name: "404 on a read that passes: nothing is lost",
    steps: [
      created(),
      {
        ...unchanged,
        faults: [{ on: reading, times: 2, answer: nowhere }],
        calls: [readConfiguration, `3 × ${reading}`],
      },
    ],
  },
];
