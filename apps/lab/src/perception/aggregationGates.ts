/**
 * Simulated electorates with known answers and voters: whether each aggregator recovers both, and whether its intervals contain the truth
 * as often as their confidence states. Every simulation draws new voters, so coverage is averaged over them.
 */
import { bradleyTerry } from "@pareidolia/perception/aggregation/bradleyTerry";
import { aggregators } from "@pareidolia/perception/aggregation/registry";
import { judge, type ReportRow } from "../report.ts";
import { castVotes, drawNormal, type ElectorateKind, type ElectorateSize, simulateElectorate, simulationRandom } from "./electorates.ts";
import { coverageRow, near } from "./row.ts";

interface Simulated {
  readonly kind: ElectorateKind;
  readonly size: ElectorateSize;
}

const electorates: readonly Simulated[] = [
  { kind: "oneCoin", size: { items: 200, voters: 12, votesPerItem: 7, answers: 3 } },
  { kind: "dawidSkene", size: { items: 200, voters: 12, votesPerItem: 7, answers: 3 } },
  { kind: "mace", size: { items: 200, voters: 12, votesPerItem: 7, answers: 3 } },
  { kind: "glad", size: { items: 300, voters: 10, votesPerItem: 6, answers: 2 } },
];

export function aggregationGates(simulations: number, onProgress: (line: string) => void): readonly ReportRow[] {
  const rows: ReportRow[] = [];
  for (const electorate of electorates) {
    onProgress(`simulations: ${electorate.kind}`);
    rows.push(...recoveryRows(electorate, simulations));
  }
  onProgress("simulations: majority, Bradley-Terry");
  return [...rows, ...largeMaceRows(simulations), ...majorityRows(simulations), ...bradleyTerryRows(simulations)];
}

/** With this many voters and answers, intervals take the habits of voters as known. */
const largeMace: ElectorateSize = { items: 400, voters: 160, votesPerItem: 10, answers: 10 };
const largeMacePart = 1 / 20;

function largeMaceRows(simulations: number): readonly ReportRow[] {
  const aggregator = aggregators.find(({ id }) => id === "mace");
  if (aggregator === undefined) throw new Error("There is no aggregator mace.");
  const electorates = Math.max(2, Math.round(simulations * largeMacePart));
  let covered = 0;
  for (let s = 0; s < electorates; s++) {
    const { table, skill } = simulateElectorate("mace", largeMace, simulationRandom(4, s));
    const { skillInterval } = aggregator.aggregate(table);
    covered += skill.filter((value, v) => value >= (skillInterval?.low[v] ?? 1) && value <= (skillInterval?.high[v] ?? 0)).length;
  }
  return [
    coverageRow({
      id: "coverage mace",
      what: "MACE with too many habits to estimate their uncertainty: interval of a voter's skill",
      covered,
      of: electorates * largeMace.voters,
      detail: `${electorates} electorates of ${largeMace.items} items, ${largeMace.voters} voters, ${largeMace.answers} answers`,
    }),
  ];
}

function recoveryRows({ kind, size }: Simulated, simulations: number): readonly ReportRow[] {
  const aggregator = aggregators.find(({ id }) => id === kind);
  if (aggregator === undefined) throw new Error(`There is no aggregator ${kind}.`);
  const { items, voters, votesPerItem, answers } = size;
  const total = { right: 0, bestRight: 0, confidence: 0, error: 0, skills: 0, posteriors: 0, width: 0 };
  for (let s = 0; s < simulations; s++) {
    const { table, truth, skill, posterior } = simulateElectorate(kind, size, simulationRandom(1, s));
    const found = aggregator.aggregate(table);
    for (let v = 0; v < voters; v++) {
      const value = skill[v] as number;
      const [low, high] = [found.skillInterval?.low[v] ?? Number.NaN, found.skillInterval?.high[v] ?? Number.NaN];
      if (value >= low && value <= high) total.skills++;
      total.error += Math.abs((found.skill[v] as number) - value);
      total.width += high - low;
    }
    for (let i = 0; i < items; i++) {
      const label = found.label[i] as number;
      const row = posterior.subarray(i * answers, (i + 1) * answers);
      const known = row[label] as number;
      if (label === truth[i]) total.right++;
      if (row.indexOf(row.reduce((a, b) => Math.max(a, b))) === truth[i]) total.bestRight++;
      total.confidence += found.posterior[i * answers + label] as number;
      const [low, high] = [found.labelInterval?.low[i] ?? Number.NaN, found.labelInterval?.high[i] ?? Number.NaN];
      // The last bits of probabilities near 1 differ between two ways of computing them.
      if (known >= low - 1e-12 && known <= high + 1e-12) total.posteriors++;
    }
  }
  const [ofItems, ofVoters] = [items * simulations, voters * simulations];
  const { name } = aggregator;
  const id = `recover ${kind}`;
  const detail = `${simulations} electorates of ${items} items, ${voters} voters, ${votesPerItem} votes an item, ${answers} answers`;
  const share = (count: number): number => (100 * count) / ofItems;
  return [
    judge({
      id,
      what: `${name}: right answers, % of those with known voters`,
      figure: (100 * total.right) / total.bestRight,
      bar: { atLeast: 99 },
      detail: `${detail}; right ${share(total.right).toFixed(2)}%, with known voters ${share(total.bestRight).toFixed(2)}%`,
    }),
    near({
      id,
      what: `${name}: mean posterior of the label less the share that is right, points`,
      figure: share(total.confidence) - share(total.right),
      expected: 0,
      tolerance: 2,
    }),
    judge({
      id,
      what: `${name}: mean error of a skill`,
      figure: total.error / ofVoters,
      bar: { below: 0.06 },
      detail: `mean width of its interval ${(total.width / ofVoters).toFixed(3)}`,
    }),
    coverageRow({ id: `coverage ${kind}`, what: `${name}: interval of a voter's skill`, covered: total.skills, of: ofVoters, detail }),
    coverageRow({
      id: `coverage ${kind}`,
      what: `${name}: interval of an item's posterior contains the posterior with known voters`,
      covered: total.posteriors,
      of: ofItems,
    }),
  ];
}

/** Many voters, so that those of each item are a sample of them; the label's share is estimated for the whole electorate. */
function majorityRows(simulations: number): readonly ReportRow[] {
  const size: ElectorateSize = { items: 60, voters: 400, votesPerItem: 30, answers: 3 };
  const [aggregator] = aggregators;
  let [covered, right, bestRight] = [0, 0, 0];
  let [skills, voters] = [0, 0];
  for (let s = 0; s < simulations; s++) {
    const { table, truth, skill, posterior } = simulateElectorate("oneCoin", size, simulationRandom(2, s));
    const found = aggregator?.aggregate(table);
    if (found === undefined) continue;
    const mean = skill.reduce((sum, value) => sum + value, 0) / size.voters;
    for (let i = 0; i < size.items; i++) {
      const share = found.label[i] === truth[i] ? mean : (1 - mean) / 2;
      if (share >= (found.labelInterval?.low[i] ?? 1) && share <= (found.labelInterval?.high[i] ?? 0)) covered++;
      if (found.label[i] === truth[i]) right++;
      const row = posterior.subarray(3 * i, 3 * i + 3);
      if (row.indexOf(row.reduce((a, b) => Math.max(a, b))) === truth[i]) bestRight++;
    }
    // With 29 other votes the others' majority is nearly always the truth, so the agreement with it is the voter's skill.
    for (let v = 0; v < size.voters; v++) {
      const value = skill[v] as number;
      if (Number.isNaN(found.skill[v])) continue;
      voters++;
      if (value >= (found.skillInterval?.low[v] ?? 1) && value <= (found.skillInterval?.high[v] ?? 0)) skills++;
    }
  }
  const of = simulations * size.items;
  const detail = `${simulations} electorates of ${size.items} items and ${size.voters} voters, ${size.votesPerItem} votes an item`;
  return [
    judge({
      id: "recover majority",
      what: "Majority: right answers, % of those with known voters",
      figure: (100 * right) / bestRight,
      bar: { atLeast: 99 },
      detail,
    }),
    coverageRow({ id: "coverage majority", what: "Majority: interval of the label's share", covered, of, detail }),
    coverageRow({
      id: "coverage majority",
      what: "Majority: interval of a voter's agreement with the majority",
      covered: skills,
      of: voters,
    }),
  ];
}

function bradleyTerryRows(simulations: number): readonly ReportRow[] {
  const [items, voters, comparisons] = [12, 8, 800];
  let [strengths, discriminations, ordered, pairs] = [0, 0, 0, 0];
  let certainty = 0;
  for (let s = 0; s < simulations; s++) {
    const random = simulationRandom(3, s);
    const strength = Float64Array.from({ length: items }, () => drawNormal(random));
    const mean = strength.reduce((sum, value) => sum + value, 0) / items;
    const discrimination = Float64Array.from({ length: voters }, () => Math.exp(0.5 * drawNormal(random)));
    // Each comparison is an "item" of the table: which of two drawn items the voter prefers.
    const [first, second] = [new Int32Array(comparisons), new Int32Array(comparisons)];
    const table = castVotes(random, { items: comparisons, voters, votesPerItem: 1, answers: 2 }, (c, v) => {
      first[c] = random.below(items);
      second[c] = ((first[c] as number) + 1 + random.below(items - 1)) % items;
      const difference = (strength[first[c] as number] as number) - (strength[second[c] as number] as number);
      return random.chance(1 / (1 + Math.exp(-(discrimination[v] as number) * difference))) ? 0 : 1;
    });
    const winner = first.map((a, c) => (table.answer[c] === 0 ? a : (second[c] as number)));
    const loser = first.map((a, c) => (table.answer[c] === 0 ? (second[c] as number) : a));
    const found = bradleyTerry({ items, voters, winner, loser, voter: table.voter });
    const within = (value: number, bounds: { low: Float64Array; high: Float64Array } | null, k: number): number =>
      bounds !== null && value >= (bounds.low[k] as number) && value <= (bounds.high[k] as number) ? 1 : 0;
    for (let i = 0; i < items; i++) {
      strengths += within((strength[i] as number) - mean, found.strengthInterval, i);
      for (let j = 0; j < i; j++) {
        const above = (strength[i] as number) > (strength[j] as number);
        const probability = found.stronger(i, j);
        certainty += Math.max(probability, 1 - probability);
        if (probability > 0.5 === above) ordered++;
        pairs++;
      }
    }
    for (let v = 0; v < voters; v++) discriminations += within(discrimination[v] as number, found.discriminationInterval, v);
  }
  const detail = `${simulations} electorates of ${items} items, ${voters} voters, ${comparisons} comparisons`;
  return [
    near({
      id: "recover bradleyTerry",
      what: "Bradley-Terry: mean certainty of the order of two items less the share in the true order, points",
      figure: (100 * (certainty - ordered)) / pairs,
      expected: 0,
      tolerance: 2,
      detail: `${detail}; ${((100 * ordered) / pairs).toFixed(2)}% in the true order`,
    }),
    coverageRow({
      id: "coverage bradleyTerry",
      what: "Bradley-Terry: interval of an item's strength",
      covered: strengths,
      of: simulations * items,
      detail,
    }),
    coverageRow({
      id: "coverage bradleyTerry",
      what: "Bradley-Terry: interval of a voter's discrimination",
      covered: discriminations,
      of: simulations * voters,
    }),
  ];
}
