/**
 * Tests whether images made for one network fool another (the paper, section 3.5): the same architecture trained twice, and another
 * architecture with the same classes, on MNIST and on ImageNet.
 */
import { confidentAt, summariseTransfer, type TransferredImage, type TransferSummary } from "@pareidolia/analysis/transfer";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { toFloatImage } from "@pareidolia/core/image";
import type { Preset } from "@pareidolia/core/parameterSpec";
import { topClass } from "@pareidolia/core/topClass";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { runShareRow } from "../findings.ts";
import { judge, type ReportRow } from "../report.ts";
import { evolveArchive, imagesOf, type StudiedArchive } from "./evolvedArchive.ts";
import type { Budget, Experiment, ExperimentOptions } from "./experiment.ts";
import { evolveCppn, studiedGenerations } from "./imagenetEvolution.ts";
import { mobileNets } from "./imagenetModels.ts";
import { offspring } from "./mapElitesExperiment.ts";
import { imagenetNetworks } from "./networkRules.ts";
import { resizeImage } from "./resizeImage.ts";
import { comparedRuns, seedsOf } from "./seeds.ts";
import { judgeTransfer, type TransferredRun } from "./transferHypotheses.ts";

/** Tests no hypothesis on ImageNet, whose archives come from the other experiments. */
function judgedSeeds(set: Pair["set"], budget: Budget): number {
  return set === "MNIST" ? 6 : comparedRuns[budget];
}

export interface Pair {
  readonly set: "MNIST" | "ImageNet";
  readonly relation: "same architecture, trained twice" | "another architecture";
  readonly source: string;
  readonly other: string;
}

function pairsFor(userModels: readonly string[]): readonly Pair[] {
  const twice = "same architecture, trained twice";
  const another = "another architecture";
  return [
    { set: "MNIST", relation: twice, source: "lenet", other: "lenet-b" },
    { set: "MNIST", relation: another, source: "lenet", other: "small-mnist" },
    { set: "ImageNet", relation: twice, source: mobileNets[0], other: mobileNets[1] },
    ...userModels.map((id): Pair => ({ set: "ImageNet", relation: another, source: id, other: mobileNets[0] })),
  ];
}

export const transfer: Experiment = {
  id: "transfer",
  description: "images made for one network, scored by another",
  presets: [],
  networks: imagenetNetworks,
  async run(options) {
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    const curves: Curve[] = [];
    for (const pair of pairsFor(options.models.userModels))
      try {
        const runs = await transferred(pair, options);
        const images = runs.flatMap((run) => run.images);
        const summary = summariseTransfer(images);
        lines.push(describe(pair, summary));
        rows.push(...transferRows(pair, runs, summary));
        if (pair.set === "MNIST") rows.push(...judgeTransfer(idOf(pair), runs, await ownRuns(pair, options)));
        curves.push(curveOf(pair, images));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        const what = `${pair.source} to ${pair.other} (${pair.relation})`;
        rows.push(judge({ id: `${idOf(pair)}.some`, what, figure: null, bar: { below: 0.05 }, detail: error.message, finding: true }));
      }
    return {
      head: [
        "made for",
        "scored by",
        "images",
        "same top class",
        "target class on top",
        "same top class, other >= .9999",
        ">= .9999 on both",
        ">= .9999 on the source only",
        "median of the other",
      ],
      lines,
      rows,
      ran: { cppn: studiedGenerations(options.budget) },
      figures: (["MNIST", "ImageNet"] as const).map((set) => ({
        kind: "curves",
        title: `Confidence of another network, ${set}`,
        caption:
          "All images made for the first network, ordered by the second network's confidence in the class that the image was made for.",
        x: "share of the images",
        y: "confidence of the other network",
        series: curves.filter((curve) => curve.set === set),
      })),
    };
  },
};

interface Curve {
  readonly set: Pair["set"];
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

function curveOf({ set, source, other }: Pair, images: readonly TransferredImage[]): Curve {
  const confidences = images.map(({ otherConfidence }) => otherConfidence).sort((a, b) => a - b);
  const points = Array.from({ length: 101 }, (_, percent) => {
    const place = Math.round((percent / 100) * (confidences.length - 1));
    return [percent / 100, confidences[place] as number] as const;
  });
  return { set, name: `${source} to ${other}`, points };
}

function idOf({ source, other }: Pair): string {
  return `transfer.${source}.${other}`;
}

/**
 * The reported shares. On MNIST: images with the same top class on both networks and at 99.99% on the other, as the paper counts. On
 * ImageNet hardly any image reaches 99.99% on its own network within the budget's few generations, so the top class is reported: the
 * same on both networks, and the class that the image was made for.
 */
function shownShares({ set, relation }: Pair): readonly { part: string; what: string; has: (image: TransferredImage) => boolean }[] {
  const label = `share of ${set} images with the same top class on both networks`;
  const isSame = ({ sourceTopClass, otherTopClass }: TransferredImage): boolean => sourceTopClass === otherTopClass;
  if (set === "MNIST")
    return [
      {
        part: "share",
        what: `${label}, the other network at >= .9999 (${relation})`,
        has: (image) => isSame(image) && image.otherConfidence >= confidentAt,
      },
    ];
  return [
    { part: "same-label", what: `${label} (${relation})`, has: isSame },
    {
      part: "own-class",
      what: `share of ${set} images whose top class on the other network is the class that they were made for (${relation})`,
      has: ({ targetClass, otherTopClass }) => targetClass === otherTopClass,
    },
  ];
}

/** Without its interval, which is over images; the rows have intervals over runs. */
function percent({ estimate }: TransferSummary["sameTop"]): string {
  return `${(100 * estimate).toFixed(1)}%`;
}

function medianOther({ otherConfidence }: TransferSummary): string {
  return Number((otherConfidence.find(({ probability }) => probability === 0.5)?.value ?? 0).toPrecision(5)).toString();
}

function describe({ source, other }: Pair, summary: TransferSummary): string[] {
  const { images, sameTop, fooled, sameTopSurely, confidentOnBoth, confidentOnSourceOnly } = summary;
  const shares = [sameTop, fooled, sameTopSurely, confidentOnBoth, confidentOnSourceOnly].map(percent);
  return [source, other, String(images), ...shares, medianOther(summary)];
}

export function transferRows(
  pair: Pair,
  runs: readonly { readonly images: readonly TransferredImage[] }[],
  summary: TransferSummary,
): readonly ReportRow[] {
  const { images, sameTop, fooled, sameTopSurely, confidentOnBoth, confidentOnSourceOnly } = summary;
  const detail = `${images} different images, each counted for its most confident class: same top class ${percent(sameTop)}, that class on top ${percent(fooled)}, same top class and the other at >= .9999 ${percent(sameTopSurely)}; >= .9999 on both ${percent(confidentOnBoth)}, on the source only ${percent(confidentOnSourceOnly)}; median confidence of the other in the class ${medianOther(summary)}`;
  return shownShares(pair).map(({ part, what, has }) =>
    runShareRow({
      id: `${idOf(pair)}.${part}`,
      what: `${what}, mean over the runs`,
      runs: runs.map((run) => ({ having: run.images.filter(has).length, images: run.images.length })),
      detail,
    }),
  );
}

const encodings = [
  { id: directEncoding.id, preset: "paper" },
  { id: cppnEncoding.id, preset: "normalised" },
] as const;

/** On MNIST, two runs per seed, one for each encoding. */
async function transferred(pair: Pair, options: ExperimentOptions): Promise<readonly TransferredRun[]> {
  const { models, budget, onProgress } = options;
  const source = await models.open(pair.source);
  const other = await models.open(pair.other);
  const runs: TransferredRun[] = [];
  for (const seed of seedsOf(options, judgedSeeds(pair.set, budget))) {
    const progress = (line: string): void => onProgress(`${pair.source}: ${line}`);
    if (pair.set === "ImageNet") {
      const archive = await evolveCppn(source, { seed, generations: studiedGenerations(budget), onProgress: progress });
      runs.push({ encoding: cppnEncoding.id, images: await scoreBoth(archive, source, other) });
    } else
      for (const { id: encoding, preset } of encodings)
        runs.push({ encoding, images: await scoreBoth(await evolveDigits(source, { encoding, preset, seed }, progress), source, other) });
  }
  return runs;
}

/** Images made for the other network and scored by it, from the same number of runs. */
async function ownRuns({ other }: Pair, options: ExperimentOptions): Promise<readonly TransferredRun[]> {
  const classifier = await options.models.open(other);
  const runs: TransferredRun[] = [];
  for (const seed of seedsOf(options, judgedSeeds("MNIST", options.budget)))
    for (const { id: encoding, preset } of encodings) {
      const archive = await evolveDigits(classifier, { encoding, preset, seed }, (line) => options.onProgress(`${other}: ${line}`));
      runs.push({ encoding, images: await scoreBoth(archive, classifier, classifier) });
    }
  return runs;
}

function evolveDigits(
  classifier: DifferentiableClassifier,
  { encoding, preset, seed }: { readonly encoding: string; readonly preset: string; readonly seed: number },
  onProgress: (line: string) => void,
): Promise<StudiedArchive> {
  const recipe = { classifier, seed, generations: 200, offspring };
  const values = (presets: readonly Preset[]) => presets.find(({ id }) => id === preset)?.values ?? {};
  return encoding === directEncoding.id
    ? evolveArchive({ ...recipe, encoding: directEncoding, parameters: values(directEncoding.presets) }, onProgress)
    : evolveArchive({ ...recipe, encoding: cppnEncoding, parameters: values(cppnEncoding.presets) }, onProgress);
}

/** Each image once, for its most confident class on the source. @throws AppError INVALID_INPUT if the numbers of classes differ. */
async function scoreBoth(
  archive: StudiedArchive,
  source: DifferentiableClassifier,
  other: DifferentiableClassifier,
): Promise<TransferredRun["images"]> {
  if (other.labels.length !== source.labels.length)
    throw new AppError(
      "INVALID_INPUT",
      `The networks have ${source.labels.length} and ${other.labels.length} classes. Leave out the labels of background classes.`,
    );
  const mostConfident = imagesOf(archive).map((elites) =>
    elites.reduce((best, elite) => (elite.confidence > best.confidence ? elite : best)),
  );
  const { probabilities, classes } = await other.predict(mostConfident.map(({ image }) => resizeImage(toFloatImage(image), other.input)));
  return mostConfident.map((elite, index) => {
    const otherProbabilities = probabilities.slice(index * classes, (index + 1) * classes);
    return {
      targetClass: elite.niche,
      sourceTopClass: elite.topClass,
      sourceConfidence: elite.confidence,
      otherTopClass: topClass(otherProbabilities),
      otherConfidence: otherProbabilities[elite.niche] as number,
      otherProbabilities,
    };
  });
}
