/**
 * Which presses count as answers. The second click of a double click would otherwise answer the next trial, whose keys are in the same
 * place, before anything was seen.
 */

/** Below the 300 ms at which `responseTimes` of packages/perception calls an answer too fast to have looked. */
const soonestMs = 200;

/** Browsers count clicks as one double click within about this time. */
const doubleClickMs = 500;

export interface AnswerPress {
  /** Milliseconds on the clock of performance.now(), which frames and events share. */
  readonly at: number;
  /** `detail` of a click: 2 for the second click of a double click; 0 for a key. */
  readonly clicks: number;
  /** Whether a held key repeats. */
  readonly repeats: boolean;
}

/** @param since When the voter could first answer this trial, on the same clock; null before. */
export function countsAsAnswer({ at, clicks, repeats }: AnswerPress, since: number | null): boolean {
  if (since === null || repeats) return false;
  return at - since >= (clicks > 1 ? doubleClickMs : soonestMs);
}
