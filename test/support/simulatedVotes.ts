/** Simulated votes for tests, as columns. */
import { Purpose, Random } from "@pareidolia/core/random";
import type { CountedVotes } from "@pareidolia/perception/countedVotes";

/** Each voter votes once on each image; a vote is right with the probability given, else a random other category. */
export function simulatedVotes({ items = 12, voters = 15, answers = 4, right = 0.6, seed = 1 } = {}): CountedVotes {
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.SIMULATE });
  const size = items * voters;
  const indices = Array.from({ length: size }, (_, vote) => vote);
  const item = Int32Array.from(indices, (vote) => vote % items);
  const target = item.map((image) => image % answers);
  const answer = target.map((category) => {
    if (random.chance(0.05)) return -1;
    return random.chance(right) ? category : (category + 1 + random.below(answers - 1)) % answers;
  });
  return {
    items,
    voters,
    answers,
    item,
    voter: Int32Array.from(indices, (vote) => Math.floor(vote / items)),
    answer,
    target,
    agrees: Int8Array.from(answer, (given, vote) => (given === -1 ? -1 : given === target[vote] ? 1 : 0)),
    trial: Int32Array.from(indices, (vote) => vote % items),
    responseMs: Float64Array.from(indices, () => (random.chance(0.1) ? Number.NaN : 500 + 2000 * random.uniform())),
  };
}

/** The votes in the order given by their numbers. */
export function inOrder(votes: CountedVotes, order: readonly number[]): CountedVotes {
  const take = <Column extends Int32Array | Int8Array | Float64Array>(column: Column): Column =>
    column.map((_: number, place: number) => column[order[place] as number] as number) as Column;
  return {
    ...votes,
    item: take(votes.item),
    voter: take(votes.voter),
    answer: take(votes.answer),
    target: take(votes.target),
    agrees: take(votes.agrees),
    trial: take(votes.trial),
    responseMs: take(votes.responseMs),
  };
}
