/** A plan as Terraform prints it, without the progress before it and the advice behind it. */
export function readablePlan(printed: string): string {
  const [plan = ""] = printed.split(/^─{10,}$|^Saved the plan to: /m);
  return plan
    .split("\n")
    .filter((line) => !/^\S+: (Refreshing state|Reading|Still reading|Read complete)\b/.test(line))
    .join("\n")
    .trim();
}
