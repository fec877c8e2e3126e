/**
 * Counterbalanced orders (Williams 1949, "Experimental designs balanced for the estimation of residual effects of treatments"). Over a
 * block of voters, every image is equally often at every place and follows every other image equally often. The block has `count` voters if
 * `count` is even, and twice as many if it is odd.
 */

/** Number of voters over which orders of `count` images are balanced. */
export function williamsBlock(count: number): number {
  return count % 2 === 0 ? Math.max(1, count) : 2 * count;
}

/** The order of one voter of a block: a permutation of 0 to `count` - 1. `row` is from 0 to `williamsBlock(count)` - 1. */
export function williamsOrder(count: number, row: number): number[] {
  const order = Array.from({ length: count }, (_, place) => {
    const first = place % 2 === 0 ? count - place / 2 : (place + 1) / 2;
    return (first + row) % count;
  });
  return row < count ? order : order.reverse();
}
