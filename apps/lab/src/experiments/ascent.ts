/**
 * Gradient ascent (the paper, section 3.7): from grey noise to images with near-certain labels, within 500 evaluated images per class,
 * for LeNet's digits and for the paper's 20 classes on ImageNet networks. Confidence is computed on the stored bytes.
 */
import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { ascents, getAscent } from "@pareidolia/ascent/registry";
import { runAscent } from "@pareidolia/ascent/runAscent";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { median } from "@pareidolia/evolution/statistics";
import { exactInterval } from "@pareidolia/perception/intervals/exactInterval";
import { intervalRow } from "../findings.ts";
import { keepNothing } from "../keptResults/keep.ts";
import { judge, noBar, type ReportRow } from "../report.ts";
import type { Budget, Experiment, ExperimentOptions, Figure } from "./experiment.ts";
import { mobileNets, openImagenetModels } from "./imagenetModels.ts";
import { anyNetwork } from "./networkRules.ts";
import { seedsOf } from "./seeds.ts";
import { shortLabel } from "./shortLabel.ts";

const imagenetClasses = 1000;
/** The 20 classes of ImageNet in the paper's supplement (released code, caffe/ascent, run scripts), by index from 0. */
const paperClasses = [200, 207, 215, 279, 366, 367, 390, 414, 445, 500, 509, 580, 643, 657, 704, 713, 782, 805, 826, 906];
const definition = getAscent("gradient-ascent");
const target = 0.9999;
const iterations = 500;
/** Number of classes in a figure of an ImageNet network. */
const shownClasses = 3;
/** On an ImageNet network the paper's rule needs hundreds of gradients per class; six successes of six are the fewest that show "most". */
const unregularisedClasses: Readonly<Record<Budget, number>> = { quick: 6, full: 20 };
const paperPreset = "paper-unregularised";
/** Reaches .9999 with a tenth of the gradients. */
const fastPreset = "adam-log-posterior";
/** Two of the supplement's three settings, with their own numbers of iterations: decay alone, and all regularisers. */
const regularisedPresets = ["hp-seed-169", "hp-seed-360"];
/** Number of classes on an ImageNet network, which takes minutes per class; LeNet's ten classes take seconds. */
const regularisedClasses: Readonly<Record<Budget, number>> = { quick: 0, full: 3 };

export const ascent: Experiment = {
  id: "ascent",
  description:
    "gradient ascent from noise to >= .9999 within 500 steps, with and without regularisation; LeNet, MobileNetV2, your own networks",
  presets: ascents.flatMap(({ presets }) => presets),
  networks: anyNetwork,
  async run(options) {
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const figures: Figure[] = [];
    const { keep = keepNothing } = options;
    const imagenet = await openImagenetModels(options.models, [mobileNets[0]]);
    const lenet = { id: "lenet", classifier: await options.models.open("lenet") };
    for (const { id, classifier } of [lenet, ...imagenet.opened]) {
      const isSmall = id === lenet.id;
      const seeds = seedsOf(options, isSmall ? 3 : 1);
      // Concurrently: the network evaluates the images of one ascent while another makes its step.
      const judged = (options.presets ?? [paperPreset, fastPreset]).map((preset) => ({
        ...(isSmall || preset !== paperPreset ? {} : ({ classes: unregularisedClasses[options.budget], finding: true } as const)),
        preset,
        seeds,
        iterations,
      }));
      const classes = isSmall ? undefined : regularisedClasses[options.budget];
      const shown = (options.presets === undefined && classes !== 0 ? regularisedPresets : []).map((preset) => ({
        ...(classes && { classes }),
        preset,
        seeds: seeds.slice(0, 1),
        isJudged: false as const,
      }));
      const measured = await Promise.all(
        [...judged, ...shown].map((plan) => keep(`${id}, ${plan.preset}`, () => measureAscents({ id, classifier, ...plan }, options))),
      );
      for (const one of measured) {
        lines.push(...one.lines);
        rows.push(...one.rows);
        figures.push(...one.figures);
      }
    }
    for (const reason of imagenet.missing)
      rows.push(
        judge({
          id: `ascent.${reason.split(":")[0]}`,
          what: "classes at >= .9999 on stored bytes",
          figure: null,
          bar: { atLeast: 1 },
          detail: reason,
        }),
      );
    return { head, lines, rows, figures };
  },
};

const head = [
  "model",
  "preset",
  "seed",
  "class",
  "end",
  "steps",
  "confidence",
  "confidence (float)",
  ".5 at",
  ".9 at",
  ".99 at",
  ".999 at",
  ".9999 at",
];

interface AscentPlan {
  readonly id: string;
  readonly classifier: DifferentiableClassifier;
  /** Only this many of the first classes; all if absent. */
  readonly classes?: number;
  /** The paper's claim, not a gate of this code: its rule reaches .9999 on an ImageNet network in so few steps. */
  readonly finding?: true;
  readonly preset: string;
  readonly seeds: readonly number[];
  /** Default: the preset's. */
  readonly iterations?: number;
  /** A regularised ascent gives up confidence for natural-looking images, so it has no bar. */
  readonly isJudged?: false;
}

async function measureAscents(plan: AscentPlan, { models, onProgress }: ExperimentOptions) {
  const { id, classifier, classes, finding, preset, seeds, isJudged = true } = plan;
  const mean = models.meanOf(id);
  const values = definition.presets.find((candidate) => candidate.id === preset)?.values;
  const most = plan.iterations ?? values?.iterations;
  if (values === undefined || typeof most !== "number")
    throw new AppError("INVALID_INPUT", `Gradient ascent has no preset "${preset}".`, { field: "preset" });
  const ascending = definition.create({
    shape: classifier.input,
    classes: classifier.labels.length,
    pairs: seeds.flatMap((seed) =>
      ascentClasses(classifier)
        .slice(0, classes)
        .map((classIndex) => ({ classIndex, seed })),
    ),
    parameters: { ...values, iterations: most, targetConfidence: target },
    mean,
  });
  await runAscent({
    ascent: ascending,
    classifier,
    onStep: ({ step, confidences }) => {
      if (step % 25 === 0) onProgress(`ascent, ${id}, ${preset}, step ${step}: ${confidences.length} ascents running`);
    },
  });
  const { results } = ascending;
  const steps = results.flatMap(({ milestones }) => milestones.find(({ level }) => level === target)?.step ?? []);
  const share = exactInterval(steps.length, results.length);
  const best = results.map((result) => result.best?.storedConfidence ?? 0);
  const row = {
    id: `ascent.${id}.${preset}`,
    what: `of ${results.length} ascents (${results.length / seeds.length} classes, seeds ${seeds.join(", ")}), the number that reached .9999 on stored bytes within ${most} images`,
    figure: steps.length,
    detail: `${steps.length === 0 ? "none reached it" : `steps: median ${median(steps)}, maximum ${Math.max(...steps)}`}; best confidence: minimum ${Math.min(...best).toFixed(6)}, median ${median(best).toFixed(6)}; start: grey (${mean.join(", ")}) with noise`,
  };
  const reported = isJudged
    ? judge({ ...row, ...(finding && { finding }), bar: { atLeast: results.length } })
    : ({ ...row, bar: noBar, holds: true, finding: true } as const);
  return {
    lines: results.map((result) => describe(id, preset, classifier, result)),
    rows: [
      reported,
      intervalRow({
        id: `${row.id}.share`,
        what: `share of these ${results.length} ascents that reached .9999 on stored bytes within ${most} images (Clopper and Pearson)`,
        ...share,
        unit: "ascents",
        units: results.length,
      }),
    ],
    figures: draw(id, preset, classifier, ascending),
  };
}

function describe(
  id: string,
  preset: string,
  { labels }: DifferentiableClassifier,
  { pair, end, last, best, milestones }: GradientAscent["results"][number],
): string[] {
  const reached = [0.5, 0.9, 0.99, 0.999, 0.9999].map((level) => String(milestones.find((found) => found.level === level)?.step ?? "-"));
  const label = shortLabel(labels, pair.classIndex);
  return [
    id,
    preset,
    String(pair.seed),
    `${pair.classIndex} ${label}`,
    end ?? "",
    String(last?.step ?? 0),
    (best?.storedConfidence ?? 0).toFixed(6),
    (best?.confidence ?? 0).toFixed(6),
    ...reached,
  ];
}

/** The first seed's images, and the trajectories of the first classes. */
function draw(id: string, preset: string, { labels }: DifferentiableClassifier, { results }: GradientAscent): readonly Figure[] {
  const name = (index: number): string => shortLabel(labels, index);
  const shown = results.filter(({ pair }) => pair.seed === results[0]?.pair.seed).slice(0, labels.length < 1000 ? undefined : shownClasses);
  return [
    {
      kind: "images",
      title: `Gradient ascent on ${id}, ${preset}`,
      caption: "The most confident stored image of each class; on an ImageNet network, of the first three classes.",
      images: shown.flatMap(({ pair, best }) =>
        best === null ? [] : [{ image: best.image, caption: `${name(pair.classIndex)} ${best.storedConfidence.toFixed(5)}`, view: "cut" }],
      ),
    },
    {
      kind: "curves",
      title: `Confidence by step, ${id}, ${preset}`,
      caption: "On stored bytes, at every tenth step, for the first classes.",
      x: "step",
      y: "confidence",
      series: shown.slice(0, 5).map(({ pair, trace }) => ({
        name: name(pair.classIndex),
        points: trace.map(({ step, storedConfidence }) => [step, storedConfidence] as const),
      })),
    },
  ];
}

/** All digits, or the paper's classes, as indices in the classifier's labels, which may begin with a background class. */
function ascentClasses({ labels }: DifferentiableClassifier): readonly number[] {
  if (labels.length < imagenetClasses) return labels.map((_, index) => index);
  return paperClasses.map((index) => index + labels.length - imagenetClasses);
}
