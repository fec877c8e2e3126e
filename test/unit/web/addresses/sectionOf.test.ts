/** The page with which another workspace opens. */
import { expect, it } from "vitest";
import { sectionOf } from "../../../../apps/web/src/features/workspaces/sectionOf.ts";

it.each([
  ["/", "/"],
  ["/runs/RUN-2", "/runs"],
  ["/studies/STU-1/results/voters", "/studies"],
  ["/elites/RWxpdGU6MQ", "/gallery"],
  ["/compare", "/comparisons"],
  ["/settings/members", "/settings/members"],
])("%s leads to %s", (path, section) => {
  expect(sectionOf(path)).toBe(section);
});
