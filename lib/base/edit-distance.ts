/**
 * Optimal string alignment distance between two strings: how many characters are left out, added, replaced, or swapped with their
 * neighbour. Strings that are further apart than `limit` are not measured to the end.
 *
 * @returns the distance, or undefined where it is over the limit
 */
export function editDistance(one: string, other: string, limit: number): number | undefined {
  if (Math.abs(one.length - other.length) > limit) return undefined;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let column = 1; column <= other.length; column++) {
      const replaced = at(last, column - 1) + (one[row - 1] === other[column - 1] ? 0 : 1);
      const isSwapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swapped = isSwapped ? at(beforeLast, column - 2) + 1 : Infinity;
      current.push(Math.min(replaced, swapped, at(last, column) + 1, at(current, column - 1) + 1));
    }
    if (Math.min(...current) > limit) return undefined;
    [beforeLast, last] = [last, current];
  }
  const distance = at(last, other.length);
  return distance > limit ? undefined : distance;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
