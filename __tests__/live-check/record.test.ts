import { homedir } from "node:os";
import { type Finding } from "../../live-check/findings";
import { renderRecord } from "../../live-check/record";

const circumstances = {
  date: "2026-11-30T12:00:00.000Z",
  region: "eu-central-1",
  platform: "Genesys Cloud",
  versions: { Terraform: "1.11.4" },
  end: "complete",
};
const hidden = {
  organisation: { id: "0b54d2a1-7e0f-4b8c-9a51-6f2f4c6f9d10", name: "ACM", domain: "acme-support" },
  clientId: "client-of-acme",
  folder: "/tmp/origins-live-1-2-abc",
  gateway: "gateway.acme.example",
};

function recordOf(finding: Partial<Finding>): string {
  const ours = { group: "api", what: "a row", expected: "200", measured: "200", verdict: "as expected" } as const;
  return renderRecord(circumstances, [{ ...ours, ...finding }], hidden);
}

test.each([
  ["an id", "deployment 3F2504E0-4F89-41D3-9A0C-0305E82C3301 is gone", "deployment {id} is gone"],
  ["the organisation's short name", "ACM has no such acme", "*** has no such acme"],
  ["the organisation's domain", "of acme-support", "of ***"],
  ["the client", "client-of-acme lacks a permission", "*** lacks a permission"],
  ["the gateway", "gateway.acme.example cannot be reached", "*** cannot be reached"],
  ["a person", "j.doe+admin@mail.acme.example may not", "{e-mail} may not"],
  ["an address", "connect ECONNREFUSED 10.20.30.40:443", "connect ECONNREFUSED {ip}:443"],
  ["a path of the machine", `${homedir()}/x and /tmp/origins-live-1-2-abc/y`, "***/x and ***/y"],
])("%s is replaced, in the table and in the details", (_, text, clean) => {
  const record = recordOf({ measured: text, details: { [text]: [text] } });
  expect(record).toContain(`| \`200\` | \`${clean}\` |`);
  expect(record).toContain(`"${clean}": [\n          "${clean}"\n        ]`);
  expect(record).not.toContain(text);
});

test.each(["127.0.0.1", "1.84.1", "version 1.11.4.5.6"])("%s is kept", (text) => {
  expect(recordOf({ measured: text })).toContain(`| \`${text}\` |`);
});

test("text from outside cannot leave its place", () => {
  const record = recordOf({ measured: "a | b\n```\n<img> `c` \u202e::error::", details: "```\n# Title" });
  expect(record).toContain("| `200` | `a \\| b ''' <img> 'c' \\u{202e}::error::` | as expected |");
  expect(record.match(/^```/gm)).toHaveLength(2);
  expect(record).not.toMatch(/^# Title/m);
});
