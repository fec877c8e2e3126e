/** The figures of computed results in the form in which they are recomputed, by image, voter and source. */

import { pseudonymOf } from "@pareidolia/perception/study/pseudonym";
import type { OrReason } from "@pareidolia/perception/study/results/figure";
import type { StudyPlan } from "@pareidolia/perception/study/studyPlan";
import type { ResultKindId, StudyResult } from "@pareidolia/perception/study/studyResults";
import type { Recomputed, RecomputedDiagram, Recounted } from "./recomputeResults.ts";

type Results = { readonly [Kind in ResultKindId]: StudyResult<Kind> };
type Counting = StudyResult<"summary">["planned"]["phases"][number]["voters"];
type Diagram = Extract<
  StudyResult<"calibration">["planned"]["phases"][number]["groups"],
  { defined: true }
>["groups"][number]["diagrams"][number];

function only<T>(part: OrReason<T>): { readonly defined: true } & T {
  if (!part.defined) throw new Error(part.reason);
  return part;
}

const estimateOf = (part: OrReason<{ readonly estimate: number }>): number | null => part.estimate ?? null;

function counting(part: Counting, nameOf: (unit: number) => string): Recounted {
  const { meanAbove, intervalAbove, units, agreeing, votes, low, high } = only(part);
  return {
    meanAbove: meanAbove.estimate,
    intervalAbove: intervalAbove.estimate,
    units: Object.fromEntries(
      units.map((unit, k) => [nameOf(unit), [agreeing[k] as number, votes[k] as number, low[k] as number, high[k] as number]]),
    ),
  };
}

function diagram({ images, confidence, agreement, ece }: Diagram): RecomputedDiagram {
  return { bins: images.map((count: number, bin: number) => [count, confidence[bin] ?? null, agreement[bin] ?? null]), ece };
}

function calibrationOf(
  part: StudyResult<"calibration">["planned"]["phases"][number]["groups"],
): Pick<Recomputed, "equalWidth" | "equalMass" | "meanAgreement"> {
  if (!part.defined && part.reason.includes("can't tell")) return { equalWidth: null, equalMass: null, meanAgreement: null };
  const [all] = only(part).groups;
  const [equalWidth, equalMass] = all?.diagrams ?? [];
  if (all === undefined || equalWidth === undefined || equalMass === undefined) throw new Error("no diagrams");
  return { equalWidth: diagram(equalWidth), equalMass: diagram(equalMass), meanAgreement: only(all.agreement).estimate };
}

export function figuresOfResults(results: Results, plan: StudyPlan, side: "planned" | "everyone"): Recomputed[] {
  const imageOf = (index: number): string => plan.rules.design.stimuli[index]?.image ?? "";
  return results.plane[side].phases.map((planePhase, phase): Recomputed => {
    const shares = only(planePhase.shares);
    const summary = results.summary[side].phases[phase] as StudyResult<"summary">["planned"]["phases"][number];
    const agreement = results.agreement[side].phases[phase] as StudyResult<"agreement">["planned"]["phases"][number];
    const { groups } = results.calibration[side].phases[phase] as StudyResult<"calibration">["planned"]["phases"][number];
    return {
      plane: Object.fromEntries(
        shares.votes.flatMap((votes, image) =>
          votes === 0
            ? []
            : [[imageOf(image), [votes, shares.agreeing[image] ?? null, shares.low[image] ?? null, shares.high[image] ?? null]]],
        ),
      ),
      share: only(summary.total).agreement.estimate as number,
      votes: summary.votes,
      voters: counting(summary.voters, pseudonymOf),
      images: counting(summary.images, imageOf),
      agreement: [agreement.alpha, agreement.fleiss, agreement.percent].map(estimateOf),
      bySource: Object.fromEntries(agreement.bySource.map(({ source, alpha }) => [source, estimateOf(alpha)])),
      ...calibrationOf(groups),
    };
  });
}
