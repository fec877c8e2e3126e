/**
 * Measures whether detectors distinguish fooling images from real images, by generation. The network's own confidence must fail, since
 * the images were evolved for it; ODIN and energy use information that the softmax discards.
 */
import type { Interval } from "@pareidolia/analysis/bootstrap";
import { detectors as known } from "@pareidolia/analysis/detectors/registry";
import { areaUnderRoc, falsePositiveRateAt } from "@pareidolia/analysis/rocCurve";
import { areaInterval, falsePositiveRateInterval } from "@pareidolia/analysis/rocIntervals";
import { splitImages, toByteImage } from "@pareidolia/classifiers/data/labelledImages";
import { getOwnModel } from "@pareidolia/classifiers/training/ownModels";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import { type FloatImage, toFloatImage } from "@pareidolia/core/image";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { keepNothing } from "../keptResults/keep.ts";
import { judge, type ReportRow } from "../report.ts";
import { evolveGenerations } from "./evolvedGenerations.ts";
import type { Budget, Experiment, ExperimentOptions, Figure } from "./experiment.ts";
import { offspring } from "./mapElitesExperiment.ts";
import { bundledNetworksOnly } from "./networkRules.ts";

const budgets: Readonly<Record<Budget, { readonly runs: number; readonly real: number; readonly generations: readonly number[] }>> = {
  quick: { runs: 2, real: 500, generations: [0, 10, 50, 200] },
  full: { runs: 10, real: 1000, generations: [0, 1, 2, 5, 10, 20, 50, 100, 200] },
};

interface Measured {
  readonly encoding: string;
  readonly detector: string;
  readonly generation: number;
  readonly images: number;
  readonly auroc: Interval;
  readonly falsePositives: Interval;
}

export const detectors: Experiment = {
  id: "detectors",
  description: "maximum softmax, ODIN and energy against fooling images, by generation",
  presets: [],
  networks: bundledNetworksOnly("it needs the test images of the network's data set, which only bundled networks have"),
  async run(options) {
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const figures: Figure[] = [];
    const { keep = keepNothing } = options;
    for (const id of ["lenet", "small-cifar10"]) {
      const measured = await keep(id, () => measure(id, options));
      const { name } = getOwnModel(id).dataSet;
      lines.push(...measured.map((one) => [name, ...describe(one)]));
      rows.push(...judgeSoftmax(id, measured));
      figures.push(draw(name, measured));
    }
    return {
      head: ["data", "encoding", "detector", "generation", "images", "AUROC", "95% interval", "FPR@95", "95% interval"],
      lines,
      rows,
      figures,
    };
  },
};

async function measure(id: string, options: ExperimentOptions): Promise<readonly Measured[]> {
  const { models, budget, onProgress } = options;
  const { runs, real } = budgets[budget];
  const classifier = await models.open(id);
  const { test } = await getOwnModel(id).dataSet.read({ cacheFolder: options.cacheFolder });
  const [chosen] = splitImages(test, real);
  const positives = Array.from({ length: chosen.count }, (_, index) => toFloatImage(toByteImage(chosen, index)));
  const scoresOfReal = await scoreAll(classifier, positives);
  const measured: Measured[] = [];
  for (const [encoding, byGeneration] of [
    [directEncoding.id, await imagesByGeneration(classifier, directEncoding, budget)],
    [cppnEncoding.id, await imagesByGeneration(classifier, cppnEncoding, budget)],
  ] as const) {
    for (const [generation, images] of byGeneration) {
      const scores = await scoreAll(classifier, images);
      for (const [place, { id: detector }] of known.entries()) {
        const [ours = [], theirs = []] = [scoresOfReal[place], scores[place]];
        measured.push({
          encoding,
          detector,
          generation,
          images: images.length,
          auroc: areaInterval(ours, theirs) ?? without(areaUnderRoc(ours, theirs)),
          falsePositives: falsePositiveRateInterval(ours, theirs) ?? without(falsePositiveRateAt(ours, theirs)),
        });
      }
    }
    onProgress(`detectors, ${id}, ${encoding}: ${runs} runs scored`);
  }
  return measured;
}

/** The stored elites of all runs. */
async function imagesByGeneration<G>(
  classifier: DifferentiableClassifier,
  definition: EncodingDefinition<G>,
  budget: Budget,
): Promise<ReadonlyMap<number, readonly FloatImage[]>> {
  const { runs, generations } = budgets[budget];
  const images = new Map<number, FloatImage[]>(generations.map((generation) => [generation, []]));
  const encoding = definition.create(classifier.input, definition.presets[0]?.values ?? {});
  for (let seed = 1; seed <= runs; seed++)
    for (const [generation, elites] of await evolveGenerations({ classifier, encoding, seed, offspring, generations }))
      images.get(generation)?.push(...elites.map(({ image }) => toFloatImage(image)));
  return images;
}

/** By detector, in the registry's order. */
async function scoreAll(classifier: DifferentiableClassifier, images: readonly FloatImage[]): Promise<readonly (readonly number[])[]> {
  const scores: number[][] = [];
  const whole = images.map((image) => [image]);
  for (const detector of known) scores.push([...(await detector.score(classifier, whole))]);
  return scores;
}

/** Too few images for an interval. */
const without = (estimate: number): Interval => ({ estimate, low: Number.NaN, high: Number.NaN });

function describe({ encoding, detector, generation, images, auroc, falsePositives }: Measured): string[] {
  const interval = ({ low, high }: Interval): string => (Number.isNaN(low) ? "too few images" : `${low.toFixed(3)} to ${high.toFixed(3)}`);
  return [
    encoding,
    detector,
    String(generation),
    String(images),
    auroc.estimate.toFixed(3),
    interval(auroc),
    falsePositives.estimate.toFixed(3),
    interval(falsePositives),
  ];
}

/** The only predictable result: images evolved for confidence pass a test of confidence. */
function judgeSoftmax(id: string, measured: readonly Measured[]): readonly ReportRow[] {
  const last = Math.max(...measured.map(({ generation }) => generation));
  const ofLast = measured.filter(({ generation }) => generation === last);
  const worst = Math.max(...ofLast.filter(({ detector }) => detector === "maximum-softmax").map(({ auroc }) => auroc.estimate));
  return [
    judge({
      id: `detectors.${id}.maximum-softmax.auroc@${last}`,
      what: `AUROC of the network's own confidence on images of generation ${last}, the higher of both encodings`,
      figure: worst,
      bar: { below: 0.5 },
      detail: ofLast
        .map(
          ({ encoding, detector, auroc, falsePositives }) =>
            `${detector} on ${encoding}: ${auroc.estimate.toFixed(3)}, FPR@95 ${falsePositives.estimate.toFixed(3)}`,
        )
        .join("; "),
    }),
  ];
}

function draw(name: string, measured: readonly Measured[]): Figure {
  const kinds = [...new Set(measured.map(({ encoding, detector }) => `${detector}, ${encoding}`))];
  return {
    kind: "curves",
    title: `Detectors on ${name}`,
    caption: "Area under the ROC curve of real test images against fooling images, by the generation of the fooling images. 0.5 is chance.",
    x: "generation",
    y: "AUROC",
    series: kinds.map((kind) => ({
      name: kind,
      points: measured
        .filter((one) => `${one.detector}, ${one.encoding}` === kind)
        .map((one) => [one.generation, one.auroc.estimate] as const),
    })),
  };
}
