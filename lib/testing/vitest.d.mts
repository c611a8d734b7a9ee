// vitest, as an ES module sees it; ./vitest.d.ts is the same for CommonJS.
import { type MessengerMatchers } from "./messenger-matchers.js";

export * from "./index.js";

declare module "vitest" {
  interface Matchers<T> {
    toAdmit: MessengerMatchers<void>["toAdmit"];
    toServeExactly: MessengerMatchers<void>["toServeExactly"];
  }

  // before vitest 3.2
  interface Assertion<T> {
    toAdmit: MessengerMatchers<void>["toAdmit"];
    toServeExactly: MessengerMatchers<void>["toServeExactly"];
  }
}
