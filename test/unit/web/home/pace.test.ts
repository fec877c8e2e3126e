/** The pace of a run on the home page, in the unit of its own page. */
import { expect, it } from "vitest";
import { describePace } from "../../../../apps/web/src/features/home/pace.ts";

const running = { __typename: "EvolutionRun", state: "RUNNING", secondsLeft: null, speed: 120 } as const;

it("counts evaluations for every kind of run, as the page of workers does", () => {
  for (const __typename of ["EvolutionRun", "RetrainingRun", "AscentRun", "PerturbationRun"] as const)
    expect(describePace({ ...running, __typename })).toBe("120 evaluations/s");
});

it("is only the state of a queued run", () => {
  expect(describePace({ ...running, state: "QUEUED" })).toBe("queued");
});
