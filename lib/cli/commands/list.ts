import { type Command } from "commander";
import { loadEnvironments } from "../../programs/environments-file";
import { type NextEnvironment } from "../../sources/next-environment";
import { anyRefused, type EnvironmentReport, renderReport, reportOn } from "../report/environment-report";
import { printReport, printResult } from "../terminal/output";
import { terminalWidth } from "../terminal/table";
import { checkNames } from "./flags";

interface ListFlags {
  readonly environments?: string;
  readonly json?: boolean;
}

export function register(command: Command): void {
  command
    .argument("[names...]", "the environments to show (default: all)")
    .option("--environments <file>", "the file that exports the environments (default: environments.ts)")
    .option("--json", "print JSON instead of tables")
    .action(async (names: readonly string[], { environments: file, json }: ListFlags) => {
      const reports = selected(await loadEnvironments(file), names);
      if (json === true) printResult(reports.map(toJson));
      else printReport(reports.map((report) => renderReport(report, { width: terminalWidth() })).join("\n\n"));
      if (anyRefused(reports)) process.exitCode = 1;
    });
}

/** Siblings are compared before any is left out: a shared host is one whether or not both are shown. */
function selected(environments: readonly NextEnvironment[], names: readonly string[]): readonly EnvironmentReport[] {
  checkNames(
    names,
    environments.map(({ name }) => name),
    "environment",
  );
  return reportOn(environments).filter(({ environment: { name } }) => names.length === 0 || names.includes(name));
}

/** The shape of `origins list --json`, one element an environment. */
function toJson({ environment, findings }: EnvironmentReport): object {
  const { name, kind, allowAllDomains, allowList } = environment;
  const allowedDomains = allowList.entries.map(({ host, sources }) => ({
    domain: host,
    sources: sources.map(({ place }) => place),
  }));
  const knownAtApply = allowList.late.map(({ value, place }) => ({ value, source: place }));
  return {
    name,
    kind,
    allowAllDomains,
    allowedDomains,
    ...(knownAtApply.length > 0 && { knownAtApply }),
    findings,
  };
}
