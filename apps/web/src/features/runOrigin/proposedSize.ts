/**
 * The generations that a fork form proposes: those that the original planned, or twice as many if it has reached its last generation, since
 * the fork would otherwise end as soon as it starts.
 */
export function proposedSize(planned: number, generation: number, maximum: number): number {
  return Math.min(maximum, generation < planned ? planned : 2 * generation);
}
