/**
 * Tests whether regular images fool ImageNet networks better than irregular ones (the paper, sections 3.3 and 3.4): CPPNs against the
 * direct encoding with four times the generations, by the Mann-Whitney U test. The paper treats the classes of a run as independent. Here
 * the runs are the units, since one elite may hold hundreds of classes.
 */
import { mannWhitney, smallestP } from "@pareidolia/analysis/mannWhitney";
import { shiftInterval } from "@pareidolia/analysis/shiftInterval";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { median } from "@pareidolia/evolution/statistics";
import { bcaBootstrap } from "@pareidolia/perception/numbers/bcaBootstrap";
import { intervalRow, medianRow, pRow } from "../findings.ts";
import { keepNothing } from "../keptResults/keep.ts";
import { judge, noBar, type ReportRow } from "../report.ts";
import { evolveArchive, evolveOnce, imagesOf, type StudiedArchive, startSearch } from "./evolvedArchive.ts";
import type { Budget, Experiment, Figure } from "./experiment.ts";
import { mobileNets, type OpenedModel, openImagenetModels } from "./imagenetModels.ts";
import { longBars } from "./longBars.ts";
import { imagenetNetworks } from "./networkRules.ts";
import { watchNetwork } from "./networkShare.ts";
import { comparedRuns, seedsOf } from "./seeds.ts";
import { shortLabel } from "./shortLabel.ts";

/** Generations of the CPPN; the direct encoding gets four times as many. */
const cppnGenerations: Readonly<Record<Budget, number>> = { quick: 3, full: 25 };
const offspring = 200;
const cppnValues = { ...presetValues(cppnEncoding, "normalised"), colour: "hsv" };
const directValues = { ...presetValues(directEncoding, "paper"), colour: "hsv" };

/** If the direct encoding reaches this generation, CPPNs are also evolved to its last generation, where absolute figures mean something. */
const longGeneration = 100;
const longSeeds = 2;

/**
 * The significance level of the test over runs. With each budget's number of runs, the smallest possible p is .0011 (quick) and .00008
 * (full). The full budget uses the paper's level.
 */
const largestP: Readonly<Record<Budget, number>> = { quick: 0.01, full: 1e-4 };

/** The CPPN archive that the image experiments share. */
export function evolveCppn(
  classifier: DifferentiableClassifier,
  { seed, generations, onProgress }: { seed: number; generations: number; onProgress: (line: string) => void },
): Promise<StudiedArchive> {
  return evolveArchive({ ...cppnRecipe(classifier, seed), generations }, onProgress);
}

function cppnRecipe(classifier: DifferentiableClassifier, seed: number) {
  return { classifier, encoding: cppnEncoding, parameters: cppnValues, seed, offspring };
}

export function studiedGenerations(budget: Budget): number {
  return cppnGenerations[budget];
}

export const imagenetEvolution: Experiment = {
  id: "imagenet-evolution",
  description: "1,000 classes: CPPNs against the direct encoding with four times the generations; runs are the units",
  presets: [],
  networks: imagenetNetworks,
  async run(options) {
    const { models, budget, generations = cppnGenerations[budget], keep = keepNothing, onProgress } = options;
    const { opened, missing } = await openImagenetModels(models, [mobileNets[0]]);
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const figures: Figure[] = [];
    for (const { id, classifier } of opened) {
      const perSeed: Compared[] = [];
      for (const [place, seed] of seedsOf(options, comparedRuns[budget]).entries()) {
        const unit = await keep(`${id}, seed ${seed}`, () =>
          compareSeed({ id, classifier, seed, generations, isLong: place < longSeeds, isShown: place === 0, onProgress }),
        );
        perSeed.push(unit.compared);
        lines.push(describe(id, unit.compared, generations));
        figures.push(...unit.figures);
      }
      rows.push(
        ...judgeModel(id, perSeed, { generations, largestP: largestP[budget] }),
        ...medianRows(id, perSeed, generations),
        ...judgeLong({ id, classifier }, perSeed, 4 * generations),
      );
      figures.push(curveFigure(id, perSeed));
    }
    for (const reason of missing) onProgress(`not measured: ${reason}`);
    if (opened.length === 0)
      rows.push(
        judge({
          id: "imagenet-evolution",
          what: "CPPNs against the direct encoding",
          figure: null,
          bar: { above: 0 },
          detail: missing.join(" "),
        }),
      );
    return { head, lines, rows, figures, ran: { cppn: generations, direct: 4 * generations } };
  },
};

const head = [
  "model",
  "seed",
  "CPPN generation",
  "median",
  ">= .99",
  "direct generation",
  "median",
  ">= .99",
  "p",
  "network share",
  "CPPN, long: median",
  ">= .99",
];

interface Evolved {
  readonly seed: number;
  readonly cppn: StudiedArchive;
  readonly direct: StudiedArchive;
  /** CPPNs at the direct encoding's last generation; null in a short study. */
  readonly long: StudiedArchive | null;
  readonly networkShare: number | null;
}

/** The figures of an archive, without its images. */
interface ArchiveSummary {
  readonly median: number;
  /** The median with its 95% interval over the images. */
  readonly words: string;
  readonly classes: number;
  /** Classes at .99 or more. */
  readonly confident: number;
  readonly curve: readonly (readonly [generation: number, median: number])[];
}

interface Compared {
  readonly seed: number;
  readonly cppn: ArchiveSummary;
  readonly direct: ArchiveSummary;
  readonly long: ArchiveSummary | null;
  /** The paper's test, over the classes of this one run. */
  readonly pOverClasses: number;
  readonly networkShare: number | null;
}

/** Evolves one seed with both encodings. Of its archives, only figures and a few images are left. */
async function compareSeed(options: {
  readonly id: string;
  readonly classifier: DifferentiableClassifier;
  readonly seed: number;
  readonly generations: number;
  /** Whether CPPNs are also evolved for as long as the direct encoding, if that is long enough. */
  readonly isLong: boolean;
  readonly isShown: boolean;
  readonly onProgress: (line: string) => void;
}): Promise<{ readonly compared: Compared; readonly figures: readonly Figure[] }> {
  const { id, classifier, seed, generations, isLong, isShown } = options;
  const progress = (line: string): void => options.onProgress(`${id}: ${line}`);
  const watched = watchNetwork(classifier, () => performance.now());
  const recipe = cppnRecipe(watched.classifier, seed);
  const search = startSearch(recipe, progress);
  const cppn = await evolveArchive({ ...recipe, generations }, progress, search);
  const direct = await evolveOnce(
    { classifier, encoding: directEncoding, parameters: directValues, seed, generations: 4 * generations, offspring },
    progress,
  );
  const networkShare = watched.share();
  const long = isLong && 4 * generations >= longGeneration ? await search.reach(4 * generations) : null;
  return {
    compared: compare({ seed, cppn, direct, long, networkShare }),
    figures: isShown ? imageFigures({ id, classifier }, cppn, direct) : [],
  };
}

function compare({ seed, cppn, direct, long, networkShare }: Evolved): Compared {
  const pOverClasses = mannWhitney(confidencesOf(cppn), confidencesOf(direct), "greater").p;
  return { seed, cppn: summarise(cppn), direct: summarise(direct), long: long && summarise(long), pOverClasses, networkShare };
}

function summarise(archive: StudiedArchive): ArchiveSummary {
  const confidences = confidencesOf(archive);
  return {
    median: median(confidences),
    words: medianWithInterval(archive),
    classes: confidences.length,
    confident: confidences.filter((confidence) => confidence >= 0.99).length,
    curve: archive.generations.map(({ generation, median: value }) => [generation, value] as const),
  };
}

function confidencesOf({ elites }: StudiedArchive): readonly number[] {
  return elites.map(({ confidence }) => confidence);
}

function describe(id: string, { seed, cppn, direct, long, pOverClasses, networkShare }: Compared, generations: number): string[] {
  return [
    id,
    String(seed),
    String(generations),
    cppn.median.toFixed(4),
    String(cppn.confident),
    String(4 * generations),
    direct.median.toFixed(4),
    String(direct.confident),
    pOverClasses.toExponential(1),
    networkShare === null ? "" : networkShare.toFixed(2),
    long === null ? "" : long.median.toFixed(4),
    long === null ? "" : String(long.confident),
  ];
}

function judgeModel(
  id: string,
  perSeed: readonly Compared[],
  { generations, largestP: below }: { readonly generations: number; readonly largestP: number },
): ReportRow[] {
  const budget = `${perSeed.length} seeds, ${offspring} images per generation`;
  const shares = perSeed.flatMap(({ networkShare }) => networkShare ?? []);
  const [cppns, directs] = [perSeed.map(({ cppn }) => cppn.median), perSeed.map(({ direct }) => direct.median)];
  return [
    judge({
      id: `imagenet-evolution.${id}.median`,
      what: `median over the classes, stored bytes: CPPN at generation ${generations} minus direct at ${4 * generations}, worst of ${budget}`,
      figure: Math.min(...perSeed.map(({ cppn, direct }) => cppn.median - direct.median)),
      bar: { above: 0 },
      detail: perSeed.map(({ seed, cppn, direct }) => `seed ${seed}: ${cppn.words} against ${direct.words}`).join("; "),
    }),
    pRow({
      id: `imagenet-evolution.${id}.mann-whitney`,
      what: `p of the Mann-Whitney U test, one-sided, over the medians of ${perSeed.length} CPPN runs and as many direct runs`,
      p: mannWhitney(cppns, directs, "greater").p,
      smallest: smallestP(cppns.length, directs.length),
      level: below,
      detail: `CPPN ${list(cppns)}; direct ${list(directs)}`,
    }),
    ...shiftRows(id, cppns, directs),
    pRow({
      id: `imagenet-evolution.${id}.mann-whitney-classes`,
      what: "p of the same test over the classes of one run, as in the paper, although classes that share an elite are not independent; highest of the seeds",
      p: Math.max(...perSeed.map(({ pOverClasses }) => pOverClasses)),
      smallest: Math.max(...perSeed.map(({ cppn, direct }) => smallestP(cppn.classes, direct.classes))),
      detail: perSeed.map(({ seed, pOverClasses }) => `seed ${seed}: ${pOverClasses.toExponential(1)}`).join(", "),
    }),
    judge({
      id: `imagenet-evolution.${id}.network-share`,
      what: "share of the CPPN search's time in which the network computes",
      figure: shares.length === 0 ? null : Math.min(...shares),
      bar: { atLeast: 0.6 },
      detail: shares.map((share) => share.toFixed(3)).join(", "),
    }),
  ];
}

/** A two-sided 95% interval exists from 4 against 4 runs on. */
function shiftRows(id: string, cppns: readonly number[], directs: readonly number[]): readonly ReportRow[] {
  if (smallestP(cppns.length, directs.length) > 0.025) return [];
  const row = {
    id: `imagenet-evolution.${id}.shift`,
    what: "median over the classes, CPPN minus direct: Hodges-Lehmann estimate over the runs of both",
  };
  return [intervalRow({ ...row, ...shiftInterval(cppns, directs), unit: "runs of each encoding", units: cppns.length })];
}

function list(medians: readonly number[]): string {
  return medians.map((value) => value.toPrecision(3)).join(", ");
}

/** The figures of each encoding alone. They have no bar, since they depend on the network and the length of the search. */
function medianRows(id: string, perSeed: readonly Compared[], generations: number): readonly ReportRow[] {
  const encodings = [
    { name: "cppn", words: "CPPN", generation: generations, reached: ({ cppn }: Compared) => cppn },
    { name: "direct", words: "direct", generation: 4 * generations, reached: ({ direct }: Compared) => direct },
  ];
  return encodings.map(({ name, words, generation, reached }) =>
    medianRow({
      id: `imagenet-evolution.${id}.${name}-median`,
      what: `median over the classes, ${words} at generation ${generation}, stored bytes, median over the runs`,
      values: perSeed.map((compared) => reached(compared).median),
      unit: "runs",
      detail: perSeed
        .map((compared) => `seed ${compared.seed}: ${reached(compared).words}, classes at .99 or more: ${reached(compared).confident}`)
        .join("; "),
    }),
  );
}

/** Gates for networks with known figures, findings for others. */
function judgeLong({ id, classifier }: OpenedModel, perSeed: readonly Compared[], generation: number): readonly ReportRow[] {
  const runs = perSeed.flatMap(({ seed, long }) => (long === null ? [] : [{ seed, long }]));
  if (runs.length === 0) return [];
  const bars = longBars[classifier.modelHash];
  const rows = [
    {
      id: `imagenet-evolution.${id}.long-median`,
      what: `median over the classes, CPPN at generation ${generation}, stored bytes, worst of ${runs.length} seeds`,
      figure: Math.min(...runs.map(({ long }) => long.median)),
      bar: bars?.median,
      detail: runs.map(({ seed, long }) => `seed ${seed}: ${long.words}`).join("; "),
    },
    {
      id: `imagenet-evolution.${id}.long-confident`,
      what: `classes at .99 or more, CPPN at generation ${generation}, stored bytes, worst of ${runs.length} seeds`,
      figure: Math.min(...runs.map(({ long }) => long.confident)),
      bar: bars?.confident,
      detail: runs.map(({ seed, long }) => `seed ${seed}: ${long.confident} of ${long.classes}`).join("; "),
    },
  ];
  return rows.map(({ bar, ...row }) =>
    bar === undefined ? { ...row, bar: noBar, holds: true, finding: true } : judge({ ...row, bar: { atLeast: bar } }),
  );
}

/** The median over the classes, with a 95% interval from resampled images, so that the classes of an elite stay together. */
function medianWithInterval(archive: StudiedArchive): string {
  const images = imagesOf(archive).map((elites) => elites.map(({ confidence }) => confidence));
  const overClasses = (weights: Float64Array) =>
    median(images.flatMap((confidences, image) => Array.from({ length: weights[image] as number }, () => confidences).flat()));
  const { estimate, low, high } = bcaBootstrap({ units: images.length, statistic: overClasses, seed: 1, resamples: 400 });
  return `${estimate.toFixed(4)} (${Number.isNaN(low) ? "too few images for an interval" : `${low.toFixed(4)} to ${high.toFixed(4)}`})`;
}

function curveFigure(id: string, perSeed: readonly Compared[]): Figure {
  return {
    kind: "curves",
    title: `Median confidence on ${id}`,
    caption: "Over 1,000 classes, on the search's float pixels; one line per seed and encoding.",
    x: "generation",
    y: "median confidence",
    series: perSeed.flatMap(({ seed, cppn, direct }) => [
      { name: `CPPN, seed ${seed}`, points: cppn.curve },
      { name: `direct, seed ${seed}`, points: direct.curve },
    ]),
  };
}

function imageFigures({ id, classifier }: OpenedModel, cppn: StudiedArchive, direct: StudiedArchive): readonly Figure[] {
  const best = ({ elites }: StudiedArchive, count: number) => [...elites].sort((a, b) => b.confidence - a.confidence).slice(0, count);
  const shown = (archive: StudiedArchive, count: number) =>
    best(archive, count).map(({ image, niche, confidence }) => ({
      image,
      caption: `${shortLabel(classifier.labels, niche)} ${confidence.toFixed(4)}`,
    }));
  return [
    {
      kind: "images",
      title: `The most confident CPPN images on ${id}`,
      caption: "Ten elites of the first seed.",
      images: shown(cppn, 10),
    },
    {
      kind: "images",
      title: `The most confident directly encoded image on ${id}`,
      caption: "An elite of the first seed.",
      images: shown(direct, 1).map((one) => ({ ...one, view: "cut" })),
    },
  ];
}

function presetValues<G>(encoding: EncodingDefinition<G>, id: string): EncodingDefinition<G>["presets"][number]["values"] {
  return encoding.presets.find((preset) => preset.id === id)?.values ?? {};
}
