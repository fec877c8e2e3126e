/** The size of a random search: the average and maximum number of iterations per trajectory. */
interface Choice {
  readonly value: number;
  readonly weight: number;
}

export interface Iterations {
  readonly expected: number;
  readonly maximum: number;
}

/** @param choices The values from which the number of iterations is drawn; null if all configurations use the fixed number. */
export function searchedIterations(choices: readonly Choice[] | null, fixed: number): Iterations {
  if (choices === null || choices.length === 0) return { expected: fixed, maximum: fixed };
  const weights = choices.reduce((sum, { weight }) => sum + weight, 0);
  return {
    expected: choices.reduce((sum, { value, weight }) => sum + value * weight, 0) / weights,
    maximum: Math.max(...choices.map(({ value }) => value)),
  };
}

/** Each choice's probability in whole percent; because of rounding, the sum may differ from 100. */
export function percentagesOf(choices: readonly Choice[]): readonly number[] {
  const weights = choices.reduce((sum, { weight }) => sum + weight, 0);
  return choices.map(({ weight }) => Math.round((100 * weight) / weights));
}
