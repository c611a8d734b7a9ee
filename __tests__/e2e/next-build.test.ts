import { type EnvironmentKind } from "../../lib/origins/environment-kind";
import { formatFinding } from "../../lib/origins/finding";
import { nextConfig, type NextConfigKey, nextConfigKeys } from "../../lib/sources";
import { NextApplication, type NextVersion, type ResolvedHosts } from "./next-application";
import { type ConfigShape, shapes } from "./next-config-shapes";

/** The addresses under a key, as the configuration that Next.js resolved has them. */
function resolved({ i18n, allowedDevOrigins, experimental }: ResolvedHosts, key: NextConfigKey): readonly string[] {
  switch (key) {
    case "i18n.domains":
      return (i18n?.domains ?? []).map(({ domain, http }) => (http === true ? `http://${domain}` : domain));
    case "experimental.serverActions.allowedOrigins":
      return experimental.serverActions?.allowedOrigins ?? [];
    case "allowedDevOrigins":
      return allowedDevOrigins ?? [];
  }
}

/** The addresses under each key, as the source reads them, and what it has to say. */
function read(root: string, kind: EnvironmentKind, keys: readonly NextConfigKey[]): object {
  const { addresses, findings } = nextConfig(".", { keys, evaluate: { unset: ["*"] } }).read({ root, kind });
  const under = (key: NextConfigKey): readonly string[] =>
    addresses.filter(({ place }) => place.key === key).map(({ value }) => value);
  return { ...Object.fromEntries(keys.map((key) => [key, under(key)])), findings: findings.map(formatFinding) };
}

function expectSame(root: string, kind: EnvironmentKind, config: ResolvedHosts): void {
  const keys = nextConfigKeys.filter((key) => resolved(config, key).length > 0);
  expect(keys).not.toEqual([]);
  const expected = Object.fromEntries(keys.map((key) => [key, resolved(config, key)]));
  expect(read(root, kind, keys)).toEqual({ ...expected, findings: [] });
  for (const key of nextConfigKeys.filter((key) => !keys.includes(key))) {
    expect(nextConfig(".", { keys: [key] }).read({ root, kind }).addresses).toEqual([]);
  }
}

const versions: readonly NextVersion[] = [14, 15, 16];

describe.each(versions)("nextConfig reads what Next.js %i resolves", (version) => {
  const ofVersion = shapes.filter(({ since = 14, last = 16 }) => since <= version && version <= last);

  test.each(ofVersion)("from $name", ({ files }: ConfigShape) => {
    const application = new NextApplication(version, files);
    try {
      expectSame(application.folder, "production", application.load("phase-production-build"));
      expectSame(application.folder, "development", application.load("phase-development-server"));
    } finally {
      application.remove();
    }
  });

  test.each(ofVersion.filter(({ isBuilt = false }) => isBuilt))(
    "and next build writes down from $name",
    ({ files }) => {
      const application = new NextApplication(version, files);
      try {
        expectSame(application.folder, "production", application.build());
      } finally {
        application.remove();
      }
    },
  );
});
