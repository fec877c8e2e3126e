/**
 * Whether images made for one network fool another (the paper, section 3.5): the same architecture trained twice, and another
 * architecture on the same classes; on MNIST and on ImageNet.
 */
import { summariseTransfer, type TransferredImage } from "@pareidolia/analysis/transfer";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { toFloatImage } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import { cppnEncoding } from "@pareidolia/encodings/cppn/cppnEncoding";
import { directEncoding } from "@pareidolia/encodings/direct/directEncoding";
import { judge, type ReportRow } from "../report.ts";
import { evolveArchive, type StudiedArchive } from "./evolvedArchive.ts";
import type { Experiment, ExperimentOptions } from "./experiment.ts";
import { evolveCppn, studiedGenerations } from "./imagenetEvolution.ts";
import { twins } from "./imagenetModels.ts";
import { offspring } from "./mapElitesExperiment.ts";
import { resizeImage } from "./resizeImage.ts";

interface Pair {
  readonly set: "MNIST" | "ImageNet";
  readonly relation: "same architecture, trained twice" | "another architecture";
  readonly source: string;
  readonly other: string;
}

function pairsFor(own: readonly string[]): readonly Pair[] {
  const twice = "same architecture, trained twice";
  const another = "another architecture";
  return [
    { set: "MNIST", relation: twice, source: "lenet", other: "lenet-b" },
    { set: "MNIST", relation: another, source: "lenet", other: "small-mnist" },
    { set: "ImageNet", relation: twice, source: twins[0], other: twins[1] },
    ...own.map((id): Pair => ({ set: "ImageNet", relation: another, source: id, other: twins[0] })),
  ];
}

export const transfer: Experiment = {
  id: "transfer",
  description: "images made for one network, shown to another",
  presets: [],
  async run(options) {
    const lines: string[][] = [];
    const rows: ReportRow[] = [];
    for (const pair of pairsFor(options.models.own)) {
      const id = `transfer.${pair.source}.${pair.other}`;
      const what = `share of ${pair.set} images to which both networks give the same first label (${pair.relation})`;
      try {
        const images = await transferred(pair, options);
        const { sameTop, confidentOnBoth, confidentOnSourceOnly, otherConfidence } = summariseTransfer(images);
        const percent = ({ estimate, low, high }: typeof sameTop): string =>
          `${(100 * estimate).toFixed(1)}% (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
        const middle = otherConfidence.find(({ probability }) => probability === 0.5)?.value ?? 0;
        lines.push([
          pair.source,
          pair.other,
          String(images.length),
          percent(sameTop),
          percent(confidentOnBoth),
          percent(confidentOnSourceOnly),
          middle.toExponential(1),
        ]);
        const detail = `${images.length} images; >= .9999 on both ${percent(confidentOnBoth)}, on the source only ${percent(confidentOnSourceOnly)}; the other's confidence in the target class, median ${middle.toExponential(1)}`;
        rows.push(
          judge({ id: `${id}.some`, what, figure: sameTop.estimate, bar: { above: 0 }, detail }),
          judge({ id: `${id}.not-all`, what, figure: sameTop.estimate, bar: { below: 1 }, detail }),
        );
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        rows.push(judge({ id: `${id}.some`, what, figure: null, bar: { above: 0 }, detail: error.message }));
      }
    }
    return {
      head: ["made for", "shown to", "images", "same first label", ">= .9999 on both", "on the source only", "median"],
      lines,
      rows,
    };
  },
};

async function transferred(pair: Pair, { models, budget, seeds, onProgress }: ExperimentOptions): Promise<readonly TransferredImage[]> {
  const source = await models.open(pair.source);
  const other = await models.open(pair.other);
  const images: TransferredImage[] = [];
  for (const seed of seeds.slice(0, pair.set === "MNIST" ? 3 : 2)) {
    const progress = (line: string): void => onProgress(`${pair.source}: ${line}`);
    if (pair.set === "ImageNet")
      images.push(
        ...(await show(await evolveCppn(source, { seed, generations: studiedGenerations(budget), onProgress: progress }), source, other)),
      );
    else
      for (const [encoding, preset] of [
        [directEncoding, "paper"],
        [cppnEncoding, "normalised"],
      ] as const) {
        const parameters = encoding.presets.find(({ id }) => id === preset)?.values ?? {};
        const recipe = { classifier: source, parameters, seed, generations: 200, offspring };
        const archive =
          encoding === directEncoding
            ? await evolveArchive({ ...recipe, encoding: directEncoding }, progress)
            : await evolveArchive({ ...recipe, encoding: cppnEncoding }, progress);
        images.push(...(await show(archive, source, other)));
      }
  }
  return images;
}

/** @throws AppError INVALID_INPUT for networks of different classes. */
async function show(
  archive: StudiedArchive,
  source: DifferentiableClassifier,
  other: DifferentiableClassifier,
): Promise<readonly TransferredImage[]> {
  if (other.labels.length !== source.labels.length)
    throw new AppError(
      "INVALID_INPUT",
      `The networks know ${source.labels.length} and ${other.labels.length} classes: bring labels without a background.`,
    );
  const { probabilities, classes } = await other.predict(archive.elites.map(({ image }) => resizeImage(toFloatImage(image), other.input)));
  return archive.elites.map((elite, index) => {
    const own = probabilities.subarray(index * classes, (index + 1) * classes);
    return {
      targetClass: elite.niche,
      sourceTopClass: elite.topClass,
      sourceConfidence: elite.confidence,
      otherTopClass: topClass(own),
      otherConfidence: own[elite.niche] as number,
    };
  });
}
