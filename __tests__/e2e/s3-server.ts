import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** The answer to a request: its status, and its body with the headers that go with it. */
interface Answer {
  readonly status: number;
  readonly body?: Buffer | string;
  readonly headers?: Readonly<Record<string, string>>;
}

const host = "s3.example.test";

/** As much of Amazon's S3 as Terraform's backend asks for: objects in buckets, listed by prefix, locked by a conditional write. */
export class S3Server {
  static async start(): Promise<S3Server> {
    const server = new S3Server();
    server.http.listen(0, "127.0.0.1");
    await once(server.http, "listening");
    return server;
  }

  /** By bucket and key, such as `acme-terraform/genesys-messenger/production.tfstate`. */
  readonly objects = new Map<string, Buffer>();

  private readonly http = createServer((request, response) => {
    void this.answer(request, response);
  });

  /** What sends the programs of Amazon's SDK here: as to a proxy, because the bucket is a part of the host's name. */
  get environment(): NodeJS.ProcessEnv {
    return {
      HTTP_PROXY: `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`,
      NO_PROXY: "",
      AWS_ENDPOINT_URL_S3: `http://${host}`,
      AWS_ENDPOINT_URL_STS: `http://${host}`,
      AWS_ENDPOINT_URL_IAM: `http://${host}`,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_CONFIG_FILE: "/nonexistent",
      AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
    };
  }

  async close(): Promise<void> {
    const closed = once(this.http, "close");
    this.http.close();
    this.http.closeAllConnections();
    await closed;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await buffer(request);
    const { status, body = "", headers = {} } = this.handle(request, sent);
    response.writeHead(status, { "content-length": Buffer.byteLength(body), ...headers });
    response.end(request.method === "HEAD" ? "" : body);
  }

  private handle({ method = "", url = "/", headers }: IncomingMessage, sent: Buffer): Answer {
    const { hostname, pathname, searchParams } = new URL(url);
    const path = `${hostname.slice(0, -host.length - 1)}${decodeURIComponent(pathname)}`;
    if (method === "POST") return identity;
    if (method === "GET" && searchParams.has("prefix"))
      return this.list(path.replace(/\/$/, ""), searchParams.get("prefix") ?? "");
    const found = this.objects.get(path);
    switch (method) {
      case "GET":
      case "HEAD":
        return found === undefined ? missing(path) : { status: 200, body: found, headers: { etag: etagOf(found) } };
      case "PUT": {
        if (headers["if-none-match"] === "*" && found !== undefined) return error(412, "PreconditionFailed");
        const stored = contentOf(sent, headers);
        this.objects.set(path, stored);
        return { status: 200, headers: { etag: etagOf(stored) } };
      }
      case "DELETE":
        this.objects.delete(path);
        return { status: 204 };
      default:
        return error(405, "MethodNotAllowed");
    }
  }

  private list(bucket: string, prefix: string): Answer {
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(`${bucket}/${prefix}`));
    const contents = keys.map((key) => `<Contents><Key>${key.slice(bucket.length + 1)}</Key></Contents>`).join("");
    return xml(
      200,
      `<ListBucketResult><Name>${bucket}</Name><IsTruncated>false</IsTruncated>${contents}</ListBucketResult>`,
    );
  }
}

/** What was sent: as it is, or in chunks that each begin with a line of their length. */
function contentOf(sent: Buffer, headers: IncomingMessage["headers"]): Buffer {
  if (!(headers["content-encoding"] ?? "").includes("aws-chunked")) return sent;
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const end = sent.indexOf("\r\n", at);
    const length = Number.parseInt(sent.toString("latin1", at, end), 16);
    if (!(length > 0)) return Buffer.concat(parts);
    parts.push(sent.subarray(end + 2, end + 2 + length));
    at = end + 2 + length + 2;
  }
}

const identity = xml(
  200,
  "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::000000000000:user/test</Arn>" +
    "<UserId>test</UserId><Account>000000000000</Account></GetCallerIdentityResult></GetCallerIdentityResponse>",
);

function xml(status: number, body: string): Answer {
  return {
    status,
    body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
    headers: { "content-type": "application/xml" },
  };
}

function error(status: number, code: string): Answer {
  return xml(status, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

function missing(path: string): Answer {
  return error(404, path.includes("/") ? "NoSuchKey" : "NoSuchBucket");
}

function etagOf(content: Buffer): string {
  return `"${createHash("md5").update(content).digest("hex")}"`;
}
