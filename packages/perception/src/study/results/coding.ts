/**
 * The coding of a study's texts: by how many coders, how far they agree, and for each question the share of answers that are coded as the
 * label of their image. Undefined while coding is missing.
 */
import { integer, list, number, record, type Shape, type ShapeValue, text } from "@pareidolia/core/documentShape";
import { undefinedBecause } from "../../agreement/coefficient.ts";
import { codingAgreement } from "../../coding/codingAgreement.ts";
import { isDisputed } from "../../coding/textCodes.ts";
import { tallyVotes } from "../../images/imageTally.ts";
import { uncoded } from "../../protocols/freeText.ts";
import { totalAgreement } from "../totalAgreement.ts";
import type { Evidence, PhaseEvidence } from "./evidence.ts";
import { defined, type Figure, figureShape, figureWith, noVotes, type OrReason, orReason, resamplesFor } from "./figure.ts";
import { defineResult } from "./resultKind.ts";

const alphaShape = orReason(record({ estimate: number, low: number, high: number }));

const codingFields = record({
  /** Coders with a code of one of the texts. */
  coders: integer,
  /** Distinct texts that voters wrote, and those on which coders differed, which have all been settled. */
  texts: integer,
  settled: integer,
  /** Texts with codes of two coders and the number of their codes; Krippendorff's alpha (nominal), for other texts and these coders. */
  agreement: record({ texts: integer, codes: integer, alpha: alphaShape }),
});
export interface CodingOfStudy extends ShapeValue<typeof codingFields> {}
const codingShape: Shape<CodingOfStudy> = codingFields;

const answersFields = record({
  /** Of the answers that are coded, and those that count as votes without a text. */
  share: orReason(figureShape),
  /** Answers coded as the label of their image, as another label, and as none of the labels; those that can't be coded. */
  sameLabel: integer,
  otherLabel: integer,
  noLabel: integer,
  uncodable: integer,
  /** Answers without a text that count as votes, such as "can't tell" where the plan calls it that. */
  withoutText: integer,
});
export interface CodedAnswers extends ShapeValue<typeof answersFields> {}
const answersShape: Shape<CodedAnswers> = answersFields;

const noTexts = "No answer to this question is a text.";

export const coding = defineResult({
  id: "coding",
  label: "Coding of texts",
  description: "How researchers coded the texts that voters wrote, and the share of answers that are coded as the image's label.",
  shared: (evidence) => ({ coding: codingOf(evidence) }),
  sharedShape: record({ coding: orReason(codingShape) }),
  compute: ({ phases }, evidence) => ({
    phases: phases.map((phase) => ({ protocol: phase.protocol.kind, answers: answersOf(phase, evidence) })),
  }),
  sectionShape: record({ phases: list(record({ protocol: text, answers: orReason(answersShape) })) }),
});

function codingOf({ coding: found, everyone, plan }: Evidence): OrReason<CodingOfStudy> {
  if (found === null) return undefinedBecause(everyone.phases.some(hasTexts) ? uncoded : noTexts);
  const { texts } = found;
  return defined({
    coders: new Set(texts.flatMap(({ codes }) => codes.map(({ coder }) => coder))).size,
    texts: texts.length,
    settled: texts.filter((one) => isDisputed(one)).length,
    agreement: codingAgreement(texts, { seed: plan.seed, resamples: resamplesFor(texts.length) }),
  });
}

function answersOf(phase: PhaseEvidence, { coding: found }: Evidence): OrReason<CodedAnswers> {
  const { votes, texts } = phase;
  if (found === null || !phase.coded) return undefinedBecause(hasTexts(phase) ? uncoded : noTexts);
  const counts = { sameLabel: 0, otherLabel: 0, noLabel: 0, uncodable: 0, withoutText: 0 };
  for (const [vote, written] of texts.entries()) {
    const code = written === null ? null : found.codes.get(written);
    if (code == null) counts.withoutText += phase.counts[vote] as number;
    else if (code.kind === "UNCODABLE") counts.uncodable++;
    else if (code.kind === "NONE") counts.noLabel++;
    else if (votes.agrees[vote] === 1) counts.sameLabel++;
    else counts.otherLabel++;
  }
  return defined({ share: shareOf(phase), ...counts });
}

function shareOf({ votes }: PhaseEvidence): OrReason<Figure> {
  const [byVoter, byImage] = [tallyVotes(votes, "voter"), tallyVotes(votes, "item")];
  if (!byVoter.votes.some((count) => count > 0)) return undefinedBecause(noVotes);
  const { share, interval, votes: judged } = totalAgreement(byVoter, byImage);
  return figureWith(share, interval, judged, "votersAndImages");
}

function hasTexts({ texts }: PhaseEvidence): boolean {
  return texts.some((written) => written !== null);
}
