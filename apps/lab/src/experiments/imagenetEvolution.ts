/**
 * Regular images fool ImageNet networks where irregular ones do not (the paper, sections 3.3 and 3.4): CPPNs against the direct
 * encoding at four times the generations, by Mann and Whitney's U over the classes' confidences.
 */
import { bootstrapInterval } from "@pareidolia/analysis/bootstrap";
import { mannWhitney } from "@pareidolia/analysis/mannWhitney";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { median } from "@pareidolia/evolution/statistics";
import { judge, noBar, type ReportRow } from "../report.ts";
import { evolveArchive, imagesOf, type StudiedArchive } from "./evolvedArchive.ts";
import type { Budget, Experiment, Figure } from "./experiment.ts";
import { type OpenedModel, openImagenetModels, twins } from "./imagenetModels.ts";
import { longBars } from "./longBars.ts";
import { watchNetwork } from "./networkShare.ts";
import { shortLabel } from "./shortLabel.ts";

/** Generations of the CPPN; the direct encoding gets four times as many. */
const cppnGenerations: Readonly<Record<Budget, number>> = { quick: 3, full: 25 };
const offspring = 200;
const cppnValues = { ...presetValues(cppnEncoding, "normalised"), colour: "hsv" };
const directValues = { ...presetValues(directEncoding, "paper"), colour: "hsv" };

/** From here on the CPPNs are also carried on to the direct encoding's generation, where their absolute figures mean something. */
const longGeneration = 100;

/** The CPPN archive that the studies of images share. */
export function evolveCppn(
  classifier: DifferentiableClassifier,
  { seed, generations, onProgress }: { seed: number; generations: number; onProgress: (line: string) => void },
): Promise<StudiedArchive> {
  return evolveArchive({ classifier, encoding: cppnEncoding, parameters: cppnValues, seed, generations, offspring }, onProgress);
}

export function studiedGenerations(budget: Budget): number {
  return cppnGenerations[budget];
}

export const imagenetEvolution: Experiment = {
  id: "imagenet-evolution",
  description: "1,000 classes: CPPN against direct encoding at four times the generations",
  presets: [],
  async run({ models, budget, seeds, generations = cppnGenerations[budget], onProgress }) {
    const { opened, missing } = await openImagenetModels(models, [twins[0]]);
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const figures: Figure[] = [];
    for (const { id, classifier } of opened) {
      const perSeed: Compared[] = [];
      for (const seed of seeds.slice(0, 2)) {
        const progress = (line: string): void => onProgress(`${id}: ${line}`);
        const watched = watchNetwork(classifier, () => performance.now());
        const cppn = await evolveCppn(watched.classifier, { seed, generations, onProgress: progress });
        const direct = await evolveArchive(
          { classifier, encoding: directEncoding, parameters: directValues, seed, generations: 4 * generations, offspring },
          progress,
        );
        const networkShare = watched.share();
        const long =
          4 * generations < longGeneration
            ? null
            : await evolveCppn(watched.classifier, { seed, generations: 4 * generations, onProgress: progress });
        const compared = compare({ seed, cppn, direct, long, networkShare });
        perSeed.push(compared);
        lines.push(describe(id, compared, generations));
      }
      rows.push(
        ...judgeModel(id, perSeed, generations),
        ...sayMedians(id, perSeed, generations),
        ...judgeLong({ id, classifier }, perSeed, 4 * generations),
      );
      figures.push(curvesOf(id, perSeed), ...gridsOf({ id, classifier }, perSeed[0]));
    }
    for (const reason of missing) onProgress(`not measured: ${reason}`);
    if (opened.length === 0)
      rows.push(
        judge({ id: "imagenet-evolution", what: "CPPN against direct", figure: null, bar: { above: 0 }, detail: missing.join(" ") }),
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
  "in the network",
  "CPPN there: median",
  ">= .99",
];

interface Evolved {
  readonly seed: number;
  readonly cppn: StudiedArchive;
  readonly direct: StudiedArchive;
  /** The CPPNs at the direct encoding's generation; null in a short study. */
  readonly long: StudiedArchive | null;
  readonly networkShare: number | null;
}

interface Compared extends Evolved {
  readonly cppnMedian: number;
  readonly directMedian: number;
  readonly p: number;
  /** Of the same test with each image once, for the class that the network is surest of. */
  readonly pOfImages: number;
}

function compare(evolved: Evolved): Compared {
  const a = confidencesOf(evolved.cppn);
  const b = confidencesOf(evolved.direct);
  const pOfImages = mannWhitney(surestOf(evolved.cppn), surestOf(evolved.direct), "greater").p;
  return { ...evolved, cppnMedian: median(a), directMedian: median(b), p: mannWhitney(a, b, "greater").p, pOfImages };
}

function surestOf(archive: StudiedArchive): readonly number[] {
  return imagesOf(archive).map((elites) => Math.max(...elites.map(({ confidence }) => confidence)));
}

function confidencesOf({ elites }: StudiedArchive): readonly number[] {
  return elites.map(({ confidence }) => confidence);
}

function confident(archive: StudiedArchive): number {
  return confidencesOf(archive).filter((confidence) => confidence >= 0.99).length;
}

function describe(id: string, compared: Compared, generations: number): string[] {
  const { seed, cppn, direct, long, cppnMedian, directMedian, p, networkShare } = compared;
  return [
    id,
    String(seed),
    String(generations),
    cppnMedian.toFixed(4),
    String(confident(cppn)),
    String(4 * generations),
    directMedian.toFixed(4),
    String(confident(direct)),
    p.toExponential(1),
    networkShare === null ? "" : networkShare.toFixed(2),
    long === null ? "" : median(confidencesOf(long)).toFixed(4),
    long === null ? "" : String(confident(long)),
  ];
}

function judgeModel(id: string, perSeed: readonly Compared[], generations: number): ReportRow[] {
  const budget = `${perSeed.length} seeds, ${offspring} a generation`;
  const shares = perSeed.flatMap(({ networkShare }) => networkShare ?? []);
  return [
    judge({
      id: `imagenet-evolution.${id}.median`,
      what: `median over the classes, CPPN at generation ${generations} less direct at ${4 * generations}, stored bytes, worst of ${budget}`,
      figure: Math.min(...perSeed.map(({ cppnMedian, directMedian }) => cppnMedian - directMedian)),
      bar: { above: 0 },
      detail: perSeed
        .map(({ seed, cppn, direct }) => `seed ${seed}: ${medianWithInterval(cppn)} against ${medianWithInterval(direct)}`)
        .join("; "),
    }),
    judge({
      id: `imagenet-evolution.${id}.mann-whitney`,
      what: `p of Mann and Whitney's U, one-sided, over the classes, worst of ${budget}`,
      figure: Math.max(...perSeed.map(({ p }) => p)),
      bar: { below: 1e-4 },
      detail: perSeed.map(({ seed, p }) => `seed ${seed}: ${p.toExponential(1)}`).join(", "),
    }),
    judge({
      id: `imagenet-evolution.${id}.mann-whitney-images`,
      finding: true,
      what: `p of the same test with each image once, for the class that the network is surest of, worst of ${budget}`,
      figure: Math.max(...perSeed.map(({ pOfImages }) => pOfImages)),
      bar: { below: 1e-4 },
      detail: perSeed
        .map(
          ({ seed, cppn, direct, pOfImages }) =>
            `seed ${seed}: ${pOfImages.toExponential(1)}, ${imagesOf(cppn).length} images against ${imagesOf(direct).length}`,
        )
        .join("; "),
    }),
    judge({
      id: `imagenet-evolution.${id}.network-share`,
      what: "share of the CPPN search's time with the network at work",
      figure: shares.length === 0 ? null : Math.min(...shares),
      bar: { atLeast: 0.6 },
      detail: shares.map((share) => share.toFixed(3)).join(", "),
    }),
  ];
}

/** What either encoding reached on its own; no bar, as it hangs on the network and on how long a search is given. */
function sayMedians(id: string, perSeed: readonly Compared[], generations: number): readonly ReportRow[] {
  const encodings = [
    { name: "cppn", words: "CPPN", generation: generations, archive: ({ cppn }: Compared) => cppn, worst: Math.min },
    { name: "direct", words: "direct", generation: 4 * generations, archive: ({ direct }: Compared) => direct, worst: Math.max },
  ];
  return encodings.map(({ name, words, generation, archive, worst }) => ({
    id: `imagenet-evolution.${id}.${name}-median`,
    what: `median over the classes, ${words} at generation ${generation}, stored bytes, ${worst === Math.min ? "lowest" : "highest"} of ${perSeed.length} seeds`,
    figure: worst(...perSeed.map((compared) => median(confidencesOf(archive(compared))))),
    bar: noBar,
    holds: true,
    detail: perSeed
      .map(
        (compared) =>
          `seed ${compared.seed}: ${medianWithInterval(archive(compared))}, classes at .99 or more: ${confident(archive(compared))}`,
      )
      .join("; "),
    finding: true,
  }));
}

/** Bars for the networks that have been measured before; findings for the others. */
function judgeLong({ id, classifier }: OpenedModel, perSeed: readonly Compared[], generation: number): readonly ReportRow[] {
  const archives = perSeed.flatMap(({ seed, long }) => (long === null ? [] : [{ seed, long }]));
  if (archives.length === 0) return [];
  const bars = longBars[classifier.modelHash];
  const rows = [
    {
      id: `imagenet-evolution.${id}.long-median`,
      what: `median over the classes, CPPN at generation ${generation}, stored bytes, worst of ${archives.length} seeds`,
      figure: Math.min(...archives.map(({ long }) => median(confidencesOf(long)))),
      bar: bars?.median,
      detail: archives.map(({ seed, long }) => `seed ${seed}: ${medianWithInterval(long)}`).join("; "),
    },
    {
      id: `imagenet-evolution.${id}.long-confident`,
      what: `classes at .99 or more, CPPN at generation ${generation}, stored bytes, worst of ${archives.length} seeds`,
      figure: Math.min(...archives.map(({ long }) => confident(long))),
      bar: bars?.confident,
      detail: archives.map(({ seed, long }) => `seed ${seed}: ${confident(long)} of ${long.elites.length}`).join("; "),
    },
  ];
  return rows.map(({ bar, ...row }) =>
    bar === undefined ? { ...row, bar: noBar, holds: true, finding: true } : judge({ ...row, bar: { atLeast: bar } }),
  );
}

/** Over the classes, with 95% over the images: the classes that one elite holds are drawn together. */
function medianWithInterval(archive: StudiedArchive): string {
  const overClasses = (images: ReturnType<typeof imagesOf>) => median(images.flat().map(({ confidence }) => confidence));
  const { estimate, low, high } = bootstrapInterval(imagesOf(archive), overClasses, { seed: 1, resamples: 400 });
  return `${estimate.toFixed(4)} (${low.toFixed(4)} to ${high.toFixed(4)})`;
}

function curvesOf(id: string, perSeed: readonly Compared[]): Figure {
  return {
    kind: "curves",
    title: `Median confidence on ${id}`,
    caption: "Over 1,000 classes, as the search saw it; one line a seed and encoding.",
    x: "generation",
    y: "median confidence",
    series: perSeed.flatMap(({ seed, cppn, direct }) =>
      (["CPPN", "direct"] as const).map((name) => ({
        name: `${name}, seed ${seed}`,
        points: (name === "CPPN" ? cppn : direct).generations.map(({ generation, median: value }) => [generation, value] as const),
      })),
    ),
  };
}

function gridsOf({ id, classifier }: OpenedModel, compared: Compared | undefined): readonly Figure[] {
  const best = (archive: StudiedArchive | undefined, count: number) =>
    [...(archive?.elites ?? [])].sort((a, b) => b.confidence - a.confidence).slice(0, count);
  const shown = (archive: StudiedArchive | undefined, count: number) =>
    best(archive, count).map(({ image, niche, confidence }) => ({
      image,
      caption: `${shortLabel(classifier.labels, niche)} ${confidence.toFixed(4)}`,
    }));
  return [
    {
      kind: "images",
      title: `CPPN images that ${id} is surest of`,
      caption: "The ten most confident elites of the first seed.",
      images: shown(compared?.cppn, 10),
    },
    {
      kind: "images",
      title: `The directly encoded image that ${id} is surest of`,
      caption: "The most confident elite of the first seed.",
      images: shown(compared?.direct, 1).map((one) => ({ ...one, view: "cut" })),
    },
  ];
}

function presetValues<G>(encoding: EncodingDefinition<G>, id: string): EncodingDefinition<G>["presets"][number]["values"] {
  return encoding.presets.find((preset) => preset.id === id)?.values ?? {};
}
