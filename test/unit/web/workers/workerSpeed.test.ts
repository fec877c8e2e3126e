/** The speed of a worker is its run's. */
import { expect, it } from "vitest";
import { totalSpeed, workerSpeed } from "../../../../apps/web/src/features/workers/workerSpeed.ts";

const running = { alive: true, run: { state: "RUNNING", speed: 120.4 } };
const idle = { alive: true, run: null };
const starting = { alive: true, run: { state: "RUNNING", speed: null } };
const lost = { alive: false, run: { state: "RUNNING", speed: 80 } };
const ended = { alive: true, run: { state: "SUCCEEDED", speed: 300 } };

it("a worker has the speed of the run that it computes", () => {
  expect(workerSpeed(running)).toBe(120.4);
  for (const worker of [idle, starting, lost, ended]) expect(workerSpeed(worker)).toBeNull();
});

it("the speed of all workers leaves out lost ones and runs that have ended", () => {
  expect(totalSpeed([running, idle, starting, lost, ended, running])).toBeCloseTo(240.8);
});
