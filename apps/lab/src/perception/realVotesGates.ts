/**
 * The statistics on votes that real people cast, beside what independent programs compute on the same files (NumPy, the PyPI packages
 * krippendorff and crowd-kit): within 1e-6 for closed forms and 1e-4 for optima, as far as their digits allow.
 */

import { AppError } from "@pareidolia/core/appError";
import { type ConfusionFit, fitConfusionModel } from "@pareidolia/perception/aggregation/confusionModel";
import { dawidSkeneModel, noPriors } from "@pareidolia/perception/aggregation/dawidSkene";
import { majority } from "@pareidolia/perception/aggregation/majority";
import { voteShares } from "@pareidolia/perception/aggregation/starts";
import { correctnessOf, errorConsistency, meanErrorConsistency, pairsAmong } from "@pareidolia/perception/agreement/errorConsistency";
import { type AlphaMetric, krippendorffAlpha } from "@pareidolia/perception/agreement/krippendorffAlpha";
import { judge } from "@pareidolia/perception/calibration/people";
import { calibrationError } from "@pareidolia/perception/calibration/reliability";
import { imageDistances, meanOf } from "@pareidolia/perception/calibration/scores";
import { firstVotes } from "@pareidolia/perception/voteBatches";
import { votesByItem } from "@pareidolia/perception/votesByItem";
import type { VoteTable } from "@pareidolia/perception/voteTable";
import { judge as judgeBar, type ReportRow } from "../report.ts";
import { valueOf } from "./publishedGates.ts";
import { readAnesthesia, readBluebirds, readCifar10People, readReassessedImagenet, readSilhouettes } from "./realVotes.ts";
import { near, nearAll, notMeasured } from "./row.ts";

const closedForm = 1e-6;
const optimum = 1e-4;

export async function realVotesGates(cacheFolder: string, onProgress: (line: string) => void): Promise<readonly ReportRow[]> {
  const groups: readonly (readonly [string, (folder: string) => Promise<readonly ReportRow[]>])[] = [
    ["anesthesia", anesthesiaGates],
    ["bluebirds", bluebirdGates],
    ["silhouettes", silhouetteGates],
    ["CIFAR-10H", cifarGates],
    ["reassessed ImageNet", reassessedGates],
  ];
  const rows: ReportRow[] = [];
  for (const [name, measure] of groups) {
    onProgress(`real votes: ${name}`);
    try {
      rows.push(...(await measure(cacheFolder)));
    } catch (error) {
      if (!(error instanceof AppError && error.code === "UNAVAILABLE")) throw error;
      rows.push(notMeasured({ id: "votes", what: `all figures on ${name}`, bar: "those of independent programs", reason: error.message }));
    }
  }
  return rows;
}

/** Maximum likelihood from the start of the paper. */
export function fitByMaximumLikelihood(table: VoteTable, mostIterations?: number): ConfusionFit {
  const votes = votesByItem(table);
  const start = { posterior: voteShares(votes) };
  const options = { tolerance: 1e-8, ...(mostIterations !== undefined && { mostIterations }) };
  return fitConfusionModel(votes, dawidSkeneModel(table.answers, noPriors), start, options);
}

function likeliest({ posterior }: ConfusionFit, answers: number): readonly number[] {
  return Array.from({ length: posterior.length / answers }, (_, i) => {
    const row = posterior.subarray(i * answers, (i + 1) * answers);
    return row.indexOf(row.reduce((a, b) => Math.max(a, b)));
  });
}

async function anesthesiaGates(folder: string): Promise<readonly ReportRow[]> {
  const table = await readAnesthesia(folder);
  const fit = fitByMaximumLikelihood(table);
  const classes = "142222132243121111222222112111131224233111212";
  const published = Array.from(classes, (digit) => Number(digit) - 1);
  const agreeing = likeliest(fit, 4).filter((label, i) => label === published[i]).length;
  const id = "anesthesia";
  const alphas: readonly (readonly [AlphaMetric, number])[] = [
    ["nominal", 0.584291],
    ["ordinal", 0.811892],
    ["interval", 0.797885],
  ];
  return [
    nearAll({
      id,
      what: "Dawid-Skene by maximum likelihood: prevalence",
      figures: [...fit.prevalence],
      expected: [0.4, 0.4216, 0.1118, 0.0667],
      tolerance: optimum,
    }),
    near({ id, what: "the same: log-likelihood", figure: fit.logLikelihood, expected: -190.731, tolerance: optimum }),
    nearAll({
      id,
      what: "the same: diagonal of rater 1 (printed with three digits)",
      figures: [0, 1, 2, 3].map((c) => fit.table[c * 4 + c] as number),
      expected: [0.907, 0.877, 0.661, 0.444],
      tolerance: 5e-4,
    }),
    near({ id, what: "the same: patients with the published class", figure: agreeing, expected: 45, tolerance: 0 }),
    ...alphas.map(([metric, expected]) =>
      near({
        id,
        what: `Krippendorff's alpha, first ratings, ${metric}`,
        figure: valueOf(krippendorffAlpha(firstVotes(table), { metric })),
        expected,
        tolerance: closedForm,
      }),
    ),
  ];
}

async function bluebirdGates(folder: string): Promise<readonly ReportRow[]> {
  const { table, truth } = await readBluebirds(folder);
  const right = (labels: ArrayLike<number>): number => truth.reduce((count, answer, i) => count + (labels[i] === answer ? 1 : 0), 0);
  const end = fitByMaximumLikelihood(table);
  const id = "bluebirds";
  return [
    near({
      id,
      what: "Krippendorff's alpha",
      figure: valueOf(krippendorffAlpha(table, { metric: "nominal" })),
      expected: 0.125501,
      tolerance: closedForm,
    }),
    near({ id, what: "right answers of 108: majority", figure: right(majority.aggregate(table).label), expected: 82, tolerance: 0 }),
    near({
      id,
      what: "right answers of 108: Dawid-Skene, after two iterations",
      figure: right(likeliest(fitByMaximumLikelihood(table, 2), 2)),
      expected: 96,
      tolerance: 0,
      detail: "crowd-kit 1.4.2 stops there, before the maximum",
    }),
    judgeBar({
      id,
      what: "right answers of 108: Dawid-Skene, at the maximum",
      figure: right(likeliest(end, 2)),
      bar: { atLeast: 96 },
      detail: `log-likelihood ${end.logLikelihood.toFixed(4)} after ${end.iterations} iterations`,
    }),
  ];
}

async function silhouetteGates(folder: string): Promise<readonly ReportRow[]> {
  const { table, truth, observers } = await readSilhouettes(folder);
  const correct = correctnessOf(table, truth, "wrong");
  const people = correct.filter((_, v) => observers[v]?.person);
  const networks = correct.filter((_, v) => !observers[v]?.person);
  const mean = (pairs: Parameters<typeof meanErrorConsistency>[0]): number =>
    valueOf(meanErrorConsistency(pairs, { seed: 1, resamples: 10 }));
  const kept = [...table.item.keys()].filter((k) => observers[table.voter[k] as number]?.person);
  const pick = (column: Int32Array): Int32Array => Int32Array.from(kept, (k) => column[k] as number);
  const ofPeople = { ...table, item: pick(table.item), voter: pick(table.voter), answer: pick(table.answer) };
  const id = "silhouettes";
  return [
    near({
      id,
      what: "Krippendorff's alpha, people",
      figure: valueOf(krippendorffAlpha(ofPeople, { metric: "nominal" })),
      expected: 0.69468,
      tolerance: closedForm,
    }),
    nearAll({
      id,
      what: "accuracy of subjects 1 to 10 (printed with four digits)",
      figures: people.map((row) => row.reduce((sum, value) => sum + value, 0) / row.length),
      expected: [0.8, 0.6562, 0.8, 0.775, 0.7688, 0.725, 0.7625, 0.6375, 0.7562, 0.85],
      tolerance: 5e-5,
    }),
    near({
      id,
      what: "error consistency, mean over pairs of people",
      figure: mean(pairsAmong(people)),
      expected: 0.475709,
      tolerance: closedForm,
    }),
    nearAll({
      id,
      what: "error consistency of AlexNet, GoogLeNet, VGG with people",
      figures: networks.map((network) => mean(people.map((person) => [network, person]))),
      expected: [0.282731, 0.334751, 0.329161],
      tolerance: closedForm,
    }),
    nearAll({
      id,
      what: "error consistency of AlexNet-GoogLeNet, AlexNet-VGG, GoogLeNet-VGG",
      figures: pairsAmong(networks).map(([a, b]) => valueOf(errorConsistency(a, b))),
      expected: [0.586337, 0.648517, 0.687207],
      tolerance: closedForm,
    }),
  ];
}

async function cifarGates(folder: string): Promise<readonly ReportRow[]> {
  const data = await readCifar10People(folder);
  const first = judge(data, "mostFrequentLabel", "first");
  const distances = imageDistances(data);
  const row = (what: string, figure: number, expected: number): ReportRow =>
    near({ id: "cifar10h", what, figure, expected, tolerance: closedForm });
  return [
    row("the network's label is people's most frequent one", meanOf(first.truth), 0.9265),
    row(
      "ECE, 15 equal-width bins, truth is people's most frequent label",
      calibrationError(first, { binning: "equalWidth" }).ece,
      0.035288,
    ),
    row("the same, truth is the share of people", calibrationError(judge(data, "shareOfVotes"), { binning: "equalWidth" }).ece, 0.064803),
    row("Brier distance to people's distribution", meanOf(distances.brier), 0.097375),
    row("cross-entropy with people's distribution, nats", meanOf(distances.logScore), 0.51353),
    row("mean entropy of people, bits", meanOf(distances.peopleEntropy), 0.222838),
  ];
}

async function reassessedGates(folder: string): Promise<readonly ReportRow[]> {
  const { table, published } = await readReassessedImagenet(folder);
  const fit = fitByMaximumLikelihood(table);
  const ours = published.map((_, i) => fit.posterior[2 * i + 1] as number);
  const same = ours.reduce((count, value, i) => count + (value > 0.5 === (published[i] as number) > 0.5 ? 1 : 0), 0);
  const id = "reassessed";
  return [
    near({
      id,
      what: "Dawid-Skene, {no} against {maybe, yes}: correlation with the published posterior",
      figure: correlation(ours, published),
      expected: 0.95464,
      tolerance: optimum,
      detail: `log-likelihood ${fit.logLikelihood.toFixed(3)} after ${fit.iterations} iterations`,
    }),
    near({ id, what: "the same side of .5", figure: same / ours.length, expected: 0.95778, tolerance: optimum }),
  ];
}

function correlation(a: Float64Array, b: Float64Array): number {
  const [meanA, meanB] = [meanOf(a), meanOf(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [(a[i] as number) - meanA, (b[i] as number) - meanB];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return product / Math.sqrt(squareA * squareB);
}
