import { stripVTControlCharacters as plain } from "node:util";
import { renderExamination } from "../../../lib/cli/report/audit-report";
import { reading } from "../../audit/subjects";
import { examined, messengerOf, stackOf } from "../examined";

const emptied = messengerOf(reading({ allowedDomains: [] }));

/** As it stands in a log without colours. */
const rendered = (examination: Parameters<typeof renderExamination>[0]): string =>
  plain(renderExamination(examination));

describe("what origins audit prints of a stack", () => {
  test("one line where all is well", () => {
    expect(rendered(examined("production", messengerOf()))).toBe("production: equal 2 allowed domains, deployment d-1");
  });

  test("of an emptied list", () => {
    expect(rendered(examined("production", emptied))).toMatchInlineSnapshot(`
      "production: drift 2 allowed domains, deployment d-1
      ┌─────────────────┬─────────┬───────┬─────┬──────────────┬─────────────────┐
      │                 │ derived │ state │ API │ public files │ asked for by    │
      ├─────────────────┼─────────┼───────┼─────┼──────────────┼─────────────────┤
      │ example.com     │ ✔       │ ✔     │ –   │ –            │ .env:1 SITE_URL │
      │ www.example.com │ ✔       │ ✔     │ –   │ –            │ .env:2 SITE_URL │
      └─────────────────┴─────────┴───────┴─────┴──────────────┴─────────────────┘
        ✖ the list is empty: the Messenger is blocked on every page, "example.com", "www.example.com" among them, and the pages show no error; no plan notices, because Terraform's state remembers the old entries → origins repair, or origins deploy
        visitors lose: example.com, www.example.com"
    `);
  });

  test("of a stranger on the list, and a host that is gone", () => {
    const live = reading({ allowedDomains: ["stranger.example.net", "www.example.com"] });
    expect(rendered(examined("production", messengerOf(live)))).toMatchInlineSnapshot(`
      "production: drift 2 allowed domains, deployment d-1
      ┌──────────────────────┬─────────┬───────┬─────┬──────────────┬─────────────────┐
      │                      │ derived │ state │ API │ public files │ asked for by    │
      ├──────────────────────┼─────────┼───────┼─────┼──────────────┼─────────────────┤
      │ example.com          │ ✔       │ ✔     │ –   │ –            │ .env:1 SITE_URL │
      │ stranger.example.net │ –       │ –     │ ✔   │ ✔            │                 │
      │ 1 more               │ ✔       │ ✔     │ ✔   │ ✔            │                 │
      └──────────────────────┴─────────┴───────┴─────┴──────────────┴─────────────────┘
        ✖ "example.com" is missing: pages there are now blocked: visitors see no Messenger, and the page shows no error → origins deploy
        ✖ "stranger.example.net" is unexpected: a page there, or on a subdomain of it, can also show the Messenger → origins deploy
        visitors lose: example.com
        strangers gain: stranger.example.net"
    `);
  });

  test("of a version that was published by hand, and a deployment that is switched off", () => {
    const live = reading({ status: "Inactive" }, { versions: { outcome: "served", newest: "3" } });
    expect(rendered(examined("production", messengerOf(live)))).toMatchInlineSnapshot(`
      "production: drift 2 allowed domains, deployment d-1
      ┌───────────────────────┬─────────┬────────┬─────────────┬──────────────┬──────────────┐
      │                       │ derived │ state  │ API         │ public files │ asked for by │
      ├───────────────────────┼─────────┼────────┼─────────────┼──────────────┼──────────────┤
      │ all 2                 │ ✔       │ ✔      │ ✔           │ ✔            │              │
      │ status                │ Active  │ Active │ Inactive    │ Inactive     │              │
      │ configuration version │         │ 2      │ 2, newest 3 │ 2            │              │
      └───────────────────────┴─────────┴────────┴─────────────┴──────────────┴──────────────┘
        ✖ the deployment is Inactive: the Messenger starts on no page → origins deploy
        ✖ version 3 of the configuration was published by hand, but Terraform knows 2: visitors still see version 2, no plan notices, and the next change of the deployment fails → origins repair, or origins deploy"
    `);
  });

  test("of an API that could not be reached", () => {
    const live = reading({}, { api: { outcome: "unreachable", reason: "api.example.com cannot be reached" } });
    expect(rendered(examined("production", messengerOf(live)))).toMatchInlineSnapshot(`
      "production: unknown 2 allowed domains, deployment d-1
      ┌───────┬─────────┬───────┬─────┬──────────────┬──────────────┐
      │       │ derived │ state │ API │ public files │ asked for by │
      ├───────┼─────────┼───────┼─────┼──────────────┼──────────────┤
      │ all 2 │ ✔       │ ✔     │ ?   │ ✔            │              │
      └───────┴─────────┴───────┴─────┴──────────────┴──────────────┘
        ✖ api.example.com cannot be reached"
    `);
  });

  test("of a state that could not be read", () => {
    const problem = new Error("Terraform's state is not a JSON object.\n\nNothing was changed.");
    expect(rendered({ stack: stackOf("production"), problem })).toBe(
      "production: not audited\n  Terraform's state is not a JSON object.\n\n  Nothing was changed.",
    );
  });
});
