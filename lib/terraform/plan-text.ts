import { stripVTControlCharacters } from "node:util";

/** What stands behind the plan: a rule above the advice, or the advice alone. */
const behind = /^─{10,}$|^Saved the plan to: /;
const progress = /^\S+: (Refreshing state|Reading|Still reading|Read complete)\b/;

/** A plan as Terraform prints it, in its colours if it has any, without the progress before it and the advice behind it. */
export function readablePlan(printed: string): string {
  const lines = printed.split("\n").map((text) => ({ text, plain: stripVTControlCharacters(text) }));
  const end = lines.findIndex(({ plain }) => behind.test(plain));
  const plan = lines.slice(0, end === -1 ? undefined : end).filter(({ plain }) => !progress.test(plain));
  const first = plan.findIndex(({ plain }) => plain.trim() !== "");
  const last = plan.findLastIndex(({ plain }) => plain.trim() !== "");
  const text = plan
    .slice(Math.max(first, 0), last + 1)
    .map((line) => line.text)
    .join("\n")
    .trim();
  // Terraform may end a colour in a line that is left out here.
  return stripVTControlCharacters(text) === text ? text : `${text}${reset}`;
}

const reset = "\u001b[0m";
