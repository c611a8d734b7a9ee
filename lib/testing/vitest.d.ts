// vitest, as a CommonJS module sees it; ./vitest.d.mts is the same for ES modules, which find other types of vitest.
import { type MessengerMatchers } from "./messenger-matchers";

export * from "./index";

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
