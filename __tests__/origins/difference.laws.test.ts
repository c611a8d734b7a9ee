import fc, { cases } from "../fast-check";
import { policyAdmits } from "../../lib/genesys/host-check";
import { derived } from "./derived";

const hosts = ["example.org", "shop.example.com", "www.example.com"];
const { allowList } = derived(hosts);

const live = fc.record({
  allowAllDomains: fc.boolean(),
  allowedDomains: fc.array(
    fc.constantFrom(
      ...hosts,
      "example.com",
      "com",
      "WWW.example.com",
      "https://example.org",
      "stranger.test",
      "vercel.app",
    ),
    { maxLength: 6 },
  ),
});

test("equal means that Genesys serves the very list, and blocked means that the loader's check blocks it", () => {
  fc.assert(
    fc.property(live, (policy) => {
      const difference = allowList.diff(policy);
      const same = !policy.allowAllDomains && policy.allowedDomains.join() === hosts.join();
      expect(difference.equal).toBe(same);
      expect(difference.differences.length === 0).toBe(same);
      expect(difference.blocked).toEqual(hosts.filter((host) => !policyAdmits(policy, host)));
    }),
    { numRuns: cases(2000) },
  );
});
