/** The control: the confidences of 200 random images without evolution. If they are high, the network itself is the cause. */
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { createRandomNoise } from "@pareidolia/evolution/randomNoise";
import type { ReportRow } from "../report.ts";
import { judgeForLeNet, openDigitModels } from "./digitModels.ts";
import { evolveSeed } from "./evolveSeed.ts";
import type { Experiment } from "./experiment.ts";
import { offspring } from "./mapElitesExperiment.ts";
import { digitNetworks } from "./networkRules.ts";
import { seedsOf } from "./seeds.ts";

const judgedSeeds = 3;

export const noise: Experiment = {
  id: "noise",
  description: "random images without evolution: the best of 200 a class; bar for LeNet",
  presets: directEncoding.presets,
  networks: digitNetworks,
  async run({ models, presets, generations = 0, onProgress, ...rest }) {
    const seeds = seedsOf(rest, judgedSeeds);
    const [id = "paper"] = presets ?? [];
    const values = directEncoding.presets.find((preset) => preset.id === id)?.values ?? {};
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    for (const model of await openDigitModels(models)) {
      const { classifier } = model;
      const encoding = directEncoding.create(classifier.input, values);
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
            const scores = [stored.median, stored.minimum, seen.median].map((score) => score.toFixed(6));
            lines.push([model.id, String(seed), String(seen.evaluations), ...scores]);
            onProgress(`noise, ${model.id}, seed ${seed}, best of ${seen.evaluations}: median ${stored.median.toFixed(6)}`);
          },
        });
        medians.push(reached.get(0)?.stored.median ?? Number.NaN);
      }
      rows.push(
        judgeForLeNet(model, {
          id: `noise.${model.id}.median`,
          what: `median over the classes of the best of ${offspring} random images, stored bytes, worst of ${seeds.length} seeds`,
          figure: Math.max(...medians),
          bar: { below: 0.7 },
          detail: medians.map((value, index) => `seed ${seeds[index]}: ${value.toFixed(6)}`).join(", "),
        }),
      );
    }
    return { head: ["network", "seed", "images", "median", "minimum", "median (float)"], lines, rows };
  },
};
