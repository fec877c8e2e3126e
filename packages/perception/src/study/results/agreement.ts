/**
 * Agreement between people, whatever the machine says: how far their answers to one image are alike, of all images and of each source, with
 * intervals for other voters and other images.
 */
import { integer, list, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import {
  type AgreementCoefficient,
  agreeingPairs,
  agreementInterval,
  fleiss,
  nominalAlpha,
} from "../../agreement/acrossVotersAndImages.ts";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { answeredVotes, filterVotes, none } from "../../countedVotes.ts";
import { whyWithout } from "../../protocols/registry.ts";
import type { VoteTable } from "../../voteTable.ts";
import type { Evidence, PhaseEvidence } from "./evidence.ts";
import { type CoefficientFigure, coefficientFigure, coefficientShape, noVotes, type OrReason } from "./figure.ts";
import { defineResult } from "./resultKind.ts";

const phaseFields = record({
  protocol: text,
  /** Krippendorff's, nominal. */
  alpha: coefficientShape,
  /** The same of the images of each source. */
  bySource: list(record({ source: text, images: integer, alpha: coefficientShape })),
  fleiss: coefficientShape,
  /** Share of agreeing pairs of votes. */
  percent: coefficientShape,
});
export interface AgreementPhase extends ShapeValue<typeof phaseFields> {}
const phaseShape: Shape<AgreementPhase> = phaseFields;

export const agreement = defineResult({
  id: "agreement",
  label: "Agreement between people",
  description: "Krippendorff's alpha, Fleiss' kappa and percent agreement of people's answers.",
  shared: () => ({}),
  sharedShape: record({}),
  compute: ({ phases }, evidence) => ({ phases: phases.map((phase) => agreementOf(phase, evidence)) }),
  sectionShape: record({ phases: list(phaseShape) }),
});

function agreementOf({ protocol, coded, votes }: PhaseEvidence, { images }: Evidence) {
  const without = whyWithout(protocol, "categories", coded);
  const coefficient = (table: VoteTable, of: AgreementCoefficient): OrReason<CoefficientFigure> => {
    if (without !== null) return undefinedBecause(without);
    if (table.item.length === 0) return undefinedBecause(noVotes);
    return coefficientFigure(agreementInterval(table, of), "votersAndImages");
  };
  const answered = answeredVotes(votes);
  const sources = [...new Set(images.map(({ source }) => source))];
  const ofAll = coefficient(answered, nominalAlpha);
  const ofSource = (source: string): OrReason<CoefficientFigure> =>
    sources.length === 1
      ? ofAll
      : coefficient(
          filterVotes(votes, (vote) => votes.answer[vote] !== none && images[votes.item[vote] as number]?.source === source),
          nominalAlpha,
        );
  return {
    protocol: protocol.kind,
    alpha: ofAll,
    bySource: sources.map((source) => ({
      source,
      images: images.filter((image) => image.source === source).length,
      alpha: ofSource(source),
    })),
    fleiss: coefficient(answered, fleiss),
    percent: coefficient(answered, agreeingPairs),
  };
}
