/**
 * Coefficients of agreement as functions of the shares of pairs of answers: shares[a x answers + b] of the items have answer a from the first
 * voter and b from the second. Written from the coefficients' definitions, without the statistics that they check.
 */

export type Scale = "nominal" | "ordinal" | "interval" | "ratio";

type Shares = readonly number[];

function classesOf(shares: Shares): readonly number[] {
  return Array.from({ length: Math.sqrt(shares.length) }, (_, answer) => answer);
}

function margins(shares: Shares) {
  const classes = classesOf(shares);
  const at = (a: number, b: number): number => shares[a * classes.length + b] as number;
  const first = classes.map((a) => classes.reduce((sum, b) => sum + at(a, b), 0));
  const second = classes.map((b) => classes.reduce((sum, a) => sum + at(a, b), 0));
  return { classes, at, first, second, both: classes.map((a) => ((first[a] as number) + (second[a] as number)) / 2) };
}

/** (observed - chance) / (1 - chance). */
export function corrected(observed: number, chance: number): number {
  return (observed - chance) / (1 - chance);
}

export function agreeingShare(shares: Shares): number {
  const { classes, at } = margins(shares);
  return classes.reduce((sum, a) => sum + at(a, a), 0);
}

/** Scott 1955, which is Fleiss' kappa for two voters. */
export function scottPi(shares: Shares): number {
  const { both } = margins(shares);
  return corrected(
    agreeingShare(shares),
    both.reduce((sum, share) => sum + share ** 2, 0),
  );
}

/** Cohen 1960. */
export function cohenKappa(shares: Shares): number {
  const { classes, first, second } = margins(shares);
  return corrected(
    agreeingShare(shares),
    classes.reduce((sum, a) => sum + (first[a] as number) * (second[a] as number), 0),
  );
}

/**
 * Krippendorff 2011, section A: 1 less the observed by the expected disagreement.
 * @param values of each answer. @param votes their number, of which one cannot be paired with itself; infinite for very many items.
 */
export function alphaOfShares(scale: Scale, values: readonly number[], votes = Number.POSITIVE_INFINITY): (shares: Shares) => number {
  return (shares) => {
    const { classes, at, both } = margins(shares);
    const rank = (a: number): number => both.slice(0, a).reduce((sum, share) => sum + share, 0) + (both[a] as number) / 2;
    const difference = (a: number, b: number): number => {
      const [x, y] = [values[a] as number, values[b] as number];
      return { nominal: a === b ? 0 : 1, ordinal: (rank(a) - rank(b)) ** 2, interval: (x - y) ** 2, ratio: ((x - y) / (x + y)) ** 2 }[
        scale
      ];
    };
    const over = (weight: (a: number, b: number) => number): number =>
      classes.reduce((sum, a) => sum + classes.reduce((row, b) => row + weight(a, b) * difference(a, b), 0), 0);
    const finite = votes === Number.POSITIVE_INFINITY ? 1 : (votes - 1) / votes;
    return 1 - (finite * over(at)) / over((a, b) => (both[a] as number) * (both[b] as number));
  };
}

/** The pairs of two observers' right and wrong answers: both right, only the first, only the second, neither. Geirhos et al. 2020. */
export function consistencyOfShares([both = 0, first = 0, second = 0, neither = 0]: Shares): number {
  const [p, q] = [both + first, both + second];
  return corrected(both + neither, p * q + (1 - p) * (1 - q));
}

/**
 * The mean error consistency over the pairs of observers on infinitely many trials, whose errors share the difficulty of the trial.
 * @param chances the probability that each observer is right, by difficulty. @param average the mean of a function of the difficulty.
 */
export function consistencyOfObservers(
  chances: readonly ((difficulty: number) => number)[],
  average: (of: (difficulty: number) => number) => number,
): number {
  const pairs = chances.flatMap((one, a) => chances.slice(a + 1).map((other) => [one, other] as const));
  const values = pairs.map(([one, other]) => {
    const share = (of: (p: number, q: number) => number): number => average((difficulty) => of(one(difficulty), other(difficulty)));
    return consistencyOfShares([
      share((p, q) => p * q),
      share((p, q) => p * (1 - q)),
      share((p, q) => (1 - p) * q),
      share((p, q) => (1 - p) * (1 - q)),
    ]);
  });
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
