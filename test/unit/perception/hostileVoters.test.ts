import { castVotes, simulationRandom } from "@pareidolia/lab/perception/electorates";
import { hostileElectorate } from "@pareidolia/lab/perception/hostileVotersGates";
import type { Aggregation } from "@pareidolia/perception/aggregation/aggregation";
import { aggregators } from "@pareidolia/perception/aggregation/registry";
import { describe, expect, it } from "vitest";
import { tableOfCells } from "./electorate.ts";

const aggregatorOf = (id: string) => aggregators.find((known) => known.id === id) as (typeof aggregators)[number];
const share = ({ label }: Aggregation, truth: Int32Array): number =>
  label.filter((answer, item) => answer === truth[item]).length / truth.length;
const kindsOf = ({ warnings }: Aggregation): string[] => warnings.map(({ kind }) => kind);

describe("voters who break the assumptions of aggregators", () => {
  // `npm run repro -- perception` has 500 electorates of each kind, with bars.
  it.each(["dawidSkene", "mace"] as const)("%s finds the answers beside voters who always give one answer", (id) => {
    for (const answers of [2, 3]) {
      const { table, truth } = hostileElectorate("constant", answers, simulationRandom(7, answers));
      const found = aggregatorOf(id).aggregate(table, { intervals: false });
      expect(share(found, truth)).toBeGreaterThan(0.9);
      expect(found.warnings).toContainEqual(
        expect.objectContaining({ kind: "constantVoters", voters: [0, 1, 2], reason: expect.stringContaining("say nothing") }),
      );
    }
  });

  it("one coin warns of its degenerate solution, which takes the answer of such voters for the truth of all items", () => {
    const { table, truth } = hostileElectorate("constant", 2, simulationRandom(7, 2));
    const found = aggregatorOf("oneCoin").aggregate(table, { intervals: false });
    expect(share(found, truth)).toBeLessThan(0.7);
    expect(found.warnings).toContainEqual(
      expect.objectContaining({ kind: "constantVoters", reason: expect.stringContaining("follows them") }),
    );
    expect(kindsOf(found)).toContain("dependentVoters");
  });

  it("who copy one another are warned of by name", () => {
    const { table } = hostileElectorate("colluding", 3, simulationRandom(7, 5));
    const { warnings } = aggregatorOf("dawidSkene").aggregate(table, { intervals: false });
    expect(warnings.find(({ kind }) => kind === "dependentVoters")?.voters).toEqual(expect.arrayContaining([0, 1, 2]));
  });

  it("leave honest voters without a warning, also where one answer is true of most items", () => {
    for (const { id, aggregate } of aggregators)
      for (let s = 0; s < 10; s++) {
        const { table } = hostileElectorate(null, 3, simulationRandom(9, s));
        expect(aggregate(table, { intervals: false }).warnings, id).toEqual([]);
      }
    const random = simulationRandom(9, 100);
    const rare = castVotes(random, { items: 100, voters: 6, votesPerItem: 6, answers: 2 }, (item) =>
      item < 4 || random.chance(0.03) ? 1 : 0,
    );
    expect(kindsOf(aggregatorOf("dawidSkene").aggregate(rare, { intervals: false }))).not.toContain("constantVoters");
  });

  it("who are half of all voters and answer in reverse leave two solutions", () => {
    const random = simulationRandom(9, 200);
    const truth = Int32Array.from({ length: 100 }, () => random.below(2));
    const table = castVotes(random, { items: 100, voters: 8, votesPerItem: 8, answers: 2 }, (item, voter) => {
      const right = random.chance(0.85) === voter < 4;
      return right ? (truth[item] as number) : 1 - (truth[item] as number);
    });
    expect(kindsOf(aggregatorOf("dawidSkene").aggregate(table, { intervals: false }))).toContain("severalSolutions");
  });
});

describe("ties", () => {
  const items = 400;
  const tied = tableOfCells({ items, voters: 2, answers: 2 }, Array.from({ length: items }, () => [0, 1]).flat());

  it("of the majority are broken by the seed, item by item, not towards the first answer", () => {
    const { aggregate } = aggregatorOf("majority");
    const labels = aggregate(tied, { seed: 1 }).label;
    const first = labels.filter((label) => label === 0).length;
    // Half of 400, within four standard deviations.
    expect(Math.abs(first - 200)).toBeLessThan(40);
    expect(aggregate(tied, { seed: 1 }).label).toEqual(labels);
    expect(aggregate(tied, { seed: 2 }).label).not.toEqual(labels);
  });
});

describe("studies with a thousand classes", () => {
  it("are aggregated in seconds by models whose work is that of the votes, and refused beforehand by others", () => {
    const random = simulationRandom(11, 0);
    const truth = Int32Array.from({ length: 1000 }, () => random.below(1000));
    const table = castVotes(random, { items: 1000, voters: 100, votesPerItem: 5, answers: 1000 }, (item) =>
      random.chance(0.7) ? (truth[item] as number) : random.below(1000),
    );
    for (const id of ["majority", "oneCoin", "mace", "glad"])
      expect(share(aggregatorOf(id).aggregate(table), truth), id).toBeGreaterThan(0.95);
    expect(() => aggregatorOf("dawidSkene").aggregate(table)).toThrow("Use MACE");
    expect(() => aggregatorOf("majority").aggregate({ ...table, items: 200_000 })).toThrow("too many to aggregate at once");
  });
});
