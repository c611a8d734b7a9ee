/**
 * Makes something without the stack traces that the core takes of each attribute of a resource: some sixty for a Messenger's
 * configuration, which is two thirds of the time that an environment costs, and nine tenths under ts-node. The core
 * shows them only where a value cannot be resolved, and what the traces of one constructor say is where that constructor is.
 *
 * Errors keep their stack traces: `new Error` does not go through the function that is set aside.
 */
export function withoutStackTraces<T>(make: () => T): T {
  const own = Object.getOwnPropertyDescriptor(Error, "captureStackTrace");
  if (own?.configurable !== true) return make();
  Object.defineProperty(Error, "captureStackTrace", { ...own, value: () => undefined });
  try {
    return make();
  } finally {
    Object.defineProperty(Error, "captureStackTrace", own);
  }
}
