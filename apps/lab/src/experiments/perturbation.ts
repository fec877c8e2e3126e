/**
 * The study that the paper's abstract starts from (Szegedy et al. 2014): a change that people overlook makes a network call a lion
 * a library. Targeted attacks on digits of the test set and on photographs, success against the bound, on stored bytes. Every
 * photograph is to become a library; a lion, where one is among them, is the abstract's own case.
 */

import { wilsonInterval } from "@pareidolia/analysis/wilson";
import type { AttackCase } from "@pareidolia/ascent/perturbation/attack";
import { amplifiedDifference } from "@pareidolia/ascent/perturbation/differenceImage";
import { measureSuccess, type SuccessCurve } from "@pareidolia/ascent/perturbation/successCurve";
import { getAttack } from "@pareidolia/ascent/registry";
import { readMnist } from "@pareidolia/classifiers/data/mnist/readMnist";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { toFloatImage } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import { median } from "@pareidolia/evolution/statistics";
import { judge, type ReportRow } from "../report.ts";
import type { Budget, Experiment, ExperimentOptions, Figure } from "./experiment.ts";
import { openImagenetModels, twins } from "./imagenetModels.ts";
import { photoFor, readPhotos } from "./perturbationPhotos.ts";
import { digitPlan, type PlannedAttack, photoPlan } from "./perturbationPlan.ts";

/** Of the 1,000 classes. */
const library = 624;
const imagenetClasses = 1000;
const digitCount: Readonly<Record<Budget, number>> = { quick: 10, full: 20 };

export const perturbation: Experiment = {
  id: "perturbation",
  description: "changes that people overlook, towards a class of choice: FGSM, PGD, L-BFGS, Carlini-Wagner; digits and photographs",
  presets: [],
  async run(options) {
    const { models, budget, onProgress } = options;
    const lenet = await models.open("lenet");
    const parts = [
      await attackAll({ id: "lenet", classifier: lenet, cases: await digitCases(lenet, options), plans: digitPlan(budget) }, onProgress),
    ];
    const imagenet = await openImagenetModels(models, [twins[0]]);
    for (const { id, classifier } of imagenet.opened) {
      const cases = await photoCases(classifier, options);
      if (cases.length > 0) parts.push(await attackAll({ id, classifier, cases, plans: photoPlan(budget) }, onProgress));
      else onProgress(`not measured: ${id} recognises no photograph; put BMP files into photos of ${options.cacheFolder}`);
    }
    for (const reason of imagenet.missing) onProgress(`not measured: ${reason}`);
    return {
      head: [
        "model",
        "attack",
        "norm",
        "bound",
        "succeed",
        "of",
        "median linf",
        "median l2",
        "median mean",
        "median confidence",
        "median steps",
      ],
      lines: parts.flatMap(({ lines }) => lines),
      rows: parts.flatMap(({ rows }) => rows),
      figures: parts.flatMap(({ figures }) => figures),
    };
  },
};

interface NamedCase extends AttackCase {
  readonly name: string;
}

interface Attacked {
  readonly id: string;
  readonly classifier: DifferentiableClassifier;
  readonly cases: readonly NamedCase[];
  readonly plans: readonly PlannedAttack[];
}

/** The first digits of the test set that the network labels rightly; each is to become the next digit. */
async function digitCases(
  classifier: DifferentiableClassifier,
  { cacheFolder, seeds, budget }: ExperimentOptions,
): Promise<readonly NamedCase[]> {
  const wanted = digitCount[budget];
  const { images, labels, shape } = await readMnist("t10k", { cacheFolder });
  const size = shape.width * shape.height;
  const candidates = Array.from({ length: 2 * wanted }, (_, index) => ({
    image: { ...shape, pixels: Uint8Array.from(images.subarray(index * size, (index + 1) * size)) },
    source: labels[index] as number,
  }));
  const { probabilities, classes } = await classifier.predict(candidates.map(({ image }) => toFloatImage(image)));
  return candidates
    .filter(({ source }, index) => (probabilities[index * classes + source] as number) > 0.5)
    .slice(0, wanted)
    .map(({ image, source }) => ({ name: String(source), image, source, target: (source + 1) % 10, seed: seeds[0] ?? 1 }));
}

/** Photographs of which the network is surer than not of one class, that class not being the library. */
async function photoCases(classifier: DifferentiableClassifier, { cacheFolder, seeds }: ExperimentOptions): Promise<readonly NamedCase[]> {
  const photos = await readPhotos(cacheFolder);
  const images = photos.map((photo) => photoFor(photo, classifier.input));
  const { probabilities, classes } = await classifier.predict(images.map(toFloatImage));
  const target = library + classes - imagenetClasses;
  return images.flatMap((image, index) => {
    const own = probabilities.subarray(index * classes, (index + 1) * classes);
    const source = topClass(own);
    if ((own[source] as number) < 0.5 || source === target) return [];
    return [{ name: photos[index]?.name ?? "", image, source, target, seed: seeds[0] ?? 1 }];
  });
}

async function attackAll({ id, classifier, cases, plans }: Attacked, onProgress: (line: string) => void) {
  const lines: string[][] = [];
  const rows: ReportRow[] = [];
  const curves: { planned: PlannedAttack; curve: SuccessCurve }[] = [];
  for (const planned of plans) {
    const { parameters, bounds } = planned;
    const curve = await measureSuccess({ attack: getAttack(planned.attack), classifier, cases, parameters, bounds });
    curves.push({ planned, curve });
    lines.push(...curve.points.map((point) => describe(id, planned, point)));
    rows.push(judgePlan(id, planned, curve, cases));
    onProgress(`perturbation, ${id}, ${planned.id}: ${curve.points.map(({ bound, successes }) => `${successes} at ${bound}`).join(", ")}`);
  }
  return { lines, rows, figures: draw({ id, classifier, cases, plans }, curves) };
}

type Point = SuccessCurve["points"][number];

function describe(id: string, planned: PlannedAttack, { bound, successes, cases, results }: Point): string[] {
  const found = results.filter((result) => result !== null);
  const middle = (values: readonly number[], digits: number): string => (values.length === 0 ? "-" : median(values).toFixed(digits));
  return [
    id,
    planned.id,
    planned.norm,
    String(bound),
    String(successes),
    String(cases),
    middle(
      found.map(({ distances }) => distances.linf),
      0,
    ),
    middle(
      found.map(({ distances }) => distances.l2),
      1,
    ),
    middle(
      found.map(({ distances }) => distances.meanAbsolute),
      3,
    ),
    middle(
      found.map(({ target }) => target?.after ?? 0),
      4,
    ),
    middle(
      found.map(({ steps }) => steps),
      0,
    ),
  ];
}

function judgePlan(id: string, planned: PlannedAttack, { points, norm }: SuccessCurve, cases: readonly NamedCase[]): ReportRow {
  const point = points.find(({ bound }) => bound === planned.judgedAt);
  const share = wilsonInterval(point?.successes ?? 0, cases.length);
  const names = [...new Set(cases.map(({ name }) => name))].join(", ");
  return judge({
    id: `perturbation.${id}.${planned.id}`,
    what: `share of ${cases.length} images that ${planned.id} makes the target class within ${planned.judgedAt} grey levels (${norm}), stored bytes`,
    figure: share.estimate,
    bar: planned.bar,
    detail: `${point?.successes ?? 0} of ${cases.length}, 95% interval ${share.low.toFixed(3)} to ${share.high.toFixed(3)}; seed ${cases[0]?.seed}; ${names}; by bound ${points.map(({ bound, successes }) => `${bound}: ${successes}`).join(", ")}`,
  });
}

/** Success against the bound for each norm, and the first image before, after, and the amplified difference, for each attack. */
function draw({ id, cases }: Attacked, curves: readonly { planned: PlannedAttack; curve: SuccessCurve }[]): readonly Figure[] {
  const charts = (["linf", "l2"] as const).map(
    (norm): Figure => ({
      kind: "curves",
      title: `Success against the bound, ${id}, ${norm === "linf" ? "largest change of a value" : "Euclidean length"}`,
      caption: `Share of ${cases.length} images that become the target class, judged on stored bytes.`,
      x: "bound in grey levels",
      y: "share",
      series: curves
        .filter(({ curve }) => curve.norm === norm)
        .map(({ planned, curve }) => ({
          name: planned.id,
          points: curve.points.map(({ bound, successes, cases: count }) => [bound, successes / count] as const),
        })),
    }),
  );
  const images = curves.flatMap(({ planned, curve }) => {
    const point = curve.points.find(({ successes }) => successes > 0);
    const index = point?.results.findIndex((result) => result !== null) ?? -1;
    const result = point?.results[index];
    const original = cases[index];
    if (result === null || result === undefined || original === undefined) return [];
    const difference = amplifiedDifference(original.image, result.adversarial);
    return [
      { image: original.image, caption: `${original.name}: ${result.source.before.toFixed(3)} before` },
      { image: result.adversarial, caption: `${planned.id}: target at ${result.target?.after.toFixed(3)}` },
      { image: difference.image, caption: `difference x ${difference.factor}` },
    ];
  });
  return [...charts, { kind: "images", title: `Changed images, ${id}`, caption: "Before, after, and the difference around grey.", images }];
}
