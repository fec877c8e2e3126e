/** The pace of a run on the home page, in the unit of its own page. */
import { expect, it } from "vitest";
import { describePace } from "../../../../apps/web/src/features/home/pace.ts";

const running = { __typename: "EvolutionRun", state: "RUNNING", secondsLeft: null, speed: 120 } as const;

it("counts the gradients of ascents and attacks, and the evaluations of other runs", () => {
  expect(describePace(running)).toMatch(/^120 evaluations\/s$/);
  expect(describePace({ ...running, __typename: "RetrainingRun" })).toMatch(/ evaluations\/s$/);
  expect(describePace({ ...running, __typename: "AscentRun" })).toMatch(/^120 gradients\/s$/);
  expect(describePace({ ...running, __typename: "PerturbationRun" })).toMatch(/ gradients\/s$/);
});

it("is only the state of a queued run", () => {
  expect(describePace({ ...running, state: "QUEUED" })).toBe("queued");
});
