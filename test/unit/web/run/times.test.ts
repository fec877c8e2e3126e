/** The times and the speed of a run as its page names them. */
import { describe, expect, it } from "vitest";
import { listTimes } from "../../../../apps/web/src/features/marks/Times.tsx";
import { speedUnit } from "../../../../apps/web/src/features/run/speedUnit.ts";

describe("the times of a run or a sweep", () => {
  it("are named, and those that are not known are left out", () => {
    const all = listTimes({ waitedSeconds: 47, computedSeconds: 15, elapsedSeconds: 62 });
    expect(all.map(({ name }) => name)).toEqual(["waited", "computed", "elapsed"]);
    expect(new Set(all.map(({ text }) => text)).size).toBe(3);
    expect(listTimes({ waitedSeconds: null, computedSeconds: 15, elapsedSeconds: null }).map(({ name }) => name)).toEqual(["computed"]);
  });
});

it("the speed of a run that is not running is called an average", () => {
  expect(speedUnit({ state: "RUNNING" })).toBe("evaluations/s");
  for (const state of ["SUCCEEDED", "PAUSED", "FAILED"]) expect(speedUnit({ state })).toBe("evaluations/s on average");
});
