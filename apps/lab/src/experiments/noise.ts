/**
 * The control without evolution: every generation has new random individuals, and each niche keeps its best. Evolution has to exceed
 * their confidence. If 200 random images reached high confidence, the cause would be the network, not evolution.
 */
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { randomIndividuals } from "@pareidolia/evolution/emitters/randomIndividuals";
import { MapElites } from "@pareidolia/evolution/mapElites";
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
  description: "random images without evolution: for each class the best of 200; bar for LeNet",
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
        const search = new MapElites({
          encoding,
          niches: classifier.labels.length,
          seed,
          offspring,
          insertion: "every-class",
          emitter: randomIndividuals,
        });
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
          what: `median over the classes of the best of ${offspring} random images, stored bytes, highest of ${seeds.length} seeds`,
          figure: Math.max(...medians),
          bar: { below: 0.7 },
          detail: medians.map((value, index) => `seed ${seeds[index]}: ${value.toFixed(6)}`).join(", "),
        }),
      );
    }
    return { head: ["network", "seed", "images", "median", "minimum", "median (float)"], lines, rows };
  },
};
