/**
 * Which presses count as answers: the first one after the voter may answer. A held key does not, nor does the rest of a double click on the
 * trial before, whose keys are in the same place. A skip obeys the same rule.
 */

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

export interface AnswerWindow {
  /** When the voter could first answer this trial, on the clock of presses; null before. */
  readonly since: number | null;
  /** When the voter answered the trial before; null for none. */
  readonly answeredAt: number | null;
}

export function countsAsAnswer({ at, clicks, repeats }: AnswerPress, { since, answeredAt }: AnswerWindow): boolean {
  if (since === null || at < since || repeats) return false;
  return clicks <= 1 || answeredAt === null || at - answeredAt >= doubleClickMs;
}

/** @param hasFailed Whether an image of the trial failed to load, so that the voter can only skip it. */
export function countsAsSkip(press: AnswerPress, { since, answeredAt }: AnswerWindow, hasFailed: boolean): boolean {
  return countsAsAnswer(press, { since: since ?? (hasFailed ? press.at : null), answeredAt });
}
