// vitest. The program is that of ./index; only the types differ.
import { type MessengerMatchers } from "./messenger-matchers";

export * from "./index";

declare module "vitest" {
  interface Assertion<T> {
    toAdmit: MessengerMatchers<void>["toAdmit"];
    toServeExactly: MessengerMatchers<void>["toServeExactly"];
  }
}
