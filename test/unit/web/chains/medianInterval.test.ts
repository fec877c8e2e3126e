/** The interval of a median, compared with ranks from published tables of the sign test. */
import { expect, test } from "vitest";
import { medianInterval } from "../../../../apps/web/src/features/chains/medianInterval.ts";

const upTo = (count: number) => Array.from({ length: count }, (_, i) => count - i);

test("fewer than six values have no 95% interval of the median", () => {
  expect(medianInterval(upTo(5))).toBeNull();
  expect(medianInterval([])).toBeNull();
});

test("the interval has the ranks of the sign test: 1 and 6 of six, 2 and 9 of ten, 6 and 15 of twenty", () => {
  expect(medianInterval(upTo(6))).toEqual([1, 6]);
  expect(medianInterval(upTo(10))).toEqual([2, 9]);
  expect(medianInterval(upTo(20))).toEqual([6, 15]);
});
