import { either, nonEmpty, object, required } from "../base/shape";

/** Something of the organisation that exists already: its id where it is known, otherwise the name it goes by. */
export type Reference = { readonly id: string } | { readonly name: string };

export const referenceShape = either<Reference>(
  [
    object<{ readonly id: string }>({ id: required(nonEmpty("the id that it has in Genesys")) }),
    object<{ readonly name: string }>({ name: required(nonEmpty("the name that it has in Genesys")) }),
  ],
  'an object, such as { name: "Support" } or { id: "…" }',
);
