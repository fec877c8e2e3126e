import type { Scores } from "@pareidolia/core/classifier";
import { Purpose, Random } from "@pareidolia/core/random";
import { serialiseArchive } from "@pareidolia/evolution/archiveBytes";
import { randomIndividuals } from "@pareidolia/evolution/emitters/randomIndividuals";
import type { Individual } from "@pareidolia/evolution/lineage";
import { MapElites } from "@pareidolia/evolution/mapElites";
import { describe, expect, it } from "vitest";
import { classes, evolve, smallEncoding, smallSearch } from "../../support/searches.ts";

const encoding = smallEncoding();
const bytesOf = (search: MapElites<unknown>) => serialiseArchive(search.elites, encoding);
const scores = (rows: readonly (readonly number[])[]): Scores => ({
  count: rows.length,
  classes: rows[0]?.length ?? 0,
  probabilities: Float32Array.from(rows.flat()),
});
const twoNiches = (insertion: "every-class" | "argmax" = "every-class") => smallSearch({ niches: 2, offspring: 3, insertion });

describe("MAP-Elites", () => {
  it("lets one child win many niches, replaces only on strictly greater fitness, and counts every replacement as a jump", () => {
    const search = twoNiches();
    const first = search.tell(
      search.ask(),
      scores([
        [0.25, 0.75],
        [0.5, 0.5],
        [0.5, 0.75],
      ]),
    );
    expect(search.elites.map((elite) => [elite?.index, elite?.fitness])).toEqual([
      [1, 0.5],
      [0, 0.75],
    ]);
    expect(first.statistics).toEqual({
      generation: 0,
      median: 0.625,
      mean: 0.625,
      minimum: 0.5,
      maximum: 0.75,
      jumps: 3,
      filled: 2,
      evaluations: 3,
    });
    expect(first.replacements.map(({ niche, previous, elite }) => [niche, previous, elite.index])).toEqual([
      [0, null, 1],
      [1, null, 0],
    ]);
    const second = search.tell(
      search.ask(),
      scores([
        [0.5, 0.75],
        [0.75, 0.875],
        [0.25, 0.125],
      ]),
    );
    expect(second.replacements.map(({ niche, previous, elite }) => [niche, previous?.index, elite.index])).toEqual([
      [0, 1, 1],
      [1, 0, 1],
    ]);
    expect(second.statistics).toMatchObject({ generation: 1, jumps: 2, evaluations: 6 });
  });

  it("leaves niches empty with argmax insertion, which every-class insertion fills", () => {
    const rows = [
      [0.75, 0.25],
      [0.875, 0.125],
      [0.625, 0.375],
    ];
    const every = twoNiches();
    const argmax = twoNiches("argmax");
    every.tell(every.ask(), scores(rows));
    const report = argmax.tell(argmax.ask(), scores(rows));
    expect(every.elites.map((elite) => elite?.index)).toEqual([1, 2]);
    expect(argmax.elites.map((elite) => elite?.index)).toEqual([1, undefined]);
    expect(report.statistics).toMatchObject({ filled: 1, minimum: 0, median: 0.4375 });
    expect(argmax.ask()).toHaveLength(3);
  });

  it("returns the same individuals from ask until tell is called", () => {
    const search = twoNiches();
    const offspring = search.ask();
    expect(search.ask()).toEqual(offspring);
    search.tell(
      offspring,
      scores([
        [0.5, 0.5],
        [0.5, 0.5],
        [0.5, 0.5],
      ]),
    );
    expect(search.ask()[0]?.genome).not.toEqual(offspring[0]?.genome);
  });

  it("picks an elite as parent in proportion to its number of niches", async () => {
    const search = smallSearch({ niches: 4, offspring: 1000 });
    const rows = Array.from({ length: 1000 }, (_, i) => [i === 0 ? 1 : 0, i === 0 ? 1 : 0, i === 0 ? 1 : 0, i === 1 ? 1 : 0]);
    search.tell(search.ask(), scores(rows));
    const parents = search.ask().map((one) => one.parents[0]?.index);
    expect(Math.abs(parents.filter((index) => index === 0).length / 1000 - 0.75)).toBeLessThan(0.05);
  });

  it("records one parent for a mutated copy and two for a crossed child", async () => {
    const crossing = await evolve(smallSearch(), 2);
    expect(new Set(crossing.ask().map(({ parents }) => parents.length))).toEqual(new Set([1, 2]));
    const copying = smallSearch({ encoding: smallEncoding("direct", "paper") });
    await evolve(copying, 2);
    expect(new Set(copying.ask().map(({ parents }) => parents.length))).toEqual(new Set([1]));
    expect(copying.ask().every(({ parents }) => copying.elites.some((elite) => elite?.generation === parents[0]?.generation))).toBe(true);
  });

  it("reaches the same archive from any checkpoint as without interruption", async () => {
    const undisturbed = await evolve(smallSearch(), 12);
    for (const at of [0, 1, 5, 11]) {
      const before = await evolve(smallSearch(), at);
      const { generation, evaluations, elites } = before;
      // Through bytes, like a stored checkpoint.
      const stored = elites.map((elite) => elite && { ...elite, genome: encoding.parse(encoding.serialise(elite.genome)) });
      const resumed = smallSearch();
      resumed.restore({ generation, evaluations, elites: stored });
      await evolve(resumed, 12 - at);
      expect(bytesOf(resumed)).toEqual(bytesOf(undisturbed));
      expect(resumed.evaluations).toBe(240);
    }
  });

  it("reaches the same archive for any order of a generation's results", () => {
    const random = new Random({ seed: 3, generation: 0, index: 0, purpose: Purpose.NOISE });
    const table = new Map<string, number[]>();
    const rowOf = ({ generation, index }: Individual<unknown>) => {
      const key = `${generation}:${index}`;
      if (!table.has(key))
        table.set(
          key,
          Array.from({ length: classes }, () => random.below(8) / 8),
        );
      return table.get(key) as number[];
    };
    const straight = smallSearch();
    const reversed = smallSearch();
    for (let generation = 0; generation < 5; generation++) {
      const forward = straight.ask();
      const report = straight.tell(forward, scores(forward.map(rowOf)));
      const backward = [...reversed.ask()].reverse();
      expect(reversed.tell(backward, scores(backward.map(rowOf)))).toEqual(report);
    }
    expect(bytesOf(reversed)).toEqual(bytesOf(straight));
  });

  it("rejects results that are impossible, incomplete, duplicated or of another generation, and stays unchanged", () => {
    const search = twoNiches();
    const batch = search.ask();
    const good = [
      [0.5, 0.5],
      [0.5, 0.5],
      [0.5, 0.5],
    ];
    const wrong: [readonly Individual<unknown>[], Scores][] = [
      [batch.slice(1), scores(good.slice(1))],
      [batch, scores(good.slice(1))],
      [batch, scores(good.map((row) => [...row, 0]))],
      [[batch[0], batch[0], batch[1]] as Individual<unknown>[], scores(good)],
      [batch.map((one) => ({ ...one, generation: 1 })), scores(good)],
      [
        batch,
        scores([
          [Number.NaN, 0.5],
          [0.5, 0.5],
          [0.5, 0.5],
        ]),
      ],
      [
        batch,
        scores([
          [2, 0.5],
          [0.5, 0.5],
          [0.5, 0.5],
        ]),
      ],
    ];
    for (const [individuals, result] of wrong)
      expect(() => search.tell(individuals, result)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
    expect([search.generation, search.elites]).toEqual([-1, [null, null]]);
  });

  it.each([
    { seed: -1 },
    { seed: 2 ** 31 },
    { seed: 1e999 },
    { seed: 0.5 },
    { offspring: 0 },
    { niches: 0 },
    { insertion: "none" as "argmax" },
  ])("rejects the options %o", (options) => {
    expect(() => smallSearch(options)).toThrow(expect.objectContaining({ code: "INVALID_INPUT" }));
  });

  it("rejects an impossible checkpoint", async () => {
    const { elites } = await evolve(smallSearch(), 1);
    for (const checkpoint of [
      { generation: 0, evaluations: 19, elites },
      { generation: -2, evaluations: -20, elites },
      { generation: 0, evaluations: 20, elites: elites.slice(1) },
      { generation: 0, evaluations: 20, elites: elites.map(() => null) },
      { generation: 0, evaluations: 20, elites: elites.map((elite) => elite && { ...elite, fitness: Number.NaN }) },
      { generation: 0, evaluations: 20, elites: elites.map((elite, niche) => elite && { ...elite, fitness: niche === 6 ? -1 : 0.5 }) },
      { generation: 0, evaluations: 20, elites: elites.map((elite) => elite && { ...elite, generation: 1 }) },
      { generation: 0, evaluations: 20, elites: elites.map((elite) => elite && { ...elite, index: 20 }) },
    ]) {
      const search = smallSearch();
      expect(() => search.restore(checkpoint)).toThrow(expect.objectContaining({ code: "CORRUPT_DATA" }));
      expect([search.generation, ...search.elites]).toEqual([-1, ...elites.map(() => null)]);
    }
  });
});

describe("the random-noise control", () => {
  it("keeps the best of new random individuals, none of which has parents", async () => {
    const noise = smallSearch({ seed: 4, emitter: randomIndividuals });
    await evolve(noise, 40);
    expect(noise.ask().every(({ parents }) => parents.length === 0)).toBe(true);
    const evolved = await evolve(smallSearch({ seed: 4 }), 40);
    const sum = (search: MapElites<unknown>) => search.elites.reduce((total, elite) => total + (elite?.fitness ?? 0), 0);
    expect(sum(evolved)).toBeGreaterThan(sum(noise));
  });
});
