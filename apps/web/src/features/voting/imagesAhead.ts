/** Which images a voter's browser loads before their trials, so that none appears late and the voter can continue offline. */
import type { BallotTrial } from "./ballot.ts";

/** A session with at most this many images is loaded completely. */
const smallSession = 120;
const trialsAhead = 12;
/** Trials whose images are kept after their answers, for undo. */
const trialsBehind = 3;

function imagesOf({ images, exemplars }: BallotTrial): readonly string[] {
  return [...images, ...exemplars].map(({ url }) => url);
}

/** How many of the addresses of `imagesAhead` are on the screen. */
export function imagesOnScreen(trials: ReadonlyMap<number, BallotTrial>, current: number | null): number {
  const trial = current === null ? undefined : trials.get(current);
  return trial === undefined ? 0 : new Set(imagesOf(trial)).size;
}

/**
 * Addresses in the order in which they are needed: from the current trial on, then the few before it.
 * @param current Null once every trial is answered.
 */
export function imagesAhead(trials: ReadonlyMap<number, BallotTrial>, current: number | null): readonly string[] {
  const ordered = [...trials.values()].sort((a, b) => a.number - b.number);
  const start = current ?? ordered.length;
  const later = ordered.filter(({ number }) => number >= start);
  const earlier = ordered.filter(({ number }) => number < start).reverse();
  const all = new Set([...later, ...earlier].flatMap(imagesOf));
  if (all.size <= smallSession) return [...all];
  return [...new Set([...later.slice(0, trialsAhead + 1), ...earlier.slice(0, trialsBehind)].flatMap(imagesOf))];
}
