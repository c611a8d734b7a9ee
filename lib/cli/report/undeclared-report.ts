import { printable } from "../../base/printable";
import { deploymentsOf, type RetiredStack, type StrayDeployment } from "../../operations/retired";
import { colors } from "../terminal/output";

/** What the program no longer declares, for people: drift where the project's own state has it, otherwise a note. */
export function renderUndeclared(
  stacks: readonly RetiredStack[],
  strays: readonly StrayDeployment[],
): readonly string[] {
  return [
    ...stacks.map((stack) =>
      [
        `${colors.bold(printable(stack.name))}: ${colors.yellow("not declared")}`,
        `  ${colors.red("✖")} ${printable(undeclaredMessage(stack))} ${colors.cyan(`→ origins retire ${stack.name}`)}`,
      ].join("\n"),
    ),
    ...strays.map((stray) => colors.dim(`note: ${printable(strayMessage(stray))}`)),
  ];
}

function undeclaredMessage(stack: RetiredStack): string {
  const named = deploymentsOf(stack).map(({ id, name }) => `"${name}" (${id})`);
  return `its state has ${named.join(", ")}, and the program does not declare the stack: pages may still show the Messenger, and no one audits it`;
}

function strayMessage({ id, name, environment }: StrayDeployment): string {
  return (
    `the deployment "${name}" (${id}) was made by this package for the environment "${environment}", which the program does not declare, ` +
    `and no state of the project has it; if no other project manages it, see "origins retire ${environment}"`
  );
}

/** The same for programs. */
export function undeclaredJson(stacks: readonly RetiredStack[], strays: readonly StrayDeployment[]): readonly object[] {
  return [
    ...stacks.map((stack) => ({
      name: stack.name,
      stack: stack.name,
      verdict: "drift",
      drifts: [{ kind: "undeclared-stack", mendedBy: "person", message: undeclaredMessage(stack) }],
      deployments: deploymentsOf(stack).map(({ id, name }) => ({ id, name })),
    })),
    ...strays.map((stray) => ({
      name: stray.name,
      environment: stray.environment,
      deploymentId: stray.id,
      verdict: "equal",
      drifts: [],
      notes: [strayMessage(stray)],
    })),
  ];
}
