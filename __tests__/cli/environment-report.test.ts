import { stripVTControlCharacters as plain } from "node:util";
import { renderReport, reportOn } from "../../lib/cli/report/environment-report";
import { terraformValue } from "../../lib/messenger/terraform-value";
import { envFile } from "../../lib/sources/env/env-file";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { project } from "../sources/project";

test("an address that only Terraform knows has a row, with its expression for a name", () => {
  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: ["https://www.example.com", terraformValue("${vercel_project_domain.shop.domain}")],
  });
  const report = reportOn([environment])
    .map((each) => renderReport(each))
    .join("\n");

  expect(report).toContain("1 allowed domain, and those known at apply");
  expect(report).toMatch(
    /vercel_project_domain\.shop\.domain\s+│ known at apply\s+│ .*environment-report\.test\.ts:\d+/,
  );
});

describe("the rows of origins list", () => {
  /** Page host, allowed domain, source and findings of each row of a project with that .env file. */
  const rowsOf = (file: string): readonly (readonly string[])[] => {
    const root = project({ ".env": file });
    const variables = [...file.matchAll(/^\w+/gm)].map(([name]) => name);
    const environment = nextEnvironment("staging", {
      kind: "staging",
      addresses: [envFile(".env", variables)],
      root,
    });
    return plain(
      reportOn([environment])
        .map((each) => renderReport(each))
        .join("\n"),
    )
      .split("\n")
      .filter((line) => line.startsWith("│"))
      .slice(1)
      .map((line) =>
        line
          .split("│")
          .slice(1, -1)
          .map((cell) => cell.trim()),
      );
  };

  test.each([
    [
      "a host and every host below it are two pages with one allowed domain",
      "A=*.x.example.com\nB=x.example.com\n",
      [
        ["*.x.example.com", "x.example.com", ".env:1 A", "wildcard"],
        ["x.example.com", "x.example.com", ".env:2 B", ""],
      ],
    ],
    [
      "the same, with letters beyond ASCII, schemes and two stars",
      "A=https://**.bücher.example.com/x?y=1\nB=https://bücher.example.com\n",
      [
        ["*.bücher.example.com", "xn--bcher-kva.example.com", ".env:1 A", "wildcard"],
        ["bücher.example.com", "xn--bcher-kva.example.com", ".env:2 B", ""],
      ],
    ],
    [
      "the same host twice in one place is one row, with the findings of both",
      "A=https://x.example.com,http://x.example.com,x.example.com,*.x.example.com\n",
      [
        ["*.x.example.com", "x.example.com", ".env:1 A", "wildcard"],
        ["x.example.com", "x.example.com", ".env:1 A", "plain-http"],
      ],
    ],
  ])("%s", (_, file, expected) => {
    expect(rowsOf(file)).toEqual(expected);
  });
});
