/**
 * Electorates in which three of eight voters break the assumptions of every aggregator: they always give one answer, answer at random, give a
 * wrong answer on purpose, or copy one another's random answers. Whether the aggregators that studies use by default find the answers that the
 * honest voters alone would give, and whether aggregators that follow such voters warn.
 */
import type { Random } from "@pareidolia/core/random";
import type { Aggregation } from "@pareidolia/perception/aggregation/aggregation";
import { aggregators } from "@pareidolia/perception/aggregation/registry";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import { judge, type ReportRow } from "../report.ts";
import { castVotes, simulationRandom } from "./electorates.ts";

const hostilities = ["constant", "random", "reversed", "colluding"] as const;
export type Hostility = (typeof hostilities)[number];

const [voters, hostile, items] = [8, 3, 120];
/** Answers that the voters choose among. */
const sizes = [2, 3, 10] as const;
/** Of the simulations of other gates. */
const part = 1 / 4;
/** A solution that loses more, in points of right answers, follows the hostile voters. */
const noticeable = 5;

export interface HostileElectorate {
  readonly table: VoteTable;
  /** The votes of the honest voters alone. */
  readonly honest: VoteTable;
  readonly truth: Int32Array;
}

/** Honest voters are right with a probability from .75 to .95. @param hostility null for honest voters only. */
export function hostileElectorate(hostility: Hostility | null, answers: number, random: Random): HostileElectorate {
  const truth = Int32Array.from({ length: items }, () => random.below(answers));
  const copied = Int32Array.from({ length: items }, () => random.below(answers));
  const skill = Float64Array.from({ length: voters }, () => 0.75 + 0.2 * random.uniform());
  const wrong = (item: number): number => ((truth[item] as number) + 1 + random.below(answers - 1)) % answers;
  const byHostility: Readonly<Record<Hostility, (item: number) => number>> = {
    constant: () => 0,
    random: () => random.below(answers),
    reversed: wrong,
    colluding: (item) => copied[item] as number,
  };
  const table = castVotes(random, { items, voters, votesPerItem: voters, answers }, (item, voter) => {
    if (hostility !== null && voter < hostile) return byHostility[hostility](item);
    return random.chance(skill[voter] as number) ? (truth[item] as number) : wrong(item);
  });
  const kept = [...table.voter.keys()].filter((vote) => hostility === null || (table.voter[vote] as number) >= hostile);
  const take = (column: Int32Array): Int32Array => Int32Array.from(kept, (vote) => column[vote] as number);
  return { table, truth, honest: { ...table, item: take(table.item), voter: take(table.voter), answer: take(table.answer) } };
}

interface Outcomes {
  right: number;
  /** With the honest voters' votes alone. */
  alone: number;
  warned: number;
  /** Electorates in which the solution follows the hostile voters, and those of them without a warning. */
  followed: number;
  unwarned: number;
}

const percentRight = ({ label }: Aggregation, truth: Int32Array): number =>
  (100 * label.filter((answer, item) => answer === truth[item]).length) / truth.length;

function simulate(id: string, hostility: Hostility | null, answers: number, electorates: number): Outcomes {
  const aggregator = aggregators.find((known) => known.id === id);
  if (aggregator === undefined) throw new Error(`There is no aggregator ${id}.`);
  const outcomes: Outcomes = { right: 0, alone: 0, warned: 0, followed: 0, unwarned: 0 };
  for (let s = 0; s < electorates; s++) {
    const { table, honest, truth } = hostileElectorate(hostility, answers, simulationRandom(70 + answers, s));
    const options = { intervals: false, seed: s };
    const found = aggregator.aggregate(table, options);
    const [right, alone] = [percentRight(found, truth), percentRight(aggregator.aggregate(honest, options), truth)];
    outcomes.right += right / electorates;
    outcomes.alone += alone / electorates;
    const isWarned = found.warnings.length > 0;
    if (isWarned) outcomes.warned++;
    if (right >= alone - noticeable) continue;
    outcomes.followed++;
    if (!isWarned) outcomes.unwarned++;
  }
  return outcomes;
}

const defaults = { dawidSkene: "Dawid-Skene", mace: "MACE" } as const;

export function hostileVotersGates(simulations: number, onProgress: (line: string) => void): readonly ReportRow[] {
  const electorates = Math.max(10, Math.round(simulations * part));
  const rows: ReportRow[] = [];
  for (const answers of sizes) {
    onProgress(`simulations: hostile voters, ${answers} answers`);
    const detail = `${electorates} electorates of ${items} items and ${voters} voters, ${answers} answers`;
    for (const hostility of hostilities) {
      for (const [id, name] of Object.entries(defaults)) {
        const { right, alone, warned } = simulate(id, hostility, answers, electorates);
        const shown = `${detail}, ${hostile} of them ${hostility}; right ${right.toFixed(2)}%, with the honest voters alone ${alone.toFixed(2)}%`;
        // Three voters who copy one another are as good as one opinion with three votes: no model of independent voters can tell.
        if (hostility === "colluding")
          rows.push(warnedRow(`${name}: electorates with colluding voters that are warned of, %`, warned, electorates, shown));
        else
          rows.push(
            judge({
              id: `hostile ${hostility}`,
              what: `${name}: right answers, % of those from the honest voters alone`,
              figure: (100 * right) / alone,
              bar: { atLeast: 98 },
              detail: shown,
            }),
          );
      }
      const { followed, unwarned, right } = simulate("oneCoin", hostility, answers, electorates);
      rows.push(
        judge({
          id: `hostile ${hostility}`,
          what: "One coin: electorates in which it follows these voters without a warning, %",
          figure: (100 * unwarned) / electorates,
          bar: { below: 1 },
          detail: `${detail}, ${hostile} of them ${hostility}; follows them in ${followed}; right ${right.toFixed(2)}%`,
        }),
      );
    }
    for (const [id, name] of Object.entries({ ...defaults, oneCoin: "One coin" })) {
      const { warned } = simulate(id, null, answers, electorates);
      rows.push(
        judge({
          id: "hostile none",
          what: `${name}: electorates of honest voters with a warning, %`,
          figure: (100 * warned) / electorates,
          bar: { below: 2 },
          detail,
        }),
      );
    }
  }
  return rows;
}

function warnedRow(what: string, warned: number, electorates: number, detail: string): ReportRow {
  return judge({ id: "hostile colluding", what, figure: (100 * warned) / electorates, bar: { atLeast: 98 }, detail });
}
