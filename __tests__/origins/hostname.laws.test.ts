import { createHash } from "node:crypto";
import { hostnameOf } from "../../lib/origins/hostname";
import fc, { cases } from "../fast-check";
import { difficultCharacters, hostLaws, hostName } from "./host-names";
import { differences, publicData } from "./public-data";

test.each(Object.entries(hostLaws))("the host of a generated name %s", (_, broken) => {
  fc.assert(
    fc.property(hostName, (name) => {
      expect(broken(name)).toBeUndefined();
    }),
    { numRuns: cases(5_000) },
  );
});

test("the host is the same on every version of Node.js, for all pairs of difficult characters", () => {
  const hosts = difficultCharacters.flatMap((one) =>
    difficultCharacters.map((other) => hostnameOf(`b${one}${other}.example`) ?? ""),
  );
  expect(hosts.filter((host) => host !== "").length).toMatchInlineSnapshot(`6161`);
  expect(createHash("sha256").update(hosts.join("\n")).digest("hex")).toMatchInlineSnapshot(
    `"63c35c238b1c7392f630ee1feab6d0a988279be1d1d0639858658d93122e268c"`,
  );
});

test("IdnaTestV2 of Unicode 16.0 comes out alike on every version of Node.js", () => {
  const pairs = publicData("idna-test-v2.json");
  expect(pairs).toHaveLength(6_386);
  // Ideographs that Unicode 17.0 added, which tr46 6 knows.
  expect(differences(pairs)).toEqual([
    { written: "\u{32931}20.音.ꡦ1.", expected: null, found: "xn--20-9802c.xn--0w5a.xn--1-eg4e." },
    { written: "xn--20-9802c.xn--0w5a.xn--1-eg4e.", expected: null, found: "xn--20-9802c.xn--0w5a.xn--1-eg4e." },
    { written: "xn--9-i0j5967eg3qz.ss", expected: null, found: "xn--9-i0j5967eg3qz.ss" },
  ]);
});
