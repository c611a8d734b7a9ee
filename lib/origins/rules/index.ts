import { type Rule } from "../rule";

/** Every rule, in the order of the rules table. */
export const rules: readonly Rule[] = [];
