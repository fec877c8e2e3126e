import { normOf } from "@pareidolia/ascent/perturbation/attack";
import { getAttack } from "@pareidolia/ascent/registry";
import { digitPlan, photoPlan } from "@pareidolia/lab/experiments/perturbationPlan";
import { describe, expect, it } from "vitest";

const plans = [digitPlan("quick"), digitPlan("full"), photoPlan("quick"), photoPlan("full")];

describe("the plan of the perturbation experiment", () => {
  it.each(plans.map((plan) => ({ plan })))("runs every attack with and without a target, in the attack's own norm", ({ plan }) => {
    for (const aim of ["targeted", "untargeted"])
      expect(plan.filter((attack) => attack.aim === aim).map(({ id }) => id)).toEqual(["fgsm", "pgd", "pgd-l2", "lbfgs", "carlini-wagner"]);
    for (const { attack, parameters, norm, bounds, judgedAt } of plan) {
      expect(normOf(getAttack(attack), parameters)).toBe(norm);
      expect(bounds).toContain(judgedAt);
      expect([...bounds].sort((a, b) => a - b)).toEqual(bounds);
    }
  });

  it("computes at least as much in the full budget as in the quick one", () => {
    const effort = (plan: ReturnType<typeof digitPlan>) =>
      plan.map(({ parameters }) => Number(parameters["iterations"] ?? 1) * Number(parameters["searchSteps"] ?? 1));
    for (const [quick, full] of [plans.slice(0, 2), plans.slice(2)])
      for (const [index, value] of effort(quick ?? []).entries()) expect(effort(full ?? [])[index]).toBeGreaterThanOrEqual(value);
  });
});
