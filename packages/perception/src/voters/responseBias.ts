/**
 * Response bias: a voter who answers "8" to everything is right about every eight. The confusion matrix shows which answers are given,
 * and accuracy is compared with what the base rates of targets and answers alone would give (as in Cohen 1960). Categories are labels
 * if every trial offers all of them; otherwise positions, such as left and right.
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import { type CountedVotes, none } from "../countedVotes.ts";

export interface CategoryBias {
  /** Votes whose target is this category. */
  readonly targets: number;
  /** Votes whose answer is this category. */
  readonly answered: number;
  /** Share of all answers: the rate at which a guess without looking names this category. */
  readonly baseRate: number;
  /** Share of its targets that were answered with it; null without targets. */
  readonly right: Interval | null;
}

export interface ResponseBias {
  /** `confusion[target * answers + answer]`: numbers of votes. */
  readonly confusion: Int32Array;
  readonly categories: readonly CategoryBias[];
  /** Votes with a target and an answer. */
  readonly votes: number;
  /** Share of answers that are the target. */
  readonly accuracy: number;
  /** The accuracy of answers given at the same base rates, whatever the image. */
  readonly expected: number;
  /** (accuracy - expected) / (1 - expected): 0 for base rates alone, 1 for no error; null if expected is 1. */
  readonly corrected: number | null;
}

/** @returns null if no vote has both a target and an answer. */
export function responseBias(votes: Pick<CountedVotes, "answers" | "target" | "answer">, confidence = 0.95): ResponseBias | null {
  const { answers: size, target: targets, answer: given } = votes;
  const confusion = new Int32Array(size * size);
  const targeted = new Int32Array(size);
  const answered = new Int32Array(size);
  let count = 0;
  for (let v = 0; v < targets.length; v++) {
    const target = targets[v] as number;
    const answer = given[v] as number;
    if (target === none || answer === none) continue;
    count++;
    confusion[target * size + answer] = (confusion[target * size + answer] as number) + 1;
    targeted[target] = (targeted[target] as number) + 1;
    answered[answer] = (answered[answer] as number) + 1;
  }
  if (count === 0) return null;
  const categories = Array.from(targeted, (of, category): CategoryBias => {
    const times = answered[category] as number;
    return {
      targets: of,
      answered: times,
      baseRate: times / count,
      right: of === 0 ? null : wilsonInterval(confusion[category * size + category] as number, of, confidence),
    };
  });
  return { confusion, categories, votes: count, ...scoreConfusion(confusion, size) };
}

/**
 * The accuracy that a confusion matrix shows, and its correction for base rates. Cells may be weighted numbers of votes.
 * @param confusion size x size, rows are targets; at least one vote.
 */
export function scoreConfusion(confusion: ArrayLike<number>, size: number): Pick<ResponseBias, "accuracy" | "expected" | "corrected"> {
  let [count, hits, expected] = [0, 0, 0];
  const [targeted, answered] = [new Float64Array(size), new Float64Array(size)];
  for (let target = 0; target < size; target++)
    for (let answer = 0; answer < size; answer++) {
      const votes = confusion[target * size + answer] as number;
      count += votes;
      targeted[target] = (targeted[target] as number) + votes;
      answered[answer] = (answered[answer] as number) + votes;
      if (target === answer) hits += votes;
    }
  for (let category = 0; category < size; category++)
    expected += ((targeted[category] as number) / count) * ((answered[category] as number) / count);
  const accuracy = hits / count;
  return { accuracy, expected, corrected: expected === 1 ? null : (accuracy - expected) / (1 - expected) };
}
