/** Simulated electorates: votes drawn from known truths and known voters, with the posterior under these true parameters. */
import { Purpose, Random } from "@pareidolia/core/random";
import type { VoteTable } from "@pareidolia/perception/voteTable";

export interface Electorate {
  readonly table: VoteTable;
  /** The true answer of each item. */
  readonly truth: Int32Array;
  /** The true skill of each voter, as the model defines it. */
  readonly skill: Float64Array;
  /** p(truth | votes) under the true parameters, items x answers. */
  readonly posterior: Float64Array;
}

export interface ElectorateSize {
  readonly items: number;
  readonly voters: number;
  /** Each by a different voter, at most `voters`. */
  readonly votesPerItem: number;
  readonly answers: number;
}

export type ElectorateKind = "oneCoin" | "dawidSkene" | "mace" | "glad";

/** The stream of simulation `index`. */
export function simulationRandom(seed: number, index: number): Random {
  return new Random({ seed, generation: 0, index, purpose: Purpose.NOISE });
}

/** Votes of an item's voters on it: `choose` returns the answer of a voter to an item. */
export function castVotes(random: Random, size: ElectorateSize, choose: (item: number, voter: number) => number): VoteTable {
  const { items, voters, votesPerItem, answers } = size;
  const length = items * votesPerItem;
  const [item, voter, answer] = [new Int32Array(length), new Int32Array(length), new Int32Array(length)];
  const order = Int32Array.from({ length: voters }, (_, v) => v);
  let at = 0;
  for (let i = 0; i < items; i++)
    for (let k = 0; k < votesPerItem; k++) {
      const other = k + random.below(voters - k);
      [order[k], order[other]] = [order[other] as number, order[k] as number];
      item[at] = i;
      voter[at] = order[k] as number;
      answer[at] = choose(i, order[k] as number);
      at++;
    }
  return { items, voters, answers, item, voter, answer };
}

export function drawFrom(random: Random, probabilities: ArrayLike<number>): number {
  let left = random.uniform();
  for (let k = 0; k < probabilities.length - 1; k++) {
    left -= probabilities[k] as number;
    if (left < 0) return k;
  }
  return probabilities.length - 1;
}

/** Box & Muller 1958. */
export function drawNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.uniform())) * Math.cos(2 * Math.PI * random.uniform());
}

/** Random numbers from 1 to 3, normalised to sum to 1. */
function drawShares(random: Random, count: number): Float64Array {
  const shares = Float64Array.from({ length: count }, () => 1 + 2 * random.uniform());
  const total = shares.reduce((sum, value) => sum + value, 0);
  return shares.map((value) => value / total);
}

/** Voters and truths drawn for this model. Every simulation has new voters, so coverage is an average over them. */
export function simulateElectorate(kind: ElectorateKind, size: ElectorateSize, random: Random): Electorate {
  return kind === "glad" ? simulateGlad(size, random) : simulateConfusion(kind, size, random);
}

function simulateConfusion(kind: Exclude<ElectorateKind, "glad">, size: ElectorateSize, random: Random): Electorate {
  const { items, voters, answers } = size;
  const prevalence = kind === "mace" ? new Float64Array(answers).fill(1 / answers) : drawShares(random, answers);
  const truth = Int32Array.from({ length: items }, () => drawFrom(random, prevalence));
  // p(answer | truth) of each voter, truths x answers.
  const rows: Float64Array[] = [];
  const skill = new Float64Array(voters);
  for (let v = 0; v < voters; v++) {
    const row = new Float64Array(answers * answers);
    const own = 0.6 + 0.35 * random.uniform();
    const competence = 0.3 + 0.6 * random.uniform();
    const habit = drawShares(random, answers);
    for (let c = 0; c < answers; c++) {
      const right = kind === "dawidSkene" ? 0.6 + 0.35 * random.uniform() : own;
      const wrong = kind === "dawidSkene" ? drawShares(random, answers - 1) : new Float64Array(answers - 1).fill(1 / (answers - 1));
      for (let a = 0; a < answers; a++)
        row[c * answers + a] =
          kind === "mace"
            ? (1 - competence) * (habit[a] as number) + (a === c ? competence : 0)
            : a === c
              ? right
              : (1 - right) * (wrong[a < c ? a : a - 1] as number);
      skill[v] = (skill[v] as number) + (prevalence[c] as number) * (row[c * answers + c] as number);
    }
    if (kind === "mace") skill[v] = competence;
    rows.push(row);
  }
  const rowOf = (v: number, c: number): Float64Array => (rows[v] as Float64Array).subarray(c * answers, (c + 1) * answers);
  const table = castVotes(random, size, (i, v) => drawFrom(random, rowOf(v, truth[i] as number)));
  const posterior = knownPosterior(table, prevalence.map(Math.log), (v, a, c) => Math.log(rowOf(v, c)[a] as number));
  return { table, truth, skill, posterior };
}

/** With log ease ~ N(1, 1), the prior of the paper, and abilities whose skill is uniform from .6 to .95. */
function simulateGlad(size: ElectorateSize, random: Random): Electorate {
  const { items, voters, answers } = size;
  const ability = Float64Array.from({ length: voters }, () => {
    const skill = 0.6 + 0.35 * random.uniform();
    return Math.log(skill / (1 - skill)) / Math.E;
  });
  const ease = Float64Array.from({ length: items }, () => Math.exp(1 + drawNormal(random)));
  const truth = Int32Array.from({ length: items }, () => random.below(answers));
  const right = (v: number, e: number): number => 1 / (1 + Math.exp(-(ability[v] as number) * e));
  const table = castVotes(random, size, (i, v) => {
    const wrong = ((truth[i] as number) + 1 + random.below(answers - 1)) % answers;
    return random.chance(right(v, ease[i] as number)) ? (truth[i] as number) : wrong;
  });
  // The ease is unknown to the aggregator, so it is integrated out here too, on a finer grid.
  const grid = Array.from({ length: 161 }, (_, k) => -4 + 0.05 * k);
  const posterior = new Float64Array(items * answers);
  for (const d of grid) {
    const e = Math.exp(1 + d);
    const logs = new Float64Array(items * answers).fill((-d * d) / 2);
    for (let k = 0; k < table.item.length; k++)
      for (let c = 0; c < answers; c++) {
        const p = right(table.voter[k] as number, e);
        const at = (table.item[k] as number) * answers + c;
        logs[at] = (logs[at] as number) + Math.log(table.answer[k] === c ? p : (1 - p) / (answers - 1));
      }
    for (let k = 0; k < logs.length; k++) posterior[k] = (posterior[k] as number) + Math.exp(logs[k] as number);
  }
  return { table, truth, skill: ability.map((value) => 1 / (1 + Math.exp(-value * Math.E))), posterior: scaleRows(posterior, answers) };
}

function knownPosterior(table: VoteTable, logPrior: Float64Array, log: (voter: number, answer: number, truth: number) => number) {
  const { items, answers } = table;
  const sums = Float64Array.from({ length: items * answers }, (_, k) => logPrior[k % answers] as number);
  for (let k = 0; k < table.item.length; k++)
    for (let c = 0; c < answers; c++) {
      const at = (table.item[k] as number) * answers + c;
      sums[at] = (sums[at] as number) + log(table.voter[k] as number, table.answer[k] as number, c);
    }
  return scaleRows(sums.map(Math.exp), answers);
}

function scaleRows(values: Float64Array, answers: number): Float64Array {
  for (let row = 0; row < values.length; row += answers) {
    let sum = 0;
    for (let c = 0; c < answers; c++) sum += values[row + c] as number;
    for (let c = 0; c < answers; c++) values[row + c] = (values[row + c] as number) / sum;
  }
  return values;
}
