import { setTimeout as sleep } from "node:timers/promises";
import { serialiseArchive } from "@pareidolia/evolution/archiveBytes";
import { evaluateGeneration } from "@pareidolia/evolution/evaluateGeneration";
import { describe, expect, it } from "vitest";
import { evolve, smallClassifier, smallEncoding, smallSearch } from "../../support/searches.ts";

const encoding = smallEncoding();

describe("evaluating a generation", () => {
  it("gives the same archive for every chunk size and for results in any order", async () => {
    const expected = serialiseArchive((await evolve(smallSearch(), 6)).elites, encoding);
    for (const chunk of [1, 2, 3, 7, 20, 500])
      expect(serialiseArchive((await evolve(smallSearch(), 6, chunk)).elites, encoding)).toEqual(expected);
    const search = smallSearch();
    const classifier = smallClassifier({ duringPredict: (call) => sleep(call % 2 === 0 ? 4 : 0) });
    for (let i = 0; i < 6; i++) await evaluateGeneration({ search, encoding, classifier, chunk: 3 });
    expect(serialiseArchive(search.elites, encoding)).toEqual(expected);
  });

  it("keeps two chunks in flight, and never more", async () => {
    let now = 0;
    let most = 0;
    const classifier = smallClassifier({
      duringPredict: async () => {
        most = Math.max(most, ++now);
        await sleep(1);
        now--;
      },
    });
    await evaluateGeneration({ search: smallSearch(), encoding, classifier, chunk: 3 });
    expect(most).toBe(2);
  });

  it("stops on abort with the signal's reason and no chunk in flight, and can continue afterwards", async () => {
    const abort = new AbortController();
    let now = 0;
    const classifier = smallClassifier({
      duringPredict: async (call) => {
        now++;
        if (call === 2) abort.abort(new Error("enough"));
        await sleep(2);
        now--;
      },
    });
    const search = smallSearch();
    await expect(evaluateGeneration({ search, encoding, classifier, signal: abort.signal, chunk: 2 })).rejects.toThrow("enough");
    expect([now, search.generation]).toEqual([0, -1]);
    await evolve(search, 3);
    expect(serialiseArchive(search.elites, encoding)).toEqual(serialiseArchive((await evolve(smallSearch(), 3)).elites, encoding));
  });

  it("rethrows the network's error once all chunks are settled, and stays at its generation", async () => {
    let now = 0;
    const classifier = smallClassifier({
      duringPredict: async (call) => {
        now++;
        await sleep(call === 1 ? 0 : 3);
        now--;
        if (call === 1) throw new Error("out of memory");
      },
    });
    const search = smallSearch();
    await expect(evaluateGeneration({ search, encoding, classifier, chunk: 4 })).rejects.toThrow("out of memory");
    expect([now, search.generation]).toEqual([0, -1]);
  });

  it("rejects a network with another number of classes", async () => {
    const classifier = smallClassifier({ classes: 3 });
    await expect(evaluateGeneration({ search: smallSearch(), encoding, classifier })).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});
