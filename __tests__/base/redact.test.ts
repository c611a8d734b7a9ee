import { parseAddress } from "../../lib/origins/address";
import { redact } from "../../lib/base/redact";

describe("secrets never stand in what is printed of a value", () => {
  test.each([
    ["https://www.example.com/shop", "https://www.example.com/shop"],
    ["https://medium.com/@user", "https://medium.com/@user"],
    ["https://app:s3cret@example.com/x", "https://***@example.com/x"],
    ["app:s3cret@example.com", "***@example.com"],
    ["//app:s3cret@example.com", "//***@example.com"],
    ["postgres://app:s3cret@db.example.com/shop?sslkey=s3cret", "postgres://***@db.example.com/shop?…"],
    ["https://app:s3c/ret@example.com", "https://***@example.com"],
    ["https://app:s3c?ret@example.com", "https://***@example.com"],
    ["https://app:s3c#ret@example.com", "https://***@example.com"],
    ["https://app:s3c@ret@example.com", "https://***@example.com"],
    ["https://example.com/?token=s3cret#s3cret", "https://example.com/?…"],
    ["https://example.com/#access_token=s3cret", "https://example.com/#…"],
    ["https://example.com:8443/?mail=a@b.example", "https://example.com:8443/?…"],
  ])("%s is printed as %s", (value, printed) => {
    expect(redact(value)).toBe(printed);
    expect(redact(redact(value))).toBe(printed);
    const parsed = parseAddress(value);
    expect(JSON.stringify(parsed)).not.toMatch(/s3c/);
  });
});

test("control and bidirectional characters reach no terminal", () => {
  expect(redact("a\u001b[31m\u202eb")).toBe("a\\u{1b}[31m\\u{202e}b");
});

test("a long value is cut", () => {
  expect(redact("a".repeat(5000))).toHaveLength(120);
});
