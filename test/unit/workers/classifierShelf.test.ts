import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { createClassifierShelf, type ModelToOpen } from "@pareidolia/workers/classifierShelf";
import { describe, expect, it } from "vitest";
import { createLinearClassifier } from "../../support/linearClassifier.ts";

const modelOf = (id: string): ModelToOpen => ({
  id,
  slug: id,
  sha256: "0".repeat(64),
  origin: "zoo",
  labels: ["0", "1"],
  preprocessing: null,
  framing: { kind: "whole" },
});
const grey = { width: 8, height: 8, channels: 1, pixels: new Float32Array(64).fill(128) } as const;
const request = { of: "logits", weights: Float32Array.of(1, 0) } as const;
const stopped = new AppError("UNAVAILABLE", "An inference thread has stopped: out of memory. Open the model again.");

/** A shelf whose first classifier for each network fails with `error`, and a list of its actions. */
function shelfOf(error: Error | null = null) {
  const done: string[] = [];
  const refused = async (): Promise<never> => Promise.reject(error);
  const shelf = createClassifierShelf(async ({ id }) => {
    const working = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 2 });
    const isFirst = !done.includes(`load ${id}`);
    done.push(`load ${id}`);
    const broken = isFirst && error !== null ? { predict: refused, scoreWithLogits: refused, inputGradients: refused } : {};
    return { ...working, ...broken, dispose: async () => void done.push(`dispose ${id}`) };
  });
  return { shelf, done };
}

describe("the shelf of open networks", () => {
  it("opens a network once for many requests, and disposes of the least recently used one", async () => {
    const { shelf, done } = shelfOf();
    for (const id of ["a", "b", "a", "c", "a"]) await shelf.open(modelOf(id));
    expect(done).toEqual(["load a", "load b", "load c", "dispose b"]);
    await shelf.close();
    expect(done.slice(4).sort()).toEqual(["dispose a", "dispose c"]);
  });

  const requests: Record<string, (classifier: DifferentiableClassifier) => Promise<unknown>> = {
    scores: (classifier) => classifier.predict([grey]),
    logits: (classifier) => classifier.scoreWithLogits([grey]),
    gradients: (classifier) => classifier.inputGradients([grey], request),
  };
  it.each(Object.keys(requests))("opens a network again after it died while computing %s", async (what) => {
    const compute = requests[what] as (typeof requests)[string];
    const { shelf, done } = shelfOf(stopped);
    const dead = await shelf.open(modelOf("a"));
    await expect(compute(dead)).rejects.toBe(stopped);
    await compute(await shelf.open(modelOf("a")));
    await shelf.open(modelOf("a"));
    expect(done).toEqual(["load a", "dispose a", "load a"]);
    await shelf.close();
  });

  it("keeps a network that rejects a request", async () => {
    const { shelf, done } = shelfOf(new AppError("INVALID_INPUT", "This image has another shape."));
    await expect((await shelf.open(modelOf("a"))).predict([grey])).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await shelf.open(modelOf("a"));
    expect(done).toEqual(["load a"]);
    await shelf.close();
  });

  it("retries to open a network that failed to open", async () => {
    let tries = 0;
    const working = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 2 });
    const shelf = createClassifierShelf(async () => {
      if (++tries === 1) throw new Error("The file is missing.");
      return working;
    });
    await expect(shelf.open(modelOf("a"))).rejects.toMatchObject({ code: "INTERNAL" });
    await (await shelf.open(modelOf("a"))).predict([grey]);
    await shelf.close();
  });
});
