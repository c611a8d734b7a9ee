import { renderReport, reportOn } from "../../lib/cli/environment-report";
import { terraformValue } from "../../lib/messenger";
import { nextEnvironment } from "../../lib/sources";

test("an address that only Terraform knows has a row, with its expression for a name", () => {
  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: ["https://www.example.com", terraformValue("${vercel_project_domain.shop.domain}")],
  });
  const report = reportOn([environment]).map(renderReport).join("\n");

  expect(report).toContain("1 allowed domain, and those known at apply");
  expect(report).toMatch(
    /vercel_project_domain\.shop\.domain\s+│ known at apply\s+│ .*environment-report\.test\.ts:\d+/,
  );
});
