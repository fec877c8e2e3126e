/** The contract of every insertion rule and emitter, for any scores. */
import { EliteTable } from "@pareidolia/evolution/archives/eliteTable";
import { insertionRules } from "@pareidolia/evolution/archives/registry";
import { randomIndividuals } from "@pareidolia/evolution/emitters/randomIndividuals";
import { uniformPairs } from "@pareidolia/evolution/emitters/uniformPairs";
import type { Individual } from "@pareidolia/evolution/lineage";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { smallEncoding } from "../support/searches.ts";

const niches = 5;
// Few distinct values, so that ties are common.
const row = fc.array(fc.constantFrom(0, 0.125, 0.25, 0.5, 0.75, 1), { minLength: niches, maxLength: niches });
const rows = fc.array(row, { minLength: 1, maxLength: 30 });
const individual = (index: number): Individual<string> => ({ genome: `g${index}`, generation: 0, index, parents: [] });

describe.each(insertionRules)("the insertion rule $id", (rule) => {
  function insertAll(probabilities: readonly (readonly number[])[], order = probabilities.map((_, i) => i)) {
    const table = new EliteTable<string>(niches);
    const jumps = order.map((i) => {
      const before = [...table.fitness];
      const taken: number[] = [];
      const count = rule.insert(table, individual(i), Float32Array.from(probabilities[i] as number[]), 0, (niche) => taken.push(niche));
      return { before, after: [...table.fitness], taken, count };
    });
    return { table, jumps };
  }

  it("never lowers the fitness of a niche, and reports exactly the niches that it changed", () => {
    fc.assert(
      fc.property(rows, (probabilities) => {
        for (const { before, after, taken, count } of insertAll(probabilities).jumps) {
          expect(count).toBe(taken.length);
          for (let niche = 0; niche < niches; niche++) {
            if (taken.includes(niche)) expect(after[niche]).toBeGreaterThan(before[niche] as number);
            else expect(after[niche]).toBe(before[niche]);
          }
        }
      }),
    );
  });

  it("gives the same archive for any order of insertion", () => {
    fc.assert(
      fc.property(rows, fc.infiniteStream(fc.nat()), (probabilities, keys) => {
        const shuffled = probabilities
          .map((_, i) => ({ i, key: keys.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ i }) => i);
        expect(insertAll(probabilities, shuffled).table.elites).toEqual(insertAll(probabilities).table.elites);
      }),
    );
  });

  it("reads the row that starts at the offset", () => {
    const table = new EliteTable<string>(2);
    rule.insert(table, individual(0), Float32Array.from([0.5, 0.5, 0.125, 0.875]), 2, () => undefined);
    expect(table.fitness[1]).toBe(0.875);
  });
});

describe.each([randomIndividuals, uniformPairs])("the emitter $id", (emitter) => {
  const encoding = smallEncoding();
  const occupants = randomIndividuals
    .emit({ encoding, seed: 5, generation: 0, occupants: [] }, 0, 6)
    .map((one) => ({ ...one, fitness: 0.5 }));
  const context = { encoding, seed: 5, generation: 3, occupants };

  it("emits any part of a generation exactly as in the whole generation", () => {
    const whole = emitter.emit(context, 0, 15);
    expect(whole.map(({ index }) => index)).toEqual(Array.from({ length: 15 }, (_, i) => i));
    fc.assert(
      fc.property(fc.nat(15), fc.nat(15), (a, b) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        expect(emitter.emit(context, from, to)).toEqual(whole.slice(from, to));
      }),
      { numRuns: 40 },
    );
  });

  it("emits different individuals for each generation and seed", () => {
    const genomes = (change: object) => emitter.emit({ ...context, ...change }, 0, 4).map(({ genome }) => genome);
    expect(genomes({ generation: 4 })).not.toEqual(genomes({}));
    expect(genomes({ seed: 6 })).not.toEqual(genomes({}));
  });
});
