import { holdsValue, maskValues } from "../../lib/origins/mask-values";

const value = "Sup3r-Secret/Pass";
const utf8 = (text: string): Buffer => Buffer.from(text, "utf8");

describe("a value that an error quotes is masked", () => {
  test.each([
    ["as it is", `url: ${value}!`, [value], "url: ***!"],
    ["in other letters", `url: ${value.toUpperCase()}!`, [value], "url: ***!"],
    ["without its scheme", "at db.internal.example.com!", ["postgres://db.internal.example.com"], "at ***!"],
    ["with it", "at postgres://db.internal.example.com!", ["postgres://db.internal.example.com"], "at ***!"],
    ["without the white space in it", "line one line two.", ["line one\n\tline two"], "***."],
    ["percent-encoded as a URL", "p=a%20b/c%C3%A4d!", ["a b/cäd"], "p=***!"],
    ["percent-encoded as a part of one", "p=a%20b%2Fc%C3%A4d!", ["a b/cäd"], "p=***!"],
    ["percent-encoded strictly", "p=%28it%27s%29%2Aok%21x!", ["(it's)*ok!x"], "p=***!"],
    ["as a form", "p=a+b%2Fc%C3%A4d!", ["a b/cäd"], "p=***!"],
    ["in hexadecimal", `p=${utf8(value).toString("hex")}!`, [value], "p=***!"],
    ["in base64", `p=${utf8("abc~~~???").toString("base64")}!`, ["abc~~~???"], "p=***!"],
    [
      "in base64, whose last character may be another's, too",
      `p=${utf8(value).toString("base64")}!`,
      [value],
      "p=***M=!",
    ],
    ["in base64 for URLs", `p=${utf8("abc~~~???").toString("base64url")}!`, ["abc~~~???"], "p=***!"],
    ["with half of a character", "p=abcd%EF%BF%BDefgh!", ["abcd\ud800efgh"], "p=***!"],
    ["of four characters, in hexadecimal", `p=${utf8("k3y!").toString("hex")}.`, ["k3y!"], "p=***."],
    ["of four characters, in base64", `p=${utf8("k3y!").toString("base64")}.`, ["k3y!"], "p=***Q==."],
    ["of four characters, in base64 behind one", `p=${utf8("xk3y!").toString("base64")}.`, ["k3y!"], "p=eG***E=."],
    ["of four characters, in base64 behind two", `p=${utf8("xyk3y!").toString("base64")}.`, ["k3y!"], "p=eHl***."],
    ["with another scheme inside", "p=go:redis://db!", ["go:redis://db"], "p=***!"],
    ["with another scheme inside, and a space", "p=go:redis://db x!", ["go:redis://db\nx"], "p=***!"],
    ["of four characters", "p=k3y! k3y.", ["k3y!"], "p=*** k3y."],
    ["twice", `${value} ${value}`, [value], "*** ***"],
    ["beside another", `${value}, Oth3r-Value`, [value, "Oth3r-Value"], "***, ***"],
    [
      "the longer one, where one value is a part of another",
      "p=Secret/Pass-word!",
      ["Secret", "Secret/Pass-word"],
      "p=***!",
    ],
  ])("%s", (_, text, values, masked) => {
    expect(maskValues(text, values)).toBe(masked);
  });

  test.each([
    ["me:", 4],
    ["you:", 6],
    ["user:", 7],
  ])("in base64 behind %s, all but what the user has a part in", (user, shown) => {
    const encoded = utf8(`${user}${value}`).toString("base64");
    const printed = maskValues(`Basic ${encoded}.`, [value]);
    expect(printed.slice(0, "Basic ***".length + shown)).toBe(`Basic ${encoded.slice(0, shown)}***`);
    expect(printed).toMatch(/\*\*\*\S{0,4}\.$/);
  });
});

describe("a piece of a value is masked", () => {
  test.each([
    ["of six characters", "p=Secret!", "p=***!"],
    ["of the beginning", "p=Sup3r-Sec!", "p=***!"],
    ["of the end, in other letters", "p=RET/PASS", "p=***"],
    ["in hexadecimal", `p=${utf8("r-Sec").toString("hex")}!`, "p=***!"],
  ])("%s", (_, text, masked) => {
    expect(maskValues(text, [value])).toBe(masked);
  });

  test.each([
    ["of five characters, which gives nothing away", "p=Secre!", value],
    ["of five characters at the end of a text", "p=Secre", value],
    ["of a value of three characters", "p=k3y!", "k3y"],
    ["of a value of three characters, in base64", `p=${utf8("k3y").toString("base64")}!`, "k3y"],
    ["of base64 with other capitals", `p=${utf8(value).toString("base64").toUpperCase()}`, value],
    ["of nothing", "p=", ""],
    ["of hexadecimal of a short value", `p=${utf8("k3y").toString("hex")}`, "k3y"],
  ])("but not %s", (_, text, secret) => {
    expect(maskValues(text, [secret])).toBe(text);
  });

  test("nothing is masked where there are no values", () => {
    expect(maskValues("Cannot find module './missing'", [])).toBe("Cannot find module './missing'");
  });
});

describe("a text holds the whole of a value", () => {
  test.each([
    ["itself", "k3y", "k3y", true],
    ["as a part", `a.${value}.b`, value, true],
    ["in small letters, as a host has them", `a.${value.toLowerCase()}.b`, value, true],
    ["of eight characters", "x.12345678.y", "12345678", true],
    ["percent-encoded", "x.a%20b%2fc%c3%a4d.y", "a b/cäd", true],
    ["in hexadecimal", `x.${utf8(value).toString("hex")}.y`, value, true],
    ["in base64, in small letters", `x.${utf8(value).toString("base64").toLowerCase()}.y`, value, true],
    ["without its scheme", "x.db.internal.example.com", "postgres://db.internal.example.com", true],
    ["with a scheme and capitals", "x.https://db.internal", "HTTPS://DB.internal", true],
    ["of seven characters, which may be a part of any text", "x.1234567.y", "1234567", false],
    ["but a piece of it is not the whole", "x.sup3r-secret", value, false],
    ["nothing is held by no value", "x.example.com", "", false],
  ])("%s", (_, text, secret, expected) => {
    expect(holdsValue(text, secret)).toBe(expected);
  });
});
