/** Durations of a trial in whole frames, as browsers show them. */

/** The nearest number of frames, at least one for a duration above 0. */
export function framesOf(milliseconds: number, refreshHz: number): number {
  return milliseconds === 0 ? 0 : Math.max(1, Math.round((milliseconds * refreshHz) / 1000));
}

/** `250 ms: 15 frames at 60 Hz, 36 at 144 Hz`. */
export function describeFrames(milliseconds: number): string {
  const slow = framesOf(milliseconds, 60);
  return `${slow} ${slow === 1 ? "frame" : "frames"} at 60 Hz, ${framesOf(milliseconds, 144)} at 144 Hz`;
}
