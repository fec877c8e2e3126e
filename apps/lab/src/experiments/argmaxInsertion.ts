/**
 * Shows why re-implementations get stuck: an archive that inserts a child only into its top class leaves classes empty. Comparing the
 * child in every class, as in the paper, fills all classes.
 */
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { MapElites } from "@pareidolia/evolution/mapElites";
import { judge, type ReportRow } from "../report.ts";
import { openDigitModels } from "./digitModels.ts";
import { evolveSeed } from "./evolveSeed.ts";
import type { Experiment } from "./experiment.ts";
import { offspring } from "./mapElitesExperiment.ts";
import { digitNetworks } from "./networkRules.ts";
import { seedsOf } from "./seeds.ts";

const rules = ["every-class", "argmax"] as const;
const judgedSeeds = 3;

export const argmaxInsertion: Experiment = {
  id: "argmax-insertion",
  description: "children inserted in every class that they win, against insertion in their top class only",
  presets: directEncoding.presets,
  networks: digitNetworks,
  async run({ models, presets, generations = 200, onProgress, ...rest }) {
    const seeds = seedsOf(rest, judgedSeeds);
    const [preset = "paper"] = presets ?? [];
    const values = directEncoding.presets.find((candidate) => candidate.id === preset)?.values ?? {};
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    for (const { id, classifier } of await openDigitModels(models)) {
      const encoding = directEncoding.create(classifier.input, values);
      const niches = classifier.labels.length;
      const filled = { "every-class": [] as number[], argmax: [] as number[] };
      for (const seed of seeds)
        for (const insertion of rules)
          await evolveSeed({
            search: new MapElites({ encoding, niches, seed, offspring, insertion }),
            encoding,
            classifier,
            generations,
            checkpoints: [],
            onCheckpoint: ({ seen, stored }) => {
              filled[insertion].push(seen.filled);
              const scores = [stored.median, stored.minimum].map((score) => score.toFixed(6));
              lines.push([id, insertion, String(seed), String(seen.generation), String(seen.filled), ...scores]);
              onProgress(`${insertion}, ${id}, seed ${seed}, generation ${seen.generation}: ${seen.filled} of ${niches} classes filled`);
            },
          });
      rows.push(
        judge({
          id: `argmax-insertion.${id}.filled`,
          what: `classes filled at generation ${generations} by insertion in every class, minimum of ${seeds.length} seeds, on ${id}`,
          figure: Math.min(...filled["every-class"]),
          bar: { atLeast: niches },
          detail: `insertion in the top class only fills ${filled.argmax.join(", ")} of ${niches}`,
        }),
      );
    }
    return { head: ["network", "insertion", "seed", "generation", "filled", "median", "minimum"], lines, rows };
  },
};
