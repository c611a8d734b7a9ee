// The types of ./vitest.d.mts are those of an ES module, and so this is one; the program is that of ./index.
export * from "./index.js";
