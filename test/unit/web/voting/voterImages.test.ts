/** Which images are loaded ahead, how they are kept and freed, and that practice shows none of the study's. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import type { BallotImage, BallotTrial, QuestionKind } from "../../../../apps/web/src/features/voting/ballot.ts";
import { fetchImage } from "../../../../apps/web/src/features/voting/fetchImage.ts";
import { ImageCache } from "../../../../apps/web/src/features/voting/imageCache.ts";
import { imagesAhead, imagesOnScreen } from "../../../../apps/web/src/features/voting/imagesAhead.ts";
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
    expect([imagesOnScreen(trials, 0), imagesOnScreen(trials, 7), imagesOnScreen(trials, null)]).toEqual([2, 0, 0]);
  });
});

describe("the image cache", () => {
  /** @param failures how often each address still fails. */
  function cacheWith(failures: Map<string, number>) {
    const released: string[] = [];
    const started: string[] = [];
    const pauses: number[] = [];
    const held: (() => void)[] = [];
    let holds = false;
    let parallel = 0;
    let most = 0;
    const cache = new ImageCache({
      load: async (url) => {
        started.push(url);
        parallel += 1;
        most = Math.max(most, parallel);
        await (holds ? new Promise<void>((done) => held.push(done)) : Promise.resolve());
        parallel -= 1;
        const left = failures.get(url) ?? 0;
        failures.set(url, left - 1);
        if (left > 0) throw new Error("The image is not there.");
        return `blob:${url}`;
      },
      release: (source) => void released.push(source),
      wait: async (milliseconds) => void pauses.push(milliseconds),
    });
    const settle = async () => {
      for (let turn = 0; turn < 200; turn++) await Promise.resolve();
    };
    const hold = () => {
      holds = true;
    };
    /** Answers the oldest request that is held. */
    const answer = async () => {
      held.shift()?.();
      await settle();
    };
    return { cache, released, started, pauses, settle, hold, answer, most: () => most };
  }

  it("repeats a load that failed, without reporting it", async () => {
    const { cache, settle, started, pauses } = cacheWith(new Map([[urlOf(0), 1]]));
    cache.want([urlOf(0)]);
    await settle();
    expect(cache.images().get(urlOf(0))).toEqual({ state: "loaded", source: `blob:${urlOf(0)}` });
    expect([started, pauses]).toEqual([[urlOf(0), urlOf(0)], [500]]);
  });

  it("reports an image that failed four times, and loads it again with the next trial, as after a lost network", async () => {
    const failures = new Map([[urlOf(1), 4]]);
    const { cache, settle, started, pauses } = cacheWith(failures);
    cache.want([urlOf(0), urlOf(1)]);
    await settle();
    expect(cache.images().get(urlOf(1))).toEqual({ state: "failed" });
    expect(pauses).toEqual([500, 1_500, 4_000]);
    cache.want([urlOf(1)]);
    await settle();
    expect(cache.images().get(urlOf(1))?.state).toBe("loaded");
    expect(started).toHaveLength(6);
  });

  it("does not repeat what is no longer wanted", async () => {
    const { cache, settle, started, hold, answer } = cacheWith(new Map([[urlOf(0), 9]]));
    hold();
    cache.want([urlOf(0)]);
    cache.want([]);
    await answer();
    await settle();
    expect(started).toEqual([urlOf(0)]);
  });

  it("loads each image once, in order, two at a time", async () => {
    const { cache, settle, started, most } = cacheWith(new Map());
    const urls = Array.from({ length: 20 }, (_, index) => urlOf(index));
    cache.want(urls);
    cache.want(urls);
    await settle();
    expect(started).toEqual(urls);
    expect(most()).toBe(2);
    expect(cache.images().get(urlOf(19))).toEqual({ state: "loaded", source: `blob:${urlOf(19)}` });
  });

  it("loads the images on the screen together, and no other before they are here", async () => {
    const { cache, started, hold, answer } = cacheWith(new Map([[urlOf(1), 1]]));
    hold();
    const urls = Array.from({ length: 6 }, (_, index) => urlOf(index));
    cache.want(urls, 3);
    expect(started).toEqual(urls.slice(0, 3));
    await answer();
    // The second one fails once.
    await answer();
    expect(started).toEqual([...urls.slice(0, 3), urlOf(1)]);
    await answer();
    expect(started).toHaveLength(4);
    await answer();
    expect(started.slice(4)).toEqual([urlOf(3), urlOf(4)]);
  });

  it("frees what is no longer wanted", async () => {
    const { cache, settle, released } = cacheWith(new Map());
    cache.want([urlOf(0), urlOf(1)]);
    await settle();
    cache.want([urlOf(1), urlOf(2)]);
    await settle();
    expect(released).toEqual([`blob:${urlOf(0)}`]);
    expect([...cache.images().keys()]).toEqual([urlOf(1), urlOf(2)]);
  });

  it("loads again what failed", async () => {
    const { cache, settle } = cacheWith(new Map([[urlOf(0), 4]]));
    cache.want([urlOf(0)]);
    await settle();
    expect(cache.images().get(urlOf(0))).toEqual({ state: "failed" });
    cache.retry();
    await settle();
    expect(cache.images().get(urlOf(0))?.state).toBe("loaded");
  });
});

describe("fetching an image", () => {
  async function withServer<T>(chunks: number, pauseMs: number, use: (url: string) => Promise<T>): Promise<T> {
    const answer = async (response: ServerResponse): Promise<void> => {
      response.writeHead(200, { "content-type": "image/webp" });
      for (let sent = 0; sent < chunks; sent++) {
        response.write(Buffer.alloc(100, sent));
        await new Promise((done) => setTimeout(done, pauseMs));
      }
      response.end();
    };
    const server = createServer((_request, response) => void answer(response));
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    try {
      return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    } finally {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    }
  }

  it("takes longer than the limit of silence as long as bytes arrive", async () => {
    const blob = await withServer(8, 300, (url) => fetchImage(url, 2_000));
    expect([blob.size, blob.type]).toEqual([800, "image/webp"]);
  });

  it("ends once the network is silent", async () => {
    await expect(withServer(2, 1_000, (url) => fetchImage(url, 200))).rejects.toThrow(/sent nothing more/);
  });
});

describe("practice", () => {
  const kinds: readonly QuestionKind[] = ["ONE_LABEL_OF", "ONE_IMAGE_OF", "YES_NO", "FREE_TEXT", "RATINGS", "PAIR"];

  it.each(kinds)("has three trials of the study's kind of question: %s", (kind) => {
    const label = kind === "ONE_IMAGE_OF" || kind === "PAIR" ? "zebra" : null;
    const timing = { blankMs: 500, imageMs: 63, maskMs: 200, answerMs: 0 };
    const model = trialOf(0, { question: { ...trialOf(0).question, kind, label }, timing });
    const images = Array.from({ length: kind === "PAIR" ? 2 : kind === "ONE_IMAGE_OF" ? 4 : 1 }, () => trialOf(0).images[0] as BallotImage);
    const trials = practiceTrials({ ...model, images }, textsIn("en")).map(({ trial }) => trial);
    expect(trials).toHaveLength(3);
    for (const trial of trials) {
      expect(trial.question).toEqual({ ...model.question, label: label === null ? null : trial.question.label });
      expect(trial.timing).toEqual(timing);
      expect(trial.images).toHaveLength(images.length);
      expect(trial.images.every(({ url }) => url.startsWith("data:image/svg+xml,"))).toBe(true);
      expect(JSON.stringify(trial)).not.toContain("zebra");
    }
  });

  it("is of the phase of its trial, and shows as many examples, which are other images of the right answer", () => {
    const exemplars = Array.from({ length: 5 }, (_, index) => ({ url: `/example-${index}.png`, width: 32, height: 32 }));
    const question = { ...trialOf(0).question, kind: "ONE_IMAGE_OF" as const, label: "zebra" };
    const images = Array.from({ length: 12 }, () => trialOf(0).images[0] as BallotImage);
    const trials = practiceTrials({ ...trialOf(0), phase: 2, question, images, exemplars }, textsIn("de"));
    for (const { trial } of trials) {
      expect(trial.phase).toBe(2);
      expect(new Set(trial.images.map(({ url }) => url)).size).toBe(12);
      expect(new Set(trial.exemplars.map(({ url }) => url)).size).toBe(5);
      for (const { url } of trial.exemplars) {
        expect(url.startsWith("data:image/svg+xml,")).toBe(true);
        expect(trial.images.map((image) => image.url)).not.toContain(url);
      }
    }
  });

  it("offers as many names as the study, and the digits of a study of digits", () => {
    for (const count of [2, 3, 8, 48]) {
      const options = Array.from({ length: count }, (_, index) => `label ${index}`);
      for (const { trial } of practiceTrials(trialOf(0, { options }), textsIn("en"))) {
        expect(new Set(trial.options).size).toBe(count);
        expect(trial.options.join()).not.toContain("label");
      }
    }
    const digits = ["7", "0", "3", "1", "2", "4", "5", "6", "8", "9"];
    for (const { trial, rightAnswer } of practiceTrials(trialOf(0, { options: digits }), textsIn("en"))) {
      expect(trial.options).toEqual(digits);
      expect(decodeURIComponent(trial.images[0]?.url ?? "")).toContain(`>${rightAnswer}</text>`);
    }
  });

  it("offers the digit that it shows, whichever digits the study offers", () => {
    for (const options of [
      ["0", "6"],
      ["7", "2"],
      ["1", "3", "4"],
    ])
      for (const { trial, rightAnswer, isRight } of practiceTrials(trialOf(0, { options }), textsIn("en"))) {
        expect(new Set(trial.options).size).toBe(options.length);
        expect(trial.options).toContain(rightAnswer);
        expect(trial.options.map((_, choice) => isRight({ choice })).filter(Boolean), options.join()).toHaveLength(1);
      }
  });

  it("knows the right answer of each trial, of which there is one", () => {
    const of = (kind: QuestionKind, options: readonly string[]) => {
      const [image] = trialOf(0).images as [BallotImage];
      const images = kind === "PAIR" ? [image, image] : kind === "ONE_IMAGE_OF" ? [image, image, image] : [image];
      return practiceTrials({ ...trialOf(0, { options, images }), question: { ...trialOf(0).question, kind, levels: 5 } }, textsIn("en"));
    };
    for (const [kind, count] of [
      ["ONE_LABEL_OF", 4],
      ["ONE_IMAGE_OF", 3],
      ["PAIR", 2],
      ["YES_NO", 2],
    ] as const)
      for (const { isRight } of of(kind, ["a", "b", "c", "d"])) {
        const right = Array.from({ length: count }, (_, choice) => isRight({ choice }));
        expect(right.filter(Boolean), kind).toHaveLength(1);
        expect(isRight({ cantTell: true })).toBe(false);
      }
    for (const { isRight, rightAnswer } of of("FREE_TEXT", [])) {
      expect(isRight({ text: `A ${rightAnswer.toUpperCase()}, I think` })).toBe(true);
      expect(isRight({ text: "a cloud" })).toBe(false);
    }
    for (const { isRight, trial, rightAnswer } of of("RATINGS", ["a", "b", "c"])) {
      const at = trial.options.indexOf(rightAnswer);
      expect(isRight({ ratings: [1, 1, 1].with(at, 4) })).toBe(true);
      expect(isRight({ ratings: [4, 4, 4] })).toBe(false);
    }
  });
});
