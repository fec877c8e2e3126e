/**
 * Why re-implementations get stuck: an archive that admits a child only into the class it is taken for leaves classes empty,
 * while comparing it in every class, as the paper does, fills them all.
 */
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { MapElites } from "@pareidolia/evolution/mapElites";
import { judge } from "../report.ts";
import { evolveSeed } from "./evolveSeed.ts";
import type { Experiment } from "./experiment.ts";
import { offspring } from "./mapElitesExperiment.ts";

const rules = ["every-class", "argmax"] as const;

export const argmaxInsertion: Experiment = {
  id: "argmax-insertion",
  description: "a child compared in every class against one admitted to its likeliest class only",
  presets: directEncoding.presets,
  async run({ models, presets, seeds, generations = 200, onProgress }) {
    const classifier = await models.open("lenet");
    const [id = "paper"] = presets ?? [];
    const values = directEncoding.presets.find((preset) => preset.id === id)?.values ?? {};
    const encoding = directEncoding.create(classifier.input, values);
    const niches = classifier.labels.length;
    const lines: string[][] = [];
    const filled = { "every-class": [] as number[], argmax: [] as number[] };
    for (const seed of seeds)
      for (const insertion of rules) {
        const search = new MapElites({ encoding, niches, seed, offspring, insertion });
        await evolveSeed({
          search,
          encoding,
          classifier,
          generations,
          checkpoints: [],
          onCheckpoint: ({ seen, stored }) => {
            filled[insertion].push(seen.filled);
            lines.push([
              insertion,
              String(seed),
              String(seen.generation),
              String(seen.filled),
              stored.median.toFixed(6),
              stored.minimum.toFixed(6),
            ]);
            onProgress(`${insertion}, seed ${seed}, generation ${seen.generation}: ${seen.filled} of ${niches} classes filled`);
          },
        });
      }
    const row = judge({
      id: "argmax-insertion.filled",
      what: `classes filled by comparing in every class at generation ${generations}, fewest of ${seeds.length} seeds`,
      figure: Math.min(...filled["every-class"]),
      bar: { atLeast: niches },
      detail: `admitting only to the likeliest class fills ${filled.argmax.join(", ")} of ${niches}`,
    });
    return { head: ["insertion", "seed", "generation", "filled", "median", "minimum"], lines, rows: [row] };
  },
};
