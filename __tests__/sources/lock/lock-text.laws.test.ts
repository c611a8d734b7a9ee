import fc from "../../fast-check";
import { type Lock, printLock, readLock } from "../../../lib/sources/lock/lock-text";

test("a lock reads back as what was written, with a line for each host", () => {
  const label = fc.oneof(
    fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/),
    fc.constantFrom("constructor", "pulled", "version"),
  );
  const section = fc.oneof(
    fc.constantFrom(
      "production",
      "preview",
      "branch a/b",
      'branch "x"',
      "newest 3 of preview",
      "constructor",
      "__proto__",
    ),
    fc.constantFrom(
      'a": {',
      '", "b": ["',
      '\\": "',
      "<<<<<<< a",
      "\n=======\n",
      '"version": 2',
      "pulled",
      "projects",
      "\ud800",
    ),
    fc.string({ minLength: 1, unit: "binary", maxLength: 5 }),
  );
  const hosts = fc.dictionary(
    fc.tuple(label, label).map((labels) => `${labels.join(".")}.example.com`),
    fc.uniqueArray(section, { minLength: 1 }),
  );
  fc.assert(
    fc.property(fc.dictionary(label, hosts), (projects) => {
      const written: Lock = new Map(
        Object.entries(projects).map(([key, rows]) => {
          const entries = Object.entries(rows).map(
            ([host, sections]) => [host, { sections: [...sections].sort() }] as const,
          );
          return [
            `vercel ${key}`,
            { pulled: [...new Set(Object.values(rows).flat())].sort(), hosts: new Map(entries) },
          ];
        }),
      );
      const text = printLock(written);
      const read = readLock(text);
      if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join());
      for (const [, { hosts: found }] of read.lock)
        for (const [host, { line }] of found) expect(text.split("\n")[(line ?? 0) - 1]).toContain(`"${host}"`);
      expect(printLock(read.lock)).toBe(text);
      expect(read.lock.size).toBe(written.size);
    }),
    { seed: 20_261_123, numRuns: 300 },
  );
});
