/**
 * Canaries: fooling images that many networks give the same label, and people rarely do. A voter who names the networks' labels far more
 * often than the other voters do may have copied them from a network. The number of canaries so named has a Poisson-binomial distribution
 * (a sum of independent events with different probabilities), whose tail is computed exactly.
 */

export interface CheckVotes {
  /** Number of images of the check. */
  readonly items: number;
  readonly voters: number;
  readonly item: Int32Array;
  readonly voter: Int32Array;
  /** 1 if the check was passed (gold, noise) or the networks' label was named (canary), otherwise 0. */
  readonly hit: Uint8Array;
}

export interface CanaryResult {
  /** Canaries on which the voter named the networks' label. */
  readonly named: number;
  readonly seen: number;
  /** Number expected of a person. */
  readonly expected: number;
  /** Probability that a person names at least as many; 1 if the voter saw none. */
  readonly p: number;
}

/** P(at least `hits` of the events happen). */
export function poissonBinomialUpperTail(hits: number, probabilities: readonly number[]): number {
  let distribution = [1];
  for (const probability of probabilities) {
    const next = [...distribution.map((mass) => mass * (1 - probability)), 0];
    for (const [count, mass] of distribution.entries()) next[count + 1] = (next[count + 1] as number) + mass * probability;
    distribution = next;
  }
  return Math.min(
    1,
    distribution.slice(hits).reduceRight((sum, mass) => sum + mass, 0),
  );
}

/**
 * @param rates how often people name the networks' label of each canary, if that is known from an earlier study; by default, the share of
 * the other voters of this study, with half a vote for and half a vote against.
 * @returns one result for each voter.
 */
export function canaryTest({ items, voters, item, voter, hit }: CheckVotes, rates?: readonly number[]): CanaryResult[] {
  const named = new Float64Array(items);
  const seen = new Float64Array(items);
  const own = Array.from({ length: voters }, (): { item: number; hit: number }[] => []);
  for (let v = 0; v < item.length; v++) {
    const [which, value] = [item[v] as number, hit[v] as number];
    named[which] = (named[which] as number) + value;
    seen[which] = (seen[which] as number) + 1;
    own[voter[v] as number]?.push({ item: which, hit: value });
  }
  return own.map((votes) => {
    const probabilities = votes.map((vote) => {
      const others = { named: (named[vote.item] as number) - vote.hit, seen: (seen[vote.item] as number) - 1 };
      return rates?.[vote.item] ?? (others.named + 0.5) / (others.seen + 1);
    });
    const hits = votes.reduce((sum, vote) => sum + vote.hit, 0);
    const expected = probabilities.reduce((sum, probability) => sum + probability, 0);
    return { named: hits, seen: votes.length, expected, p: hits === 0 ? 1 : poissonBinomialUpperTail(hits, probabilities) };
  });
}
