/** The figures of a run over its stored results. Workers write them by these functions, and every check computes them by the same. */
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import { median } from "@pareidolia/evolution/statistics";

export interface RunFigures {
  /** Of the stored confidences, 0 to 1; null without results. */
  readonly median: number | null;
  /** Results that meet the criterion of the run's kind. */
  readonly foolingCount: number;
}

/** Of kinds whose results are reached with a stored confidence of at least .9999. */
function figuresOf(confidences: ArrayLike<number>): RunFigures {
  let foolingCount = 0;
  for (let at = 0; at < confidences.length; at++) if ((confidences[at] as number) >= foolingConfidence) foolingCount++;
  return { median: confidences.length === 0 ? null : median(confidences), foolingCount };
}

/** @param storedFitness by niche; 0 for an empty one. */
export function figuresOfArchive(storedFitness: ArrayLike<number>): RunFigures {
  return figuresOf(storedFitness);
}

/** A failed attack shows the original class, so its confidence counts as 0, as for an empty niche. */
export function figuresOfAttacks(attacks: readonly { readonly success: boolean; readonly storedConfidence: number }[]): RunFigures {
  const { median: found } = figuresOf(attacks.map(({ success, storedConfidence }) => (success ? storedConfidence : 0)));
  return { median: found, foolingCount: attacks.filter(({ success }) => success).length };
}

/** @param trajectories their last stored images. */
export function figuresOfTrajectories(trajectories: Iterable<{ readonly storedConfidence: number }>): RunFigures {
  return figuresOf(Array.from(trajectories, ({ storedConfidence }) => storedConfidence));
}

export interface LinkFigures {
  readonly median: number;
  /** Share of the images that the network assigns to the fooling class, 0 to 1; null for DNN_1, which has no fooling class. */
  readonly foolingShare: number | null;
}

/** @param elites of all evolutions against the network of the link. */
export function figuresOfLink(
  iteration: number,
  elites: readonly { readonly confidence: number; readonly isRecognised: boolean }[],
): LinkFigures {
  const recognised = elites.filter(({ isRecognised }) => isRecognised).length;
  const { median: found } = figuresOf(elites.map(({ confidence }) => confidence));
  return { median: found ?? 0, foolingShare: iteration === 1 ? null : recognised / Math.max(1, elites.length) };
}
