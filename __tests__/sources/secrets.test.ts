import fc from "../fast-check";
import { envFile } from "../../lib/sources/env/env-file";
import { nextEnvironment } from "../../lib/sources/next-environment";
import { project } from "./project";

const secret = "s3cr3t-T0k3n";

/** Everything that an environment with that env file lets out. */
function everythingSaid(text: string, ...variables: readonly string[]): string {
  const root = project({ ".env": text });
  const environment = nextEnvironment("production", {
    kind: "production",
    addresses: [variables.length === 0 ? envFile(".env") : envFile(".env", variables)],
    root,
  });
  const { written, findings, allowList } = environment;
  return JSON.stringify({ written, findings, entries: allowList.entries });
}

describe("the value of a variable that no one named never gets out", () => {
  test.each([
    ["beside the address", `PASSWORD=${secret}\nA=https://a.example.com`],
    ["as the password in the address", `PASSWORD=${secret}\nA=https://user:$PASSWORD@a.example.com`],
    ["as the user in the address", `TOKEN=${secret}\nA=https://$TOKEN@a.example.com`],
    ["in the path of the address", `TOKEN=${secret}\nA=https://a.example.com/$TOKEN`],
    ["in the query of the address", `TOKEN=${secret}\nA=https://a.example.com?t=\${TOKEN}`],
    ["in the path, through another variable", `TOKEN=${secret}\nB=/x/$TOKEN\nA=a.example.com$B`],
    ["as the whole value", `TOKEN="${secret} x"\nA=$TOKEN`],
    ["in a value that is not an address", `TOKEN=${secret}\nA=ftp://a.example.com/$TOKEN`],
    ["beside a reference to nothing", `TOKEN=${secret}\nA=https://a.example.com/$TOKEN/$NOTHING`],
    ["beside a reference to nothing that leaves no address", `TOKEN=${secret}\nA=://$TOKEN/$NOTHING`],
    ["in one of several addresses", `TOKEN=${secret}\nA=https://a.example.com/$TOKEN,https://b.example.com`],
    ["in a circle", `TOKEN=${secret}\nB=$A$TOKEN\nA=$B`],
    ["in a file without any variable in question", `TOKEN=${secret}`],
    ["in a file of lines that are no definitions", `A\n${secret}\n=${secret}`],
  ])("%s", (_, text) => {
    expect(everythingSaid(text, "A")).not.toContain(secret);
    expect(everythingSaid(text)).not.toContain(secret);
  });

  test("a piece of it that looks like a reference is not a name to show", () => {
    const said = ["A=https://a.example.com/$TOKEN", "A=://$TOKEN", "B=/$TOKEN\nA=https://a.example.com$B"].map((line) =>
      everythingSaid(`TOKEN='pass$s3cr3t'\n${line}`, "A"),
    );
    for (const each of said) expect(each).not.toContain("s3cr3t");
    expect(said[0]).toContain("refers through TOKEN to a variable that neither .env nor a file above it defines");
    expect(everythingSaid("TOKEN=ab${s3cr3t:-cd ef}\nA=https://$TOKEN", "A")).not.toContain("s3cr3t");
  });

  test("a user and a password written into the named variable itself are masked", () => {
    expect(everythingSaid(`A=https://user:${secret}@a.example.com`, "A")).not.toContain(secret);
    expect(everythingSaid(`A=postgres://user:${secret}@db.example.com/shop`, "A")).not.toContain(secret);
    expect(everythingSaid(`A=https://user:${secret}@$HOST`, "A")).not.toContain(secret);
  });

  test("whatever the file looks like", () => {
    const piece = fc.constantFrom(
      secret,
      "\n",
      "TOKEN=",
      "B=",
      "A=https://a.example.com/",
      '"',
      "'",
      "$TOKEN",
      "${B}",
      "@",
      "?",
      " ",
      "#",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        // Where the named variable itself spells the secret out, it may be shown.
        const text = pieces.join("");
        const spelled = /A=[^\n]*s3cr3t|["'`]/.test(text);
        expect(spelled || !everythingSaid(text, "A").includes(secret)).toBe(true);
      }),
      { seed: 20_261_122, numRuns: 300 },
    );
  });
});

test("the environment of the process is neither changed nor looked at", () => {
  const text = "A=https://$SOURCES_TEST_HOST\nHOME_URL=https://$HOME\nNODE_ENV=changed\nSITE_URL=https://a.example.com";
  process.env["SOURCES_TEST_HOST"] = "leak.example.com";
  process.env["SITE_URL"] = "https://leak.example.com";
  const before = { ...process.env };
  try {
    const said = everythingSaid(text, "A", "HOME_URL", "SITE_URL");
    expect(said).toContain("https://a.example.com");
    expect(said).not.toContain("leak.example.com");
    expect(process.env).toEqual(before);
  } finally {
    delete process.env["SOURCES_TEST_HOST"];
    delete process.env["SITE_URL"];
  }
});
