/**
 * Why some classes stay hard to fool. The paper (section 3.4) finds low confidences for dogs and cats and suggests two reasons; one is
 * that similar classes compete in the softmax. Here a class's neighbours are the other classes to which its elite gives probability.
 * Their effective number is the exponential of the entropy of the probabilities without the target.
 */
import { AppError } from "@pareidolia/core/appError";
import { rankCorrelation } from "./rankCorrelation.ts";

export interface ClassScores {
  readonly classIndex: number;
  /** All probabilities of the class's elite. */
  readonly probabilities: ArrayLike<number>;
}

export interface ClassDifficulty {
  readonly classIndex: number;
  readonly confidence: number;
  /** The strongest other class, with its probability. */
  readonly rival: number;
  readonly rivalConfidence: number;
  /** Effective number of competing classes: exp of the entropy of the other classes' shares. From 1 to classes - 1; 0 at confidence 1. */
  readonly neighbours: number;
}

/** @throws AppError INVALID_INPUT for a class without a probability. */
export function classDifficulty({ classIndex, probabilities }: ClassScores): ClassDifficulty {
  const confidence = probabilities[classIndex];
  if (confidence === undefined || probabilities.length < 2)
    throw new AppError("INVALID_INPUT", `There is no class ${classIndex} among ${probabilities.length} probabilities.`);
  let rest = 0;
  let rival = classIndex === 0 ? 1 : 0;
  for (let i = 0; i < probabilities.length; i++) {
    if (i === classIndex) continue;
    rest += probabilities[i] as number;
    if ((probabilities[i] as number) > (probabilities[rival] as number)) rival = i;
  }
  let entropy = 0;
  for (let i = 0; i < probabilities.length; i++) {
    const share = i === classIndex || rest === 0 ? 0 : (probabilities[i] as number) / rest;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return {
    classIndex,
    confidence,
    rival,
    rivalConfidence: probabilities[rival] as number,
    neighbours: rest === 0 ? 0 : Math.exp(entropy),
  };
}

/**
 * Spearman's correlation, over classes, of the number of neighbours with the confidence. It is descriptive, not a test: an elite of low
 * confidence spreads the rest of the probability over many classes, so the correlation is negative even without competition. For a test
 * see `nearCompetition.ts`.
 * @throws AppError INVALID_INPUT for fewer than two classes.
 */
export function competition(classes: readonly ClassDifficulty[]): number {
  return rankCorrelation(
    classes.map(({ neighbours }) => neighbours),
    classes.map(({ confidence }) => confidence),
  );
}
