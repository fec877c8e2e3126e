/** How much a random search computes: steps on average over its draws, and at most. */
interface Choice {
  readonly value: number;
  readonly weight: number;
}

export interface Iterations {
  readonly expected: number;
  readonly most: number;
}

/** `choices` are what the number of iterations is drawn from; null where all configurations have the form's. */
export function searchedIterations(choices: readonly Choice[] | null, fixed: number): Iterations {
  if (choices === null || choices.length === 0) return { expected: fixed, most: fixed };
  const weights = choices.reduce((sum, { weight }) => sum + weight, 0);
  return {
    expected: choices.reduce((sum, { value, weight }) => sum + value * weight, 0) / weights,
    most: Math.max(...choices.map(({ value }) => value)),
  };
}

/** Each choice's share of the draws, in whole percent; they need not add up to 100. */
export function sharesOf(choices: readonly Choice[]): readonly number[] {
  const weights = choices.reduce((sum, { weight }) => sum + weight, 0);
  return choices.map(({ weight }) => Math.round((100 * weight) / weights));
}
