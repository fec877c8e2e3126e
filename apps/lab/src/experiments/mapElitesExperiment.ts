/**
 * The paper's MNIST experiments: MAP-Elites with 200 individuals per generation, judged at fixed generations on every seed, beside as many
 * random individuals without evolution. The bars apply to LeNet; the user's networks have the same figures without bars.
 */
import { mannWhitney, smallestP } from "@pareidolia/analysis/mannWhitney";
import { AppError } from "@pareidolia/core/appError";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import { randomIndividuals } from "@pareidolia/evolution/emitters/randomIndividuals";
import { MapElites } from "@pareidolia/evolution/mapElites";
import { medianRow, pRow } from "../findings.ts";
import { noBar, type ReportRow } from "../report.ts";
import { type DigitModel, judgeForLeNet, openDigitModels } from "./digitModels.ts";
import { type Checkpoint, evolveSeed, type FirstAt } from "./evolveSeed.ts";
import type { Experiment, Figure } from "./experiment.ts";
import { digitNetworks } from "./networkRules.ts";
import { seedsOf } from "./seeds.ts";

export interface Gate {
  readonly generation: number;
  readonly statistic: "median" | "minimum";
  /** LeNet's bar. If absent, the figure is shown without a bar. */
  readonly atLeast?: number;
  /** Whether a claim of the paper compares the interval over runs, and the test against random individuals. */
  readonly isClaimed?: true;
}

interface EvolvedSeed {
  readonly seed: number;
  readonly reached: ReadonlyMap<number, Checkpoint>;
  readonly firstAt: FirstAt;
  /** The control: the same number of random individuals; each niche keeps its best. */
  readonly random: ReadonlyMap<number, Checkpoint>;
}

/** 200 random individuals, then 200 per generation (section 2.2; released code: POP_SIZE). */
export const offspring = 200;
const defaultGenerations = 200;
/** A 95% interval of the median over runs needs six. */
const judgedSeeds = 6;
/** The paper's 99.99%. */
const level = 0.9999;
const shownGenerations = [0, 5, 10, 20, 50, 100, 200];

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
    networks: digitNetworks,
    async run({ models, presets, generations = defaultGenerations, onProgress, ...rest }) {
      const seeds = seedsOf(rest, judgedSeeds);
      const lines: string[][] = [];
      const rows: ReportRow[] = [];
      const figures: Figure[] = [];
      const series: Curve[] = [];
      for (const model of await openDigitModels(models)) {
        const { classifier } = model;
        for (const id of presets ?? options.defaultPresets) {
          const preset = options.encoding.presets.find((candidate) => candidate.id === id);
          if (preset === undefined) throw new AppError("INVALID_INPUT", `${options.id} has no preset "${id}".`);
          const name = `${model.id}, ${id}`;
          const encoding = options.encoding.create(classifier.input, preset.values);
          const perSeed: EvolvedSeed[] = [];
          for (const seed of seeds) {
            const search = new MapElites({ encoding, niches: classifier.labels.length, seed, offspring, insertion: "every-class" });
            const onCheckpoint = (checkpoint: Checkpoint): void => {
              lines.push([model.id, id, String(seed), ...describeCheckpoint(checkpoint)]);
              onProgress(
                `${options.id}, ${name}, seed ${seed}, generation ${checkpoint.seen.generation}: median ${checkpoint.stored.median.toFixed(6)}`,
              );
            };
            const { checkpoints: reached, firstAt } = await evolveSeed({
              search,
              encoding,
              classifier,
              generations,
              checkpoints: shownGenerations,
              level,
              onCheckpoint,
            });
            const { checkpoints: random } = await evolveSeed({
              search: new MapElites({
                encoding,
                niches: classifier.labels.length,
                seed,
                offspring,
                insertion: "every-class",
                emitter: randomIndividuals,
              }),
              encoding,
              classifier,
              generations,
              checkpoints: shownGenerations,
              onCheckpoint: (checkpoint) => lines.push([model.id, `${id}, random`, String(seed), ...describeCheckpoint(checkpoint)]),
            });
            perSeed.push({ seed, reached, firstAt, random });
          }
          figures.push(imageFigure(`${options.id}, ${name}`, model.id, perSeed));
          for (const { seed, reached } of perSeed) series.push(curveOf(`${name}, seed ${seed}`, reached));
          const rowId = `${options.id}.${model.id}.${id}`;
          for (const gate of options.gatesOf(id))
            rows.push(judgeGate(rowId, gate, model, perSeed), ...(gate.isClaimed ? claimRows(rowId, gate, perSeed) : []));
          for (const statistic of ["median", "minimum"] as const) rows.push(firstGenerationRow(rowId, statistic, perSeed, generations));
        }
      }
      return { head: checkpointHead, lines, rows, figures: [...figures, curveFigure(options.id, series)], ran: { generations } };
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

function curveFigure(id: string, series: readonly Curve[]): Figure {
  return {
    kind: "curves",
    title: `Median confidence by generation, ${id}`,
    caption: "Over the ten digits, on stored bytes; one line per network, preset and seed.",
    x: "generation",
    y: "median confidence",
    series,
  };
}

/** As in the paper's Figures 4 and 5: one row per run, one column per digit. */
function imageFigure(title: string, network: string, perSeed: readonly EvolvedSeed[]): Figure {
  const last = perSeed.map(({ reached }) => reached.get(Math.max(...reached.keys()))?.elites ?? []);
  return {
    kind: "images",
    title: `Images labelled as digits: ${title}`,
    caption: `One row for each of the seeds ${perSeed.map(({ seed }) => seed).join(", ")}, one column per digit from 0 to 9, with ${network}'s confidence at the last generation.`,
    images: last.flatMap((elites) =>
      elites.flatMap((elite) => (elite === null ? [] : [{ image: elite.image, caption: elite.confidence.toFixed(5) }])),
    ),
    columns: last[0]?.length ?? 10,
  };
}

const checkpointHead = [
  "network",
  "preset",
  "seed",
  "generation",
  "median",
  "minimum",
  "median (float)",
  "minimum (float)",
  "filled",
  "evaluations",
  "evaluations/s",
];

function describeCheckpoint({ seen, stored, evaluationsPerSecond }: Checkpoint): string[] {
  const scores = [stored.median, stored.minimum, seen.median, seen.minimum].map((score) => score.toFixed(6));
  return [String(seen.generation), ...scores, String(seen.filled), String(seen.evaluations), evaluationsPerSecond.toFixed(0)];
}

/** The figure is that of the worst seed. */
function judgeGate(id: string, { generation, statistic, atLeast }: Gate, model: DigitModel, perSeed: readonly EvolvedSeed[]): ReportRow {
  const scores = perSeed.flatMap(({ reached }) => reached.get(generation)?.stored[statistic] ?? []);
  const complete = scores.length === perSeed.length;
  const row = {
    id: `${id}.${statistic}@${generation}`,
    what: `${statistic} over the classes at generation ${generation}, stored bytes, worst of ${perSeed.length} seeds`,
    figure: complete ? Math.min(...scores) : null,
    detail: complete
      ? scores.map((score, index) => `seed ${perSeed[index]?.seed}: ${score.toFixed(6)}`).join(", ")
      : `needs --generations ${generation} or more`,
  };
  if (atLeast === undefined) return { ...row, what: `${row.what}, on ${model.id}`, bar: noBar, holds: true, finding: true };
  return judgeForLeNet(model, { ...row, bar: { atLeast } });
}

/** The interval over runs, and the test against random individuals; none before the search has reached the generation. */
function claimRows(id: string, { generation, statistic }: Gate, perSeed: readonly EvolvedSeed[]): readonly ReportRow[] {
  const at = (name: "reached" | "random"): readonly number[] =>
    perSeed.flatMap((one) => one[name].get(generation)?.stored[statistic] ?? []);
  const [evolved, random] = [at("reached"), at("random")];
  if (evolved.length < perSeed.length) return [];
  const images = (offspring * (generation + 1)).toLocaleString("en");
  const words = `${statistic} over the classes at generation ${generation}, stored bytes`;
  return [
    medianRow({
      id: `${id}.claim-${statistic}@${generation}`,
      what: `${words}, median over the runs`,
      values: evolved,
      unit: "runs",
    }),
    medianRow({
      id: `${id}.random-${statistic}@${generation}`,
      what: `the same for ${images} random individuals without evolution, as many as the search evaluates`,
      values: random,
      unit: "runs",
    }),
    pRow({
      id: `${id}.null-${statistic}@${generation}`,
      what: `p, one-sided, Mann-Whitney U test over ${evolved.length} runs and as many controls: evolution exceeds as many random individuals`,
      p: mannWhitney(evolved, random, "greater").p,
      smallest: smallestP(evolved.length, random.length),
    }),
  ];
}

/** The generation at which the statistic first reaches the level, shown without a bar. */
function firstGenerationRow(id: string, statistic: keyof FirstAt, perSeed: readonly EvolvedSeed[], generations: number): ReportRow {
  const first = perSeed.map(({ firstAt }) => firstAt[statistic]);
  return {
    id: `${id}.${statistic}-first`,
    what: `seeds of ${perSeed.length} in which ${statistic === "median" ? "the median over the classes" : "every class"} reached ${level} by generation ${generations}, stored bytes; the detail has the first such generation of each seed`,
    figure: first.filter((generation) => generation !== null).length,
    bar: noBar,
    holds: true,
    detail: perSeed.map(({ seed }, index) => `seed ${seed}: ${first[index] ?? "none"}`).join(", "),
    finding: true,
  };
}
