import { serialiseArchive } from "@pareidolia/evolution/archiveBytes";
import type { Elite } from "@pareidolia/evolution/lineage";
import { archiveStatistics, median } from "@pareidolia/evolution/statistics";
import { describe, expect, it } from "vitest";
import { evolve, smallEncoding, smallSearch } from "../../support/searches.ts";

const encoding = smallEncoding();

describe("the archive's bytes", () => {
  it("are equal for equal archives and differ for another genome, fitness, parent, address or niche", async () => {
    const { elites } = await evolve(smallSearch(), 4);
    const text = (changed: readonly (Elite<unknown> | null)[]) => Buffer.from(serialiseArchive(changed, encoding)).toString("hex");
    const [first, ...rest] = elites as Elite<unknown>[] as [Elite<unknown>, ...Elite<unknown>[]];
    const other = encoding.initialise({ uniform: () => 0.5 } as Parameters<typeof encoding.initialise>[0]);
    const changes = [
      elites,
      [null, ...rest],
      [...rest, first],
      elites.map((elite) => (elite === first ? { ...first, fitness: first.fitness / 2 } : elite)),
      elites.map((elite) => (elite && elite.index === first.index ? { ...elite, genome: other } : elite)),
      elites.map((elite) => (elite && elite.index === first.index ? { ...elite, parents: [{ generation: 9, index: 9 }] } : elite)),
      elites.map((elite) => (elite && elite.index === first.index ? { ...elite, generation: 99 } : elite)),
    ];
    expect(new Set(changes.map(text)).size).toBe(changes.length);
    expect(text(elites.map((elite) => elite && { ...elite }))).toBe(text(elites));
  });

  it("contain a genome with many niches once", () => {
    const elite: Elite<unknown> = { genome: new Float32Array(30), generation: 0, index: 0, parents: [], fitness: 0.5 };
    const one = serialiseArchive([elite], encoding).length;
    expect(serialiseArchive(new Array(1000).fill(elite), encoding).length).toBe(one + 999 * 12);
  });
});

describe("statistics", () => {
  it("takes the middle value of an odd number and the mean of the middle two of an even number", () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 9, 1, 2])).toBe(5.5);
    expect(median([3])).toBe(3);
    expect(median([])).toBeNaN();
  });

  it("counts an empty niche as 0", () => {
    expect(archiveStatistics({ generation: 4, evaluations: 9, jumps: 2, elites: [{ fitness: 0.5 }, null, { fitness: 1 }, null] })).toEqual({
      generation: 4,
      evaluations: 9,
      jumps: 2,
      median: 0.25,
      mean: 0.375,
      minimum: 0,
      maximum: 1,
      filled: 2,
    });
  });
});
