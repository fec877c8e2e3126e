/** Agreement between people, whatever the machine says: how far their answers to one image are alike, of all images and of each source. */
import { integer, list, record, text } from "@pareidolia/core/documentShape";
import { type CoefficientInterval, undefinedBecause } from "../../agreement/coefficient.ts";
import { fleissKappaInterval } from "../../agreement/fleissKappa.ts";
import { krippendorffAlphaInterval } from "../../agreement/krippendorffAlpha.ts";
import { percentAgreementInterval } from "../../agreement/percentAgreement.ts";
import { answeredVotes, filterVotes, none } from "../../countedVotes.ts";
import { whyWithout } from "../../protocols/registry.ts";
import type { VoteTable } from "../../voteTable.ts";
import type { Evidence, PhaseEvidence } from "./evidence.ts";
import { type CoefficientFigure, coefficientFigure, coefficientShape, noVotes, type OrReason, resamplesFor } from "./figure.ts";
import { defineResult } from "./resultKind.ts";

/** Intervals resample images. */
const phaseShape = record({
  protocol: text,
  resamples: integer,
  /** Krippendorff's, nominal. */
  alpha: coefficientShape,
  /** The same of the images of each source. */
  bySource: list(record({ source: text, images: integer, alpha: coefficientShape })),
  fleiss: coefficientShape,
  /** Share of agreeing pairs of votes. */
  percent: coefficientShape,
});

export const agreement = defineResult({
  id: "agreement",
  label: "Agreement between people",
  description: "Krippendorff's alpha, Fleiss' kappa and percent agreement of people's answers.",
  shared: () => ({}),
  sharedShape: record({}),
  compute: ({ phases }, evidence) => ({ phases: phases.map((phase) => agreementOf(phase, evidence)) }),
  sectionShape: record({ phases: list(phaseShape) }),
});

function agreementOf(phase: PhaseEvidence, { plan, images }: Evidence) {
  const { protocol, votes } = phase;
  const resamples = resamplesFor(images.length);
  const options = { seed: plan.seed, resamples };
  const without = whyWithout(protocol, "categories");
  const coefficient = (table: VoteTable, compute: (table: VoteTable) => CoefficientInterval): OrReason<CoefficientFigure> => {
    if (without !== null) return undefinedBecause(without);
    if (table.item.length === 0) return undefinedBecause(noVotes);
    return coefficientFigure(compute(table));
  };
  const alpha = (table: VoteTable): CoefficientInterval => krippendorffAlphaInterval(table, { ...options, metric: "nominal" });
  const answered = answeredVotes(votes);
  const sources = [...new Set(images.map(({ source }) => source))];
  const ofAll = coefficient(answered, alpha);
  const ofSource = (source: string): OrReason<CoefficientFigure> =>
    sources.length === 1
      ? ofAll
      : coefficient(
          filterVotes(votes, (vote) => votes.answer[vote] !== none && images[votes.item[vote] as number]?.source === source),
          alpha,
        );
  return {
    protocol: protocol.kind,
    resamples,
    alpha: ofAll,
    bySource: sources.map((source) => ({
      source,
      images: images.filter((image) => image.source === source).length,
      alpha: ofSource(source),
    })),
    fleiss: coefficient(answered, (table) => fleissKappaInterval(table, options)),
    percent: coefficient(answered, (table) => percentAgreementInterval(table, options)),
  };
}
