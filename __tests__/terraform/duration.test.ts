import { parseDuration } from "../../lib/base/duration";

test.each([
  ["0s", 0],
  ["500ms", 500],
  ["30s", 30_000],
  ["1m30s", 90_000],
  ["1.5h", 5_400_000],
  ["", undefined],
  ["30", undefined],
  ["s", undefined],
  ["30s ", undefined],
  ["-5s", undefined],
  ["1.2.3s", undefined],
])("%j is %p milliseconds", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});
