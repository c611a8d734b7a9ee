import { type TerraformResourceLifecycle } from "cdktf";
import { either, nonEmpty, object, required } from "../base/shape";

/** Something of the organisation that exists already: its id where it is known, otherwise the name it goes by. */
export type IdOrName = { readonly id: string } | { readonly name: string };

export const idOrNameShape = either<IdOrName>(
  [
    object<{ readonly id: string }>({ id: required(nonEmpty("the id that it has in Genesys")) }),
    object<{ readonly name: string }>({ name: required(nonEmpty("the name that it has in Genesys")) }),
  ],
  'an object, such as { name: "Support" } or { id: "…" }',
);

/**
 * The condition that a data source finds what it looks for by name. The provider answers an unknown name of some kinds without an
 * error and without an id: the deployment would then go without it.
 *
 * @param what is looked for, as a message calls it
 */
export function mustExist(what: string): Pick<TerraformResourceLifecycle, "postcondition"> {
  return {
    postcondition: [
      {
        condition: "${try(length(self.id) > 0, false)}",
        errorMessage: `This organisation has no ${what} called "\${self.name}". Correct the name, or refer to it by its id.`,
      },
    ],
  };
}
