// jest without its globals: `import { expect } from "@jest/globals"`. The program is that of ./index; only the types differ.
import { type MessengerMatchers } from "./messenger-matchers";

export * from "./index";

declare module "expect" {
  interface Matchers<R> {
    toAdmit: MessengerMatchers<R>["toAdmit"];
    toServeExactly: MessengerMatchers<R>["toServeExactly"];
  }
}
