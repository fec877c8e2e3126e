/** Unfinished runs of an export are restored as paused if the export has the data to resume them; otherwise the preview says why not. */
import { isUnfinished, stateOfUnfinished, sweepHere } from "@pareidolia/exchange/restoring/stateHere";
import { expect, it } from "vitest";

const whole = { parts: ["images", "genomes", "models", "scores"] } as const;
const withoutNetworks = { parts: ["images", "genomes"] } as const;

it.each(["evolution", "ascent", "perturbation", "retraining"])("an unfinished %s can be resumed", (kind) => {
  expect(stateOfUnfinished(kind, whole)).toEqual({ state: "PAUSED", explanation: "paused, and can be resumed" });
});

it("without the networks of its links, a chain is cancelled, and the preview says what to do", () => {
  expect(stateOfUnfinished("perturbation", withoutNetworks).state).toBe("PAUSED");
  expect(stateOfUnfinished("retraining", withoutNetworks)).toEqual({
    state: "CANCELLED",
    explanation: expect.stringMatching(/made without networks.*Export it again with networks/),
  });
});

it("an imported run is cancelled, since no worker computes it", () => {
  expect(stateOfUnfinished("imported", whole)).toEqual({ state: "CANCELLED", explanation: expect.stringMatching(/another program/) });
});

it("a queued, running or paused run is unfinished", () => {
  const states = ["QUEUED", "RUNNING", "PAUSED", "SUCCEEDED", "FAILED", "CRASHED", "CANCELLED"];
  expect(states.filter(isUnfinished)).toEqual(["QUEUED", "RUNNING", "PAUSED"]);
});

it("an unfinished sweep is paused, or cancelled with successive halving; a finished sweep stays as it is", () => {
  const plan = { earlyStopping: { plateau: null, median: null, halving: null } };
  expect(sweepHere({ state: "RUNNING", reason: "", plan })).toEqual({ state: "PAUSED", reason: expect.stringMatching(/Resume it/) });
  const halved = { earlyStopping: { ...plan.earlyStopping, halving: { first: 10 } } };
  expect(sweepHere({ state: "PAUSED", reason: "", plan: halved })).toEqual({
    state: "CANCELLED",
    reason: expect.stringMatching(/does not contain the rungs.*resumed one by one/),
  });
  const over = { state: "SUCCEEDED", reason: "All runs have ended." };
  expect(sweepHere({ ...over, plan: halved })).toEqual(over);
});
