/** The paper's MNIST experiments: MAP-Elites with 200 individuals a generation, judged at fixed generations on every seed. */

import { AppError } from "@pareidolia/core/appError";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import { MapElites } from "@pareidolia/evolution/mapElites";
import { judge, type ReportRow } from "../report.ts";
import { type Checkpoint, evolveSeed } from "./evolveSeed.ts";
import type { Experiment, Figure } from "./experiment.ts";

export interface Gate {
  readonly generation: number;
  readonly statistic: "median" | "minimum";
  readonly atLeast: number;
}

/** 200 at random, then 200 a generation (section 2.2; released code: POP_SIZE). */
export const offspring = 200;
const defaultGenerations = 200;
const shownGenerations = [0, 10, 20, 50, 100, 200];

export function mapElitesExperiment<G>(options: {
  id: string;
  description: string;
  encoding: EncodingDefinition<G>;
  defaultPresets: readonly string[];
  gatesOf: (preset: string) => readonly Gate[];
}): Experiment {
  return {
    id: options.id,
    description: options.description,
    presets: options.encoding.presets,
    async run({ models, presets, seeds, generations = defaultGenerations, onProgress }) {
      const classifier = await models.open("lenet");
      const lines: string[][] = [];
      const rows: ReportRow[] = [];
      const figures: Figure[] = [];
      const series: Curve[] = [];
      for (const id of presets ?? options.defaultPresets) {
        const preset = options.encoding.presets.find((candidate) => candidate.id === id);
        if (preset === undefined) throw new AppError("INVALID_INPUT", `${options.id} has no preset "${id}".`);
        const encoding = options.encoding.create(classifier.input, preset.values);
        const perSeed: ReadonlyMap<number, Checkpoint>[] = [];
        for (const seed of seeds) {
          const search = new MapElites({ encoding, niches: classifier.labels.length, seed, offspring, insertion: "every-class" });
          const onCheckpoint = (checkpoint: Checkpoint): void => {
            lines.push([id, String(seed), ...describeCheckpoint(checkpoint)]);
            onProgress(
              `${options.id} ${id}, seed ${seed}, generation ${checkpoint.seen.generation}: median ${checkpoint.stored.median.toFixed(6)}`,
            );
          };
          perSeed.push(await evolveSeed({ search, encoding, classifier, generations, checkpoints: shownGenerations, onCheckpoint }));
        }
        figures.push(gridOf(`${options.id}, ${id}`, seeds, perSeed));
        for (const [index, reached] of perSeed.entries()) series.push(curveOf(`${id}, seed ${seeds[index]}`, reached));
        for (const gate of options.gatesOf(id)) rows.push(judgeGate(`${options.id}.${id}`, gate, seeds, perSeed));
      }
      return { head: checkpointHead, lines, rows, figures: [...figures, climbOf(options.id, series)] };
    },
  };
}

interface Curve {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

function curveOf(name: string, reached: ReadonlyMap<number, Checkpoint>): Curve {
  return { name, points: [...reached].map(([generation, { stored }]) => [generation, stored.median] as const) };
}

function climbOf(id: string, series: readonly Curve[]): Figure {
  return {
    kind: "curves",
    title: `Median confidence by generation, ${id}`,
    caption: "Over the ten digits, on stored bytes; a line a preset and seed.",
    x: "generation",
    y: "median confidence",
    series,
  };
}

/** As in the paper's Figures 4 and 5: a row a run, a column a digit. */
function gridOf(title: string, seeds: readonly number[], perSeed: readonly ReadonlyMap<number, Checkpoint>[]): Figure {
  const last = perSeed.map((reached) => reached.get(Math.max(...reached.keys()))?.elites ?? []);
  return {
    kind: "images",
    title: `Taken for digits: ${title}`,
    caption: `A row for each of the seeds ${seeds.join(", ")}, a column a digit from 0 to 9, with LeNet's confidence at the last generation.`,
    images: last.flatMap((elites) =>
      elites.flatMap((elite) => (elite === null ? [] : [{ image: elite.image, caption: elite.confidence.toFixed(5) }])),
    ),
    columns: last[0]?.length ?? 10,
  };
}

const checkpointHead = [
  "preset",
  "seed",
  "generation",
  "median",
  "minimum",
  "median (float)",
  "minimum (float)",
  "filled",
  "evaluations",
  "per second",
];

function describeCheckpoint({ seen, stored, evaluationsPerSecond }: Checkpoint): string[] {
  const scores = [stored.median, stored.minimum, seen.median, seen.minimum].map((score) => score.toFixed(6));
  return [String(seen.generation), ...scores, String(seen.filled), String(seen.evaluations), evaluationsPerSecond.toFixed(0)];
}

/** The worst seed counts. */
function judgeGate(id: string, gate: Gate, seeds: readonly number[], perSeed: readonly ReadonlyMap<number, Checkpoint>[]): ReportRow {
  const scores = perSeed.flatMap((reached) => reached.get(gate.generation)?.stored[gate.statistic] ?? []);
  const complete = scores.length === seeds.length;
  return judge({
    id: `${id}.${gate.statistic}@${gate.generation}`,
    what: `${gate.statistic} over the classes at generation ${gate.generation}, stored bytes, worst of ${seeds.length} seeds`,
    figure: complete ? Math.min(...scores) : null,
    bar: { atLeast: gate.atLeast },
    detail: complete
      ? scores.map((score, index) => `seed ${seeds[index]}: ${score.toFixed(6)}`).join(", ")
      : `needs --generations ${gate.generation} or more`,
  });
}
