import { editDistance } from "../../lib/base/edit-distance";

test.each([
  ["shop", "shop", 0],
  ["shop", "shops", 1],
  ["shop", "sho", 1],
  ["shop", "stop", 1],
  ["shop", "shpo", 1],
  ["staging", "satgign", 2],
  ["", "ab", 2],
  ["shop", "blog", undefined],
  ["shop", "workshop", undefined],
])("from %p to %p: %p slips", (one, other, distance) => {
  expect(editDistance(one, other, 2)).toBe(distance);
  expect(editDistance(other, one, 2)).toBe(distance);
});
