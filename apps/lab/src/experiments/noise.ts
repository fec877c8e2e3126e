/** The control: what 200 random images reach without evolution. It has to stay low, or the network itself is to blame. */
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { createRandomNoise } from "@pareidolia/evolution/randomNoise";
import { judge } from "../report.ts";
import { evolveSeed } from "./evolveSeed.ts";
import type { Experiment } from "./experiment.ts";
import { offspring } from "./mapElitesExperiment.ts";

export const noise: Experiment = {
  id: "noise",
  description: "random images without evolution: the best of 200 a class",
  presets: directEncoding.presets,
  async run({ models, presets, seeds, generations = 0, onProgress }) {
    const classifier = await models.open("lenet");
    const [id = "paper"] = presets ?? [];
    const values = directEncoding.presets.find((preset) => preset.id === id)?.values ?? {};
    const encoding = directEncoding.create(classifier.input, values);
    const lines: string[][] = [];
    const medians: number[] = [];
    for (const seed of seeds) {
      const search = createRandomNoise({ encoding, niches: classifier.labels.length, seed, offspring, insertion: "every-class" });
      const { checkpoints: reached } = await evolveSeed({
        search,
        encoding,
        classifier,
        generations,
        checkpoints: [0],
        onCheckpoint: ({ seen, stored }) => {
          lines.push([String(seed), String(seen.evaluations), stored.median.toFixed(6), stored.minimum.toFixed(6), seen.median.toFixed(6)]);
          onProgress(`noise, seed ${seed}, best of ${seen.evaluations}: median ${stored.median.toFixed(6)}`);
        },
      });
      medians.push(reached.get(0)?.stored.median ?? Number.NaN);
    }
    const row = judge({
      id: "noise.median",
      what: `median over the classes of the best of ${offspring} random images, stored bytes, worst of ${seeds.length} seeds`,
      figure: Math.max(...medians),
      bar: { below: 0.7 },
      detail: medians.map((value, index) => `seed ${seeds[index]}: ${value.toFixed(6)}`).join(", "),
    });
    return { head: ["seed", "images", "median", "minimum", "median (float)"], lines, rows: [row] };
  },
};
