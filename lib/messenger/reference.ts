/** Something of the organisation that exists already: its id where it is known, otherwise the name it goes by. */
export type Reference = { readonly id: string } | { readonly name: string };
