/** The chain's steps and hashes, driven with images and files of a few bytes. */
import { createHash } from "node:crypto";
import type { ByteImage } from "@pareidolia/core/image";
import {
  type ChainPlan,
  driveChain,
  type EvolveStep,
  RetrainingChain,
  type TrainStep,
} from "@pareidolia/evolution/retraining/retrainingChain";
import { describe, expect, it } from "vitest";

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
const plan: ChainPlan = {
  links: [
    { runs: 2, weight: 0 },
    { runs: 3, weight: 0.1 },
    { runs: 1, weight: 0.2 },
  ],
  classes: 10,
  generations: 7,
  offspring: 20,
  seed: 5,
};
/** Six images per run, different for each seed. */
const imagesOf = ({ seeds }: EvolveStep): readonly ByteImage[] =>
  seeds.flatMap((seed) =>
    Array.from({ length: 6 }, (_, i): ByteImage => ({ width: 2, height: 1, channels: 1, pixels: Uint8Array.of(seed % 251, i) })),
  );
const fileOf = ({ seed, fooling }: TrainStep): Uint8Array => Uint8Array.of(seed % 251, fooling.trained.length, fooling.heldOut.length);

async function drive(chain: RetrainingChain, stopBefore = Number.POSITIVE_INFINITY): Promise<(TrainStep | EvolveStep)[]> {
  const steps: (TrainStep | EvolveStep)[] = [];
  const take = <Step extends TrainStep | EvolveStep>(step: Step): Step => {
    if (steps.length === stopBefore) throw new Error("stopped");
    steps.push(step);
    return step;
  };
  await driveChain(chain, { train: async (step) => fileOf(take(step)), evolve: async (step) => imagesOf(take(step)) });
  return steps;
}

describe("a retraining chain", () => {
  it("evolves against DNN_1, then alternates training and evolution, each with its own seeds", async () => {
    const steps = await drive(new RetrainingChain(plan, hash));
    expect(steps.map((step) => [step.do, step.network])).toEqual([
      ["evolve", 1],
      ["train", 2],
      ["evolve", 2],
      ["train", 3],
      ["evolve", 3],
    ]);
    const [first, second, third] = steps.filter((step) => step.do === "evolve");
    expect(first).toMatchObject({ classes: 10, generations: 7, offspring: 20, seeds: [1_000_008, 1_010_015] });
    expect(second?.seeds).toEqual([2_000_011, 2_010_018, 2_020_025]);
    expect(third?.seeds).toEqual([3_000_014]);
    expect(steps.filter((step) => step.do === "train").map(({ seed, weight }) => [seed, weight])).toEqual([
      [2_000_011, 0.1],
      [3_000_014, 0.2],
    ]);
  });

  it("trains on the images of all earlier networks, and holds out every tenth", async () => {
    const steps = await drive(new RetrainingChain(plan, hash));
    const [second, third] = steps.filter((step) => step.do === "train").map(({ fooling }) => fooling);
    expect([second?.trained.length, second?.heldOut.length]).toEqual([11, 1]);
    expect([third?.trained.length, third?.heldOut.length]).toEqual([27, 3]);
    expect(second?.heldOut).toEqual([{ width: 2, height: 1, channels: 1, pixels: Uint8Array.of(1_010_015 % 251, 3) }]);
  });

  it("keeps its seeds below 2^31", () => {
    const step = new RetrainingChain({ ...plan, seed: 2 ** 31 - 1 }, hash).ask();
    expect(step).toMatchObject({ do: "evolve", seeds: [1_000_002, 1_010_009] });
  });

  it("ends with the same hashes after any interruption", async () => {
    const whole = new RetrainingChain(plan, hash);
    await drive(whole);
    expect(whole.ask()).toBeNull();
    for (let stop = 0; stop < 5; stop++) {
      const interrupted = new RetrainingChain(plan, hash);
      await expect(drive(interrupted, stop)).rejects.toThrow("stopped");
      const resumed = new RetrainingChain(plan, hash);
      const images = (await drive(new RetrainingChain(plan, hash))).filter((step) => step.do === "evolve").map(imagesOf);
      for (const [i, { model }] of interrupted.links.entries()) resumed.restore({ model, images: images[i] ?? [] });
      await drive(resumed);
      expect(resumed.links).toEqual(whole.links);
      expect(resumed.hash).toBe(whole.hash);
    }
    const other = new RetrainingChain({ ...plan, seed: 6 }, hash);
    await drive(other);
    expect(other.hash).not.toBe(whole.hash);
  });

  it("refuses results that it did not request", async () => {
    const chain = new RetrainingChain(plan, hash);
    const conflict = expect.objectContaining({ code: "CONFLICT" });
    expect(() => chain.tellTrained(new Uint8Array(1))).toThrow(conflict);
    const step = chain.ask();
    if (step?.do !== "evolve") throw new Error("The chain does not start with an evolution.");
    chain.tellEvolved(imagesOf(step));
    expect(() => chain.tellEvolved(imagesOf(step))).toThrow(conflict);
    await drive(chain);
    expect(() => chain.tellEvolved(imagesOf(step))).toThrow(conflict);
  });
});
