/**
 * Aggregators where the votes leave no doubt about the answers: with 25 voters on each of 2,000 items, a voter's skill is the share of right
 * votes, its interval that of a share, and the posterior of one disputed item follows from Bayes' theorem.
 */
import { Purpose, Random } from "@pareidolia/core/random";
import type { Aggregation } from "@pareidolia/perception/aggregation/aggregation";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import type { ReportRow } from "../../report.ts";
import { simulateElectorate, simulationRandom } from "../electorates.ts";
import { near, nearAll } from "../row.ts";
import { normalPoint } from "./formulas.ts";
import type { ClosedFormGates, Statistics } from "./statistics.ts";

const items = 2000;
const voters = 25;
/** Right votes of each voter, half of them on either answer. */
const right = Array.from({ length: voters }, (_, v) => 1400 + 20 * v);
export const rightShares = right.map((count) => count / items);
/** Half of a percent: a mutant of 2% is four times as far. */
const tolerance = 0.005;

/** The fifteen voters of the lowest skills give answer 1 to the last item; the ten others give 0, whose posterior is .97. */
const minority = new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14]);

export function easyVotes(): VoteTable {
  const random = new Random({ seed: 21, generation: 0, index: 0, purpose: Purpose.SIMULATE });
  const [item, voter, answer] = [[], [], []] as [number[], number[], number[]];
  for (const [v, count] of right.entries()) {
    for (const truth of [0, 1]) {
      // The wrong votes are on random items of this answer.
      const order = Array.from({ length: items / 2 }, (_, k) => k);
      for (let k = order.length - 1; k > 0; k--) {
        const other = random.below(k + 1);
        [order[k], order[other]] = [order[other] as number, order[k] as number];
      }
      for (const [rank, k] of order.entries()) {
        item.push(2 * k + truth);
        voter.push(v);
        answer.push(rank < count / 2 ? truth : 1 - truth);
      }
    }
    item.push(items);
    voter.push(v);
    answer.push(minority.has(v) ? 1 : 0);
  }
  return {
    items: items + 1,
    voters,
    answers: 2,
    item: Int32Array.from(item),
    voter: Int32Array.from(voter),
    answer: Int32Array.from(answer),
  };
}

export function skillRows(
  name: string,
  { skill, skillInterval }: Pick<Aggregation, "skill" | "skillInterval">,
  expected: readonly number[],
  slope: number,
): readonly ReportRow[] {
  // An interval on the log-odds scale; its width is that of a normal share to within the tolerance.
  const widths = expected.map((_, v) => (skillInterval?.high[v] ?? Number.NaN) - (skillInterval?.low[v] ?? Number.NaN));
  const ratios = widths.map((width, v) => {
    const share = rightShares[v] as number;
    return width / (2 * normalPoint * slope * Math.sqrt((share * (1 - share)) / items));
  });
  return [
    nearAll({
      id: `value ${name}`,
      what: `${name}: skills of voters whose right votes are known`,
      figures: [...skill],
      expected,
      tolerance,
    }),
    near({
      id: `width ${name}`,
      what: `${name}: width of the skills' intervals, as a share of that of a share of ${items} votes, mean over the voters`,
      figure: ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length,
      expected: 1,
      tolerance: 0.01,
    }),
  ];
}

const logit = (p: number): number => Math.log(p / (1 - p));
/** Of answer 0 of the disputed item. */
const disputed = 1 / (1 + Math.exp(-rightShares.reduce((sum, share, v) => sum + (minority.has(v) ? -1 : 1) * logit(share), 0)));

function posteriorRow(name: string, { posterior }: Aggregation): ReportRow {
  return near({
    id: `value ${name}`,
    what: `${name}: posterior of a disputed item, by Bayes' theorem`,
    figure: posterior[2 * items] as number,
    expected: disputed,
    tolerance: 0.01,
  });
}

/** On the log-odds scale, each voter's part has the variance of the log-odds of a skill from `items` votes. */
function labelWidthRow(name: string, { labelInterval }: Aggregation, variances: readonly number[]): ReportRow {
  const [low, high] = [labelInterval?.low[items] ?? Number.NaN, labelInterval?.high[items] ?? Number.NaN];
  const error = Math.sqrt(variances.reduce((sum, variance) => sum + variance, 4 / items));
  return near({
    id: `width ${name}`,
    what: `${name}: width of the disputed item's interval on the log-odds scale, as a share of that from the skills' variances`,
    figure: (logit(high) - logit(low)) / (2 * normalPoint * error),
    expected: 1,
    tolerance: 0.01,
  });
}

function oneCoinRows({ oneCoin }: Statistics): readonly ReportRow[] {
  const found = oneCoin(easyVotes());
  return [
    ...skillRows("oneCoin", found, rightShares, 1),
    posteriorRow("oneCoin", found),
    labelWidthRow(
      "oneCoin",
      found,
      rightShares.map((share) => 1 / (items * share * (1 - share))),
    ),
  ];
}

/** The log-odds of a vote are ln p(a | a) - ln p(a | other), from half of the items each. */
function dawidSkeneRows({ dawidSkene }: Statistics): readonly ReportRow[] {
  const found = dawidSkene(easyVotes());
  return [
    ...skillRows("dawidSkene", found, rightShares, 1),
    posteriorRow("dawidSkene", found),
    labelWidthRow(
      "dawidSkene",
      found,
      rightShares.map((share) => (2 / items) * ((1 - share) / share + share / (1 - share))),
    ),
  ];
}

/** A voter who knows with probability c and otherwise guesses evenly is right in c + (1 - c) / 2 of the votes. */
function maceRows({ mace }: Statistics): readonly ReportRow[] {
  const found = mace(easyVotes());
  return [
    ...skillRows(
      "mace",
      found,
      rightShares.map((share) => 2 * share - 1),
      2,
    ),
    posteriorRow("mace", found),
  ];
}

/**
 * GLAD's skills depend on the ease of items, which have no closed form. Its skills are compared with those that drew the votes, over many
 * items: their mean error is that of the mean ease.
 */
function gladRows({ glad }: Statistics): readonly ReportRow[] {
  const size = { items: 4000, voters: 12, votesPerItem: 12, answers: 2 };
  const { table, skill } = simulateElectorate("glad", size, simulationRandom(22, 0));
  const found = glad(table);
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return [
    near({
      id: "value glad",
      what: "GLAD: mean skill of voters, as a share of the mean of those that drew the votes",
      figure: mean(found.skill) / mean(skill),
      expected: 1,
      tolerance: 0.009,
    }),
  ];
}

/** The label of the disputed item is the answer of fifteen of the 25 voters. */
function majorityRows({ majority }: Statistics): readonly ReportRow[] {
  const found = majority(easyVotes());
  const share = (voters - minority.size) / voters;
  return [
    ...skillRows("majority", found, rightShares, 1),
    near({
      id: "value majority",
      what: "majority: share of the label of a disputed item",
      figure: found.posterior[2 * items + 1] as number,
      expected: 1 - share,
      tolerance: 1e-9,
    }),
    nearAll({
      id: "width majority",
      what: "majority: ends of the label's interval, which solve the score equation: (share - end)^2 25 / (end (1 - end))",
      figures: [found.labelInterval?.low[items], found.labelInterval?.high[items]].map((end = Number.NaN) =>
        Math.sqrt(((1 - share - end) ** 2 * voters) / (end * (1 - end))),
      ),
      expected: [normalPoint, normalPoint],
      tolerance: 1e-6,
    }),
  ];
}

/** Two items, of which one voter prefers the first in 600 of 1,000 comparisons: ln 1.5 apart, with the variance 1 / 240. */
function bradleyTerryRows({ bradleyTerry }: Statistics): readonly ReportRow[] {
  const [wins, losses] = [600, 400];
  const side = (first: number): Int32Array => Int32Array.from({ length: wins + losses }, (_, c) => (c < wins ? first : 1 - first));
  const found = bradleyTerry(
    { items: 2, voters: 1, winner: side(0), loser: side(1), voter: new Int32Array(wins + losses) },
    { voterSkills: false, strengthPrior: 1000 },
  );
  const [strength, low, high] = [found.strength[0], found.strengthInterval.low[0], found.strengthInterval.high[0]] as [
    number,
    number,
    number,
  ];
  const half = (normalPoint / 2) * Math.sqrt(1 / wins + 1 / losses);
  return [
    near({
      id: "value bradleyTerry",
      what: "Bradley-Terry: strength of one of two items",
      figure: strength,
      expected: Math.log(1.5) / 2,
      tolerance: 1e-5,
    }),
    near({
      id: "width bradleyTerry",
      what: "Bradley-Terry: width of its interval, as a share of that of log-odds",
      figure: (high - low) / (2 * half),
      expected: 1,
      tolerance: 0.005,
    }),
  ];
}

export const aggregationClosedForms: readonly ClosedFormGates[] = [
  { id: "majority", of: ["majority"], rows: majorityRows },
  { id: "one coin", of: ["oneCoin"], rows: oneCoinRows },
  { id: "Dawid-Skene", of: ["dawidSkene"], rows: dawidSkeneRows },
  { id: "MACE", of: ["mace"], rows: maceRows },
  { id: "GLAD", of: ["glad"], rows: gladRows },
  { id: "Bradley-Terry", of: ["bradleyTerry"], rows: bradleyTerryRows },
];
