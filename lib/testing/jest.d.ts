// jest with its globals (@types/jest). The program is that of ./index; only the types differ.
import { type MessengerMatchers } from "./messenger-matchers";

export * from "./index";

declare global {
  namespace jest {
    interface Matchers<R> {
      toAdmit: MessengerMatchers<R>["toAdmit"];
      toServeExactly: MessengerMatchers<R>["toServeExactly"];
    }
  }
}
