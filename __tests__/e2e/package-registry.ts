import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { npm } from "../from-npm";

/** A package that no registry has yet. */
interface LocalPackage {
  readonly tarball: Buffer;
  readonly manifest: { readonly name: string; readonly version: string };
}

/**
 * A registry of npm that has this project's packages, as they would be published, and sends everything else on to the usual one: so that
 * `npm install` in a project of the user's needs no other package.json than the user's.
 */
export class PackageRegistry {
  /** @param tarballs what `npm pack` made */
  static async start(tarballs: readonly string[]): Promise<PackageRegistry> {
    const registry = new PackageRegistry(tarballs.map(localPackage));
    registry.http.listen(0, "127.0.0.1");
    await once(registry.http, "listening");
    return registry;
  }

  private readonly upstream = npm(["config", "get", "registry"], ".").stdout.trim().replace(/\/$/, "");
  private readonly http = createServer((request, response) => {
    this.answer(request, response);
  });

  private constructor(private readonly packages: readonly LocalPackage[]) {}

  /** What npm must be told. */
  get environment(): NodeJS.ProcessEnv {
    return { npm_config_registry: this.url, npm_config_audit: "false", npm_config_fund: "false" };
  }

  stop(): void {
    this.http.close();
    this.http.closeAllConnections();
  }

  private get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  private answer({ url = "/" }: IncomingMessage, response: ServerResponse): void {
    const [, name = "", file] = /^\/([^/?]+)(?:\/-\/(.+\.tgz))?$/.exec(url) ?? [];
    const found = this.packages.find(({ manifest }) => manifest.name === name);
    if (found === undefined) response.writeHead(302, { location: `${this.upstream}${url}` }).end();
    else if (file !== undefined) response.end(found.tarball);
    else response.setHeader("content-type", "application/json").end(JSON.stringify(this.document(found)));
  }

  /** What a registry tells of a package. */
  private document({ manifest, tarball }: LocalPackage): object {
    const { name, version } = manifest;
    const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
    const dist = { tarball: `${this.url}/${name}/-/${name}-${version}.tgz`, integrity };
    // Package managers may refuse what was published in the last days.
    const time = { [version]: "2026-01-01T00:00:00.000Z" };
    return { name, "dist-tags": { latest: version }, time, versions: { [version]: { ...manifest, dist } } };
  }
}

function localPackage(file: string): LocalPackage {
  const manifest = execFileSync("tar", ["-xzOf", file, "package/package.json"], { encoding: "utf8" });
  return { tarball: readFileSync(file), manifest: JSON.parse(manifest) as LocalPackage["manifest"] };
}
