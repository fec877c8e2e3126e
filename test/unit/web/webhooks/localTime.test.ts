/** Times of a `datetime-local` field, in whatever time zone the browser has. */
import { expect, it } from "vitest";
import { fromLocalTime, toLocalTime } from "../../../../apps/web/src/features/webhooks/localTime.ts";

it("a time survives the field, to the minute", () => {
  const time = new Date(2026, 2, 4, 5, 6, 59);
  expect(toLocalTime(time)).toBe("2026-03-04T05:06");
  expect(fromLocalTime(toLocalTime(time))).toBe(new Date(2026, 2, 4, 5, 6).toISOString());
});

it.each(["", "2026-03-04", "2026-13-04T05:06", "soon"])("%j is no time", (text) => {
  expect(fromLocalTime(text)).toBeNull();
});
