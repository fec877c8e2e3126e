/** Gates: studies that follow the plan reach its predictions. New electorates, with another seed, vote in the planned studies. */
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { planTotal } from "@pareidolia/perception/power/planTotal";
import { planVoters } from "@pareidolia/perception/power/planVoters";
import { resolveProtocol } from "@pareidolia/perception/protocols/registry";
import { plainStimulus } from "@pareidolia/perception/protocols/stimulus";
import { resolveStoppingRule } from "@pareidolia/perception/stopping/registry";
import type { DesignedTrials } from "@pareidolia/perception/trials/design";
import { timingSpecs } from "@pareidolia/perception/trials/timing";
import { judge, type ReportRow } from "../report.ts";

/** 120 images of which each voter sees 60, as two labels. */
export function plannedDesign(images = 120, counted = 60): DesignedTrials {
  return {
    version: 1,
    labels: Array.from({ length: images }, (_, label) => label),
    stimuli: Array.from({ length: images }, (_, label) => plainStimulus(`image-${label}`, label)),
    gold: [],
    noise: [],
    canaries: [],
    exemplars: [],
    phases: [{ protocol: resolveProtocol("alternatives", {}), timing: resolveParameters(timingSpecs, {}) }],
    order: "random",
    places: "random",
    assignment: "all",
    perVoter: { counted, gold: 0, noise: 0, canaries: 0 },
    decay: null,
  };
}

const electorate = { agreement: 0.7, voterSpread: 0.4, imageSpread: 0.8 };

export function planGates({ studies = 200, seed = 1 } = {}): ReportRow[] {
  const design = plannedDesign();
  const stopping = resolveStoppingRule("intervalWidth", { width: 0.2 });
  const options = { ...electorate, stopping, excluded: 0.06, share: 0.9, studies };
  const plan = planVoters(design, { ...options, seed });
  const again = planVoters(design, { ...options, seed: seed + 1 });
  // At exactly half, Wilson's 95% interval of 93 votes is 19.92 points wide, that of 92 is 20.02; 43 of 92 votes already fit.
  const worst = planVoters(design, {
    ...electorate,
    agreement: 0.5,
    voterSpread: 0,
    imageSpread: 0,
    stopping,
    share: 0.5,
    studies: 20,
    seed,
  });
  const [total] = planTotal(design, { ...electorate, voters: [50], images: [60], studies, seed });
  const [totalAgain] = planTotal(design, { ...electorate, voters: [50], images: [60], studies, seed: seed + 1 });
  return [
    judge({
      id: "plan-voters",
      what: "median voters needed by new electorates: relative distance from the plan",
      figure: Math.abs((again.voters.median ?? Number.POSITIVE_INFINITY) / (plan.voters.median ?? 1) - 1),
      bar: { below: 0.05 },
      detail: `planned ${plan.voters.median} (${plan.voters.low} to ${plan.voters.high}), new electorates ${again.voters.median}`,
    }),
    judge({
      id: "plan-worst-case",
      what: "votes for an interval of 20 points where people are divided evenly: distance from 93, the number at exactly half",
      figure: Math.abs(worst.votesPerImage - 93),
      bar: { below: 2 },
      detail: `median ${worst.votesPerImage} votes`,
    }),
    judge({
      id: "plan-total",
      what: "width of the total agreement's interval in new electorates: relative distance from the plan",
      figure: Math.abs((totalAgain?.width.median ?? 0) / (total?.width.median ?? 1) - 1),
      bar: { below: 0.05 },
      detail: `planned ${total?.width.median.toFixed(4)}, new electorates ${totalAgain?.width.median.toFixed(4)}`,
    }),
  ];
}
