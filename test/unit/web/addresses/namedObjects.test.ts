/** The objects that a short address names. */
import { expect, it } from "vitest";
import { namedObjects } from "../../../../apps/web/src/features/addresses/namedObjects.ts";

it.each([
  ["/", "", []],
  ["/gallery", "?label=3", []],
  ["/studies/compare", "?studies=STU-1,STU-2", ["STU-1", "STU-2"]],
  ["/runs/RUN-2", "?tab=table", ["RUN-2"]],
  ["/runs/run-2", "", ["RUN-2"]],
  ["/vote/STU-3", "", ["STU-3"]],
  ["/new", "?method=ascend&from=RUN-7", ["RUN-7"]],
  ["/compare", "?runs=12,13-2&baseline=0", ["RUN-12", "RUN-13"]],
  ["/elites/RWxpdGU6MQ", "", ["RWxpdGU6MQ"]],
  ["/elites", "", []],
  ["/files/XRUN-1", "", []],
] as const)("%s%s names %j", (pathname, search, expected) => {
  expect(namedObjects(pathname, search)).toEqual(expected);
});
