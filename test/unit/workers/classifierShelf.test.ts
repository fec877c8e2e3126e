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

/** Opens networks whose first answers in each way are refused with `error`, and keeps a list of what it did. */
function shelfOf(error: Error | null = null) {
  const done: string[] = [];
  const refused = async (): Promise<never> => Promise.reject(error);
  const shelf = createClassifierShelf(async ({ id }) => {
    const sound = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 2 });
    const isFirst = !done.includes(`load ${id}`);
    done.push(`load ${id}`);
    const broken = isFirst && error !== null ? { predict: refused, scoreWithLogits: refused, inputGradients: refused } : {};
    return { ...sound, ...broken, dispose: async () => void done.push(`dispose ${id}`) };
  });
  return { shelf, done };
}

describe("the shelf of open networks", () => {
  it("opens a network once however often it is asked for, and puts the one away that was not used for longest", async () => {
    const { shelf, done } = shelfOf();
    for (const id of ["a", "b", "a", "c", "a"]) await shelf.open(modelOf(id));
    expect(done).toEqual(["load a", "load b", "load c", "dispose b"]);
    await shelf.close();
    expect(done.slice(4).sort()).toEqual(["dispose a", "dispose c"]);
  });

  const asking: Record<string, (classifier: DifferentiableClassifier) => Promise<unknown>> = {
    scores: (classifier) => classifier.predict([grey]),
    logits: (classifier) => classifier.scoreWithLogits([grey]),
    gradients: (classifier) => classifier.inputGradients([grey], request),
  };
  it.each(Object.keys(asking))("opens another in the place of one that died when it was asked for %s", async (what) => {
    const ask = asking[what] as (typeof asking)[string];
    const { shelf, done } = shelfOf(stopped);
    const dead = await shelf.open(modelOf("a"));
    await expect(ask(dead)).rejects.toBe(stopped);
    await ask(await shelf.open(modelOf("a")));
    await shelf.open(modelOf("a"));
    expect(done).toEqual(["load a", "dispose a", "load a"]);
    await shelf.close();
  });

  it("keeps one that refused what it was asked and lives on", async () => {
    const { shelf, done } = shelfOf(new AppError("INVALID_INPUT", "This image has another shape."));
    await expect((await shelf.open(modelOf("a"))).predict([grey])).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await shelf.open(modelOf("a"));
    expect(done).toEqual(["load a"]);
    await shelf.close();
  });

  it("tries again to open what did not open", async () => {
    let tries = 0;
    const sound = createLinearClassifier({ input: { width: 8, height: 8, channels: 1 }, classes: 2 });
    const shelf = createClassifierShelf(async () => {
      if (++tries === 1) throw new Error("There is no file.");
      return sound;
    });
    await expect(shelf.open(modelOf("a"))).rejects.toMatchObject({ code: "INTERNAL" });
    await (await shelf.open(modelOf("a"))).predict([grey]);
    await shelf.close();
  });
});
