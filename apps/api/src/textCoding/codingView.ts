/** The coding of a study's texts as one researcher may see it. */
import type { TextCode } from "@pareidolia/core/textCode";
import { codingAgreement } from "@pareidolia/perception/coding/codingAgreement";
import { completeCodes, fewestCoders, finalCode, isDisputed } from "@pareidolia/perception/coding/textCodes";
import { resamplesFor } from "@pareidolia/perception/study/results/figure";
import type {
  CodedTextRecord,
  GivenText,
  TextCoderRecord,
  TextDecisionRecord,
} from "@pareidolia/persistence/studies/textCodes/readTextCodes";
import { coderName } from "@pareidolia/release/tables/codeTable";
import type { ShelvedStudy } from "../voting/studyShelf.ts";
import type {
  CodingAgreementType,
  StudyText,
  TextCodeType,
  TextCoding,
  TextDecision,
  TextLabel,
  TextSelection,
} from "./textCoding.type.ts";

export interface CodingParts {
  readonly study: ShelvedStudy;
  readonly userId: string;
  readonly given: readonly GivenText[];
  readonly coders: readonly TextCoderRecord[];
  /** Those that the user may see. */
  readonly coded: readonly CodedTextRecord[];
  /** Of each coder, the number of codes of texts that are not revealed. */
  readonly counts: ReadonlyMap<number, number>;
}

export interface TextDecisionView extends TextDecision {
  readonly decidedById: string | null;
}

export interface StudyTextView extends Omit<StudyText, "decision"> {
  readonly decision: TextDecisionView | null;
  readonly study: ShelvedStudy;
}

export interface TextCodingView extends TextCoding {
  readonly study: ShelvedStudy;
  /** In order of their characters. */
  readonly texts: readonly StudyTextView[];
}

export function labelsOf({ plan }: ShelvedStudy): readonly TextLabel[] {
  const names = plan.languages.map((language) => plan.labelNames[language] ?? []);
  return plan.rules.design.labels.map((label, place) => {
    const own = names.map((list) => list[place] ?? `class ${label}`);
    return { label, name: own[0] ?? `class ${label}`, names: own };
  });
}

export function viewCoding({ study, userId, given, coders, coded, counts }: CodingParts): TextCodingView {
  const labels = new Map(labelsOf(study).map((label) => [label.label, label]));
  const codeOf = ({ kind, label }: TextCode): TextCodeType => ({ kind, label: label === null ? null : (labels.get(label) ?? null) });
  const decisionOf = ({ reason, decidedAt, decidedById, ...code }: TextDecisionRecord): TextDecisionView => ({
    code: codeOf(code),
    reason,
    decidedAt,
    decidedById,
  });
  const own = coders.find((coder) => coder.userId === userId)?.number;
  const byText = new Map(coded.map((text) => [text.text, text]));
  const texts = given.map(({ text, votes }): StudyTextView => {
    const { codes, decision, isRevealed } = byText.get(text) ?? { codes: [], decision: null, isRevealed: false };
    const ownCode = codes.find(({ coder }) => coder === own);
    const final = isRevealed ? finalCode({ codes, decision }) : null;
    return {
      study,
      text,
      votes,
      isRevealed,
      ownCode: ownCode === undefined ? null : codeOf(ownCode),
      codes: codes.map(({ coder, codedAt, ...code }) => ({ coder: coderName(coder), code: codeOf(code), codedAt })),
      isDisputed: isRevealed && isDisputed({ codes }),
      decision: decision === null ? null : decisionOf(decision),
      finalCode: final === null ? null : codeOf(final),
    };
  });
  const waiting = texts.filter(({ isRevealed }) => !isRevealed).length;
  const ready = [...counts].flatMap(([coder, codes]) => (codes === waiting ? [coder] : []));
  const present = new Set(given.map(({ text }) => text));
  const revealed = coded.filter(({ text, isRevealed }) => isRevealed && present.has(text));
  return {
    study,
    texts,
    textCount: texts.length,
    revealedCount: texts.length - waiting,
    ownCount: own === undefined ? 0 : (counts.get(own) ?? 0),
    disputeCount: texts.filter((text) => isOpenDispute(text)).length,
    settledCount: texts.filter(({ decision }) => decision !== null).length,
    isComplete: completeCodes(revealed, present) !== null,
    mayReveal: waiting > 0 && own !== undefined && ready.includes(own) && ready.length >= fewestCoders,
    coders: coders.map(({ number }) => ({ coder: coderName(number), isOwn: number === own, coded: counts.get(number) ?? 0 })),
    agreement: agreementOf(revealed, study.plan.seed),
  };
}

/** With the seed of the results, so that both show the same interval. */
function agreementOf(revealed: readonly CodedTextRecord[], seed: number): CodingAgreementType {
  const { alpha, ...evidence } = codingAgreement(revealed, { seed, resamples: resamplesFor(revealed.length) });
  if (alpha.defined) return { ...evidence, estimate: alpha.estimate, low: alpha.low, high: alpha.high, reason: null };
  return { ...evidence, estimate: alpha.estimate ?? null, low: null, high: null, reason: alpha.reason };
}

function isOpenDispute({ isDisputed: differs, decision }: StudyTextView): boolean {
  return differs && decision === null;
}

const selects: Readonly<Record<TextSelection, (text: StudyTextView) => boolean>> = {
  ALL: () => true,
  UNCODED: ({ isRevealed, ownCode }) => !isRevealed && ownCode === null,
  OWN: ({ isRevealed, ownCode }) => !isRevealed && ownCode !== null,
  REVEALED: ({ isRevealed }) => isRevealed,
  DISPUTED: isOpenDispute,
};

export interface TextsRequest {
  readonly show: TextSelection;
  readonly first: number;
  /** The last text of the previous page; null for the first page. */
  readonly after: string | null;
}

export function selectTexts({ texts }: TextCodingView, { show, first, after }: TextsRequest): readonly StudyTextView[] {
  return texts.filter((text) => selects[show](text) && (after === null || text.text > after)).slice(0, first);
}
