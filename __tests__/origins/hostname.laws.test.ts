import fc, { cases } from "../fast-check";
import { hostLaws, hostName } from "./host-names";

test.each(Object.entries(hostLaws))("the host of a generated name %s", (_, broken) => {
  fc.assert(
    fc.property(hostName, (name) => {
      expect(broken(name)).toBeUndefined();
    }),
    { numRuns: cases(5_000) },
  );
});
