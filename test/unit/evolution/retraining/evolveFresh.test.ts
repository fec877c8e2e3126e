import type { Classifier } from "@pareidolia/core/classifier";
import { evolveFresh } from "@pareidolia/evolution/retraining/evolveFresh";
import { describe, expect, it } from "vitest";
import { createLinearClassifier } from "../../../support/linearClassifier.ts";
import { smallEncoding } from "../../../support/searches.ts";

const encoding = smallEncoding();
/** Its last class represents the fooling class. */
const classifier = createLinearClassifier({ input: encoding.image, classes: 5 });
const plan = { seeds: [3, 4, 5], classes: 4, generations: 2, offspring: 10 };

describe("fresh runs", () => {
  it("keep the images of their first and last generation, but no elite of the fooling class", async () => {
    const { runs, images } = await evolveFresh({ plan, classifier, encoding });
    expect(runs.map((run) => run.map(({ niche }) => niche))).toEqual([
      [0, 1, 2, 3],
      [0, 1, 2, 3],
      [0, 1, 2, 3],
    ]);
    expect(images.length).toBe(3 * 2 * 4);
    expect(images.slice(4, 8)).toEqual(runs[0]?.map(({ image }) => image));
  });

  it("depend only on their seeds, not on concurrent runs", async () => {
    const together = await evolveFresh({ plan, classifier, encoding });
    for (const [i, seed] of plan.seeds.entries()) {
      const alone = await evolveFresh({ plan: { ...plan, seeds: [seed] }, classifier, encoding });
      expect(alone.runs[0]).toEqual(together.runs[i]);
    }
  });

  it("all stop if one fails or the caller aborts", async () => {
    let generations = 0;
    const stop = () => {
      if (++generations === 4) throw new Error("enough");
    };
    await expect(evolveFresh({ plan, classifier, encoding, onGeneration: stop })).rejects.toThrow("enough");
    expect(generations).toBeLessThanOrEqual(5);
    const broken: Classifier = { ...classifier, predict: () => Promise.reject(new Error("The engine broke.")) };
    await expect(evolveFresh({ plan, classifier: broken, encoding })).rejects.toThrow("The engine broke.");
    const reason = new Error("aborted");
    await expect(evolveFresh({ plan, classifier, encoding, signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });
});
