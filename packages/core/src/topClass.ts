/** The index of the largest value, the first one on a tie; -1 for no values. */
export function topClass(scores: Float32Array | readonly number[]): number {
  let top = scores.length === 0 ? -1 : 0;
  for (let i = 1; i < scores.length; i++) if ((scores[i] as number) > (scores[top] as number)) top = i;
  return top;
}
