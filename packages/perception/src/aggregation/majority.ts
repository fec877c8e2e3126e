/**
 * Majority: the share of each answer among an item's votes. The intervals are Wilson's: for the label's share, and for a voter's skill,
 * which is the share of items on which the voter agrees with the majority of the other voters (ties count half).
 */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import type { VotesByItem } from "../votesByItem.ts";
import type { Aggregator } from "./aggregation.ts";
import { voteShares } from "./starts.ts";
import { likeliestAnswers, rowEntropies, votesToAggregate } from "./summarise.ts";
import { warnOfConstantVoters } from "./warnings.ts";

export const majority: Aggregator = {
  id: "majority",
  name: "Majority",
  chanceOfRight: (skill) => skill,
  aggregate(table, { intervals = true, seed = 0 } = {}) {
    const votes = votesToAggregate(table);
    const { items, answers, start } = votes;
    const posterior = voteShares(votes);
    const label = likeliestAnswers(votes, posterior, seed);
    const { agreed, compared } = agreementWithOthers(votes);
    const bounds = (count: number, share: (i: number) => readonly [successes: number, trials: number]) => {
      const [low, high] = [new Float64Array(count).fill(Number.NaN), new Float64Array(count).fill(Number.NaN)];
      for (let i = 0; i < count; i++) {
        const [successes, trials] = share(i);
        if (trials > 0) ({ low: low[i], high: high[i] } = wilsonInterval(successes, trials));
      }
      return { low, high };
    };
    const ofLabel = (i: number): readonly [number, number] => {
      const trials = (start[i + 1] as number) - (start[i] as number);
      return [trials === 0 ? 0 : Math.min(trials, Math.round(trials * (posterior[i * answers + (label[i] as number)] as number))), trials];
    };
    const skill = agreed.map((value, v) => value / (compared[v] as number));
    return {
      answers,
      posterior,
      label,
      entropy: rowEntropies(posterior, answers),
      labelInterval: intervals ? bounds(items, ofLabel) : null,
      skill,
      skillInterval: intervals ? bounds(votes.voters, (v) => [agreed[v] as number, compared[v] as number]) : null,
      iterations: 1,
      converged: true,
      warnings: warnOfConstantVoters(votes, skill),
    };
  },
};

/**
 * For each voter, the number of items with votes of other voters, and on how many of them the voter agrees with the majority of the others.
 * Only the answers that an item has are counted, since a study may have a thousand.
 */
function agreementWithOthers({ items, voters, answers, start, voter, answer }: VotesByItem) {
  const agreed = new Float64Array(voters);
  const compared = new Float64Array(voters);
  const counts = new Int32Array(answers);
  const present: number[] = [];
  for (let i = 0; i < items; i++) {
    const [from, to] = [start[i] as number, start[i + 1] as number];
    if (to - from < 2) continue;
    present.length = 0;
    for (let k = from; k < to; k++) {
      const a = answer[k] as number;
      if (counts[a] === 0) present.push(a);
      counts[a] = (counts[a] as number) + 1;
    }
    for (let k = from; k < to; k++) {
      const [v, a] = [voter[k] as number, answer[k] as number];
      counts[a] = (counts[a] as number) - 1;
      let [most, ties] = [0, 0];
      for (const other of present) {
        const count = counts[other] as number;
        if (count > most) [most, ties] = [count, 1];
        else if (count === most) ties++;
      }
      if (counts[a] === most) agreed[v] = (agreed[v] as number) + 1 / ties;
      counts[a] = (counts[a] as number) + 1;
      compared[v] = (compared[v] as number) + 1;
    }
    for (const a of present) counts[a] = 0;
  }
  return { agreed, compared };
}
