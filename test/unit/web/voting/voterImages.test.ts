/** Which images are loaded ahead, how they are kept and freed, and that practice shows none of the study's. */
import { Purpose, Random } from "@pareidolia/core/random";
import { describe, expect, it } from "vitest";
import type { BallotTrial, QuestionKind } from "../../../../apps/web/src/features/voting/ballot.ts";
import { ImageCache } from "../../../../apps/web/src/features/voting/imageCache.ts";
import { imagesAhead } from "../../../../apps/web/src/features/voting/imagesAhead.ts";
import { pixelSizeOf } from "../../../../apps/web/src/features/voting/pixelSize.ts";
import { practiceTrials } from "../../../../apps/web/src/features/voting/practiceTrials.ts";
import { textsIn } from "../../../../apps/web/src/features/voting/votingTexts.ts";
import { trialOf } from "../../../support/fakeBallot.ts";

function sessionOf(total: number): ReadonlyMap<number, BallotTrial> {
  return new Map(Array.from({ length: total }, (_, number) => [number, trialOf(number)]));
}

const urlOf = (number: number) => `/ballots/images/${number}.png`;

describe("images ahead", () => {
  it("are all of a session with at most 120, the next ones first", () => {
    const urls = imagesAhead(sessionOf(120), 2);
    expect(urls).toHaveLength(120);
    expect(urls.slice(0, 2)).toEqual([urlOf(2), urlOf(3)]);
    expect(urls.slice(-2)).toEqual([urlOf(1), urlOf(0)]);
  });

  it("are those of the next 12 trials of a larger session, and the last three for undo", () => {
    const urls = imagesAhead(sessionOf(121), 50);
    expect(urls).toEqual([...Array.from({ length: 13 }, (_, index) => urlOf(50 + index)), urlOf(49), urlOf(48), urlOf(47)]);
  });

  it("include exemplars once", () => {
    const exemplars = [{ url: "/example.png", width: 32, height: 32 }];
    const trials = new Map([0, 1].map((number) => [number, trialOf(number, { exemplars })]));
    expect(imagesAhead(trials, 0)).toEqual([urlOf(0), "/example.png", urlOf(1)]);
  });
});

describe("the image cache", () => {
  function cacheWith(failing: Set<string>) {
    const released: string[] = [];
    let loads = 0;
    let parallel = 0;
    let most = 0;
    const cache = new ImageCache({
      load: async (url) => {
        loads += 1;
        parallel += 1;
        most = Math.max(most, parallel);
        await Promise.resolve();
        parallel -= 1;
        if (failing.has(url)) throw new Error("The image is not there.");
        return { source: `blob:${url}`, pixelSize: 1 };
      },
      release: ({ source }) => void released.push(source),
    });
    const settle = async () => {
      for (let turn = 0; turn < 100; turn++) await Promise.resolve();
    };
    return { cache, released, settle, loads: () => loads, most: () => most };
  }

  it("loads an image that failed again with the next trial, as after a lost network", async () => {
    const failing = new Set([urlOf(1)]);
    const { cache, settle, loads } = cacheWith(failing);
    cache.want([urlOf(0), urlOf(1)]);
    await settle();
    expect(cache.images().get(urlOf(1))?.state).toBe("failed");
    failing.clear();
    cache.want([urlOf(1)]);
    await settle();
    expect(cache.images().get(urlOf(1))?.state).toBe("loaded");
    expect(loads()).toBe(3);
  });

  it("loads each image once, four at a time", async () => {
    const { cache, settle, loads, most } = cacheWith(new Set());
    const urls = Array.from({ length: 20 }, (_, index) => urlOf(index));
    cache.want(urls);
    cache.want(urls);
    await settle();
    expect(loads()).toBe(20);
    expect(most()).toBe(4);
    expect(cache.images().get(urlOf(19))).toEqual({ state: "loaded", source: `blob:${urlOf(19)}`, pixelSize: 1 });
  });

  it("frees what is no longer wanted", async () => {
    const { cache, settle, released } = cacheWith(new Set());
    cache.want([urlOf(0), urlOf(1)]);
    await settle();
    cache.want([urlOf(1), urlOf(2)]);
    await settle();
    expect(released).toEqual([`blob:${urlOf(0)}`]);
    expect([...cache.images().keys()]).toEqual([urlOf(1), urlOf(2)]);
  });

  it("loads again what failed", async () => {
    const failing = new Set([urlOf(0)]);
    const { cache, settle } = cacheWith(failing);
    cache.want([urlOf(0)]);
    await settle();
    expect(cache.images().get(urlOf(0))).toEqual({ state: "failed" });
    failing.clear();
    cache.retry();
    await settle();
    expect(cache.images().get(urlOf(0))?.state).toBe("loaded");
  });
});

describe("the size of an image's pixels", () => {
  /** Random colours, each a square of this many pixels of the file. */
  function enlarged(columns: number, rows: number, size: number): { width: number; height: number; values: Uint32Array } {
    const random = new Random({ seed: 1, generation: 0, index: 0, purpose: Purpose.NOISE });
    const colours = Array.from({ length: columns * rows }, () => random.below(4));
    const width = columns * size;
    const values = Uint32Array.from({ length: width * rows * size }, (_, at) => {
      const [x, y] = [Math.floor((at % width) / size), Math.floor(at / width / size)];
      return colours[y * columns + x] as number;
    });
    return { width, height: rows * size, values };
  }

  it.each([
    [28, 28, 12],
    [32, 32, 10],
    [7, 28, 12],
    [227, 227, 1],
    [227, 227, 2],
  ])("is found in an image of %d x %d pixels enlarged %d times", (columns, rows, size) => {
    expect(pixelSizeOf(enlarged(columns, rows, size))).toBe(size);
  });

  it("is 1 for an image of one colour, which could have any size", () => {
    expect(pixelSizeOf({ width: 320, height: 320, values: new Uint32Array(320 * 320) })).toBe(1);
  });
});

describe("practice", () => {
  const kinds: readonly QuestionKind[] = ["ONE_LABEL_OF", "ONE_IMAGE_OF", "YES_NO", "FREE_TEXT", "RATINGS", "PAIR"];

  it.each(kinds)("has three trials of the study's kind of question: %s", (kind) => {
    const label = kind === "ONE_IMAGE_OF" || kind === "PAIR" ? "zebra" : null;
    const timing = { blankMs: 500, imageMs: 63, maskMs: 200, answerMs: 0 };
    const model = trialOf(0, { question: { ...trialOf(0).question, kind, label }, timing });
    const trials = practiceTrials(model, textsIn("en"));
    expect(trials).toHaveLength(3);
    for (const trial of trials) {
      expect(trial.question.kind).toBe(kind);
      expect(trial.timing).toEqual(timing);
      expect(trial.images).toHaveLength(kind === "PAIR" ? 2 : kind === "ONE_IMAGE_OF" ? 3 : 1);
      expect(trial.images.every(({ url }) => url.startsWith("data:image/svg+xml,"))).toBe(true);
      expect(JSON.stringify(trial)).not.toContain("zebra");
    }
  });
});
