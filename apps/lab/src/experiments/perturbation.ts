/**
 * The study that the paper's abstract starts with (Szegedy et al. 2014): an imperceptible change makes a network label a lion as a
 * library. Measures the success rate of attacks by bound, on stored bytes: on digits of the test set and on photographs, targeted and
 * untargeted. The target class of every photograph is the library, as in the abstract.
 */
import { wilsonInterval } from "@pareidolia/analysis/wilson";
import type { AttackCase } from "@pareidolia/ascent/perturbation/attack";
import { amplifiedDifference } from "@pareidolia/ascent/perturbation/differenceImage";
import type { AttackResult } from "@pareidolia/ascent/perturbation/runAttack";
import { measureSuccess, type SuccessCurve } from "@pareidolia/ascent/perturbation/successCurve";
import { getAttack } from "@pareidolia/ascent/registry";
import { readMnist } from "@pareidolia/classifiers/data/mnist/readMnist";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { toFloatImage } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import { median } from "@pareidolia/evolution/statistics";
import { keepNothing } from "../keptResults/keep.ts";
import { judge, noBar, type ReportRow } from "../report.ts";
import type { Experiment, ExperimentOptions, Figure, FigureImage } from "./experiment.ts";
import { mobileNets, openImagenetModels } from "./imagenetModels.ts";
import { imagenetNetworks } from "./networkRules.ts";
import { photoFor, readPhotos } from "./perturbationPhotos.ts";
import { digitPlan, type PlannedAttack, photoPlan } from "./perturbationPlan.ts";
import { shortLabel } from "./shortLabel.ts";

/** The class "library" among the 1,000 classes. */
const library = 624;
const imagenetClasses = 1000;
const digitCount = 20;

export const perturbation: Experiment = {
  id: "perturbation",
  description: "inconspicuous changes to digits and photographs, targeted and untargeted: FGSM, PGD, L-BFGS, Carlini-Wagner",
  presets: [],
  networks: imagenetNetworks,
  async run(options) {
    const { models, budget, keep = keepNothing, onProgress } = options;
    const lenet = await models.open("lenet");
    const parts = [
      await attackAll({ id: "lenet", classifier: lenet, cases: await digitCases(lenet, options), plans: digitPlan(budget) }, onProgress),
    ];
    const imagenet = await openImagenetModels(models, [mobileNets[0]]);
    for (const { id, classifier } of imagenet.opened) {
      const cases = await photoCases(classifier, options);
      if (cases.length > 0) parts.push(await keep(id, () => attackAll({ id, classifier, cases, plans: photoPlan(budget) }, onProgress)));
      else onProgress(`not measured: ${id} recognises no photograph; put BMP files into the folder photos of ${options.cacheFolder}`);
    }
    for (const reason of imagenet.missing) onProgress(`not measured: ${reason}`);
    return {
      head: [
        "model",
        "attack",
        "aim",
        "norm",
        "bound",
        "successes",
        "images",
        "median linf",
        "median l2",
        "median mean change",
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

/** The first digits of the test set that the network labels correctly. The target of each is the next digit. */
async function digitCases(classifier: DifferentiableClassifier, { cacheFolder, seeds }: ExperimentOptions): Promise<readonly NamedCase[]> {
  const { images, labels, shape } = await readMnist("t10k", { cacheFolder });
  const size = shape.width * shape.height;
  const candidates = Array.from({ length: 2 * digitCount }, (_, index) => ({
    image: { ...shape, pixels: Uint8Array.from(images.subarray(index * size, (index + 1) * size)) },
    source: labels[index] as number,
  }));
  const { probabilities, classes } = await classifier.predict(candidates.map(({ image }) => toFloatImage(image)));
  return candidates
    .filter(({ source }, index) => (probabilities[index * classes + source] as number) > 0.5)
    .slice(0, digitCount)
    .map(({ image, source }) => ({ name: String(source), image, source, target: (source + 1) % 10, seed: seeds?.[0] ?? 1 }));
}

/** The photographs with a top class of at least .5 that is not the library. */
async function photoCases(classifier: DifferentiableClassifier, { cacheFolder, seeds }: ExperimentOptions): Promise<readonly NamedCase[]> {
  const photos = await readPhotos(cacheFolder);
  const images = photos.map((photo) => photoFor(photo, classifier.input));
  const { probabilities, classes } = await classifier.predict(images.map(toFloatImage));
  const target = library + classes - imagenetClasses;
  return images.flatMap((image, index) => {
    const own = probabilities.subarray(index * classes, (index + 1) * classes);
    const source = topClass(own);
    if ((own[source] as number) < 0.5 || source === target) return [];
    return [{ name: photos[index]?.name ?? "", image, source, target, seed: seeds?.[0] ?? 1 }];
  });
}

interface Measured {
  readonly planned: PlannedAttack;
  readonly curve: SuccessCurve;
}

/** Runs all plans concurrently: the network evaluates one attack's images while another computes its next step. */
async function attackAll({ id, classifier, cases, plans }: Attacked, onProgress: (line: string) => void) {
  const measured = await Promise.all(
    plans.map(async (planned): Promise<Measured> => {
      const { parameters, bounds, attack, aim } = planned;
      const aimed = aim === "targeted" ? cases : cases.map((one) => ({ ...one, target: null }));
      const curve = await measureSuccess({ attack: getAttack(attack), classifier, cases: aimed, parameters, bounds });
      const successes = curve.points.map((point) => `${point.successes} at ${point.bound}`).join(", ");
      onProgress(`perturbation, ${id}, ${planned.id}, ${aim}: ${successes} of ${cases.length}`);
      return { planned, curve };
    }),
  );
  return {
    lines: measured.flatMap(({ planned, curve }) => curve.points.map((point) => describe(id, planned, point))),
    rows: measured.map((one) => judgePlan(id, one, cases)),
    figures: [...drawSuccess(id, cases, measured), ...drawImages({ id, classifier, cases, plans }, measured)],
  };
}

type Point = SuccessCurve["points"][number];

function describe(id: string, { id: attack, aim, norm }: PlannedAttack, { bound, successes, cases, results }: Point): string[] {
  const found = results.filter((result) => result !== null);
  const middle = (digits: number, of: (result: AttackResult) => number): string =>
    found.length === 0 ? "–" : median(found.map(of)).toFixed(digits);
  return [
    id,
    attack,
    aim,
    norm,
    String(bound),
    String(successes),
    String(cases),
    middle(0, ({ distances }) => distances.linf),
    middle(1, ({ distances }) => distances.l2),
    middle(3, ({ distances }) => distances.meanAbsolute),
    middle(4, ({ target, source }) => target?.after ?? source.after),
    middle(0, ({ steps }) => steps),
  ];
}

function judgePlan(id: string, { planned, curve: { points, norm } }: Measured, cases: readonly NamedCase[]): ReportRow {
  const point = points.find(({ bound }) => bound === planned.judgedAt);
  const share = wilsonInterval(point?.successes ?? 0, cases.length);
  const names = [...new Set(cases.map(({ name }) => name))].join(", ");
  const becomes = planned.aim === "targeted" ? "changes to the target class" : "changes to any other class";
  const row = {
    id: `perturbation.${id}.${planned.id}${planned.aim === "targeted" ? "" : ".untargeted"}`,
    what: `share of ${cases.length} images whose label ${planned.id} ${becomes} within ${planned.judgedAt} grey levels (${norm}), stored bytes`,
    figure: share.estimate,
    detail: `${point?.successes ?? 0} of ${cases.length}, 95% interval ${share.low.toFixed(3)} to ${share.high.toFixed(3)}; seed ${cases[0]?.seed}; ${names}; successes by bound ${points.map(({ bound, successes }) => `${bound}: ${successes}`).join(", ")}`,
  };
  return planned.bar === null ? { ...row, bar: noBar, holds: true } : judge({ ...row, bar: planned.bar });
}

function drawSuccess(id: string, cases: readonly NamedCase[], measured: readonly Measured[]): readonly Figure[] {
  return (["linf", "l2"] as const).map((norm) => ({
    kind: "curves",
    title: `Success by bound, ${id}, ${norm === "linf" ? "largest change of a value" : "Euclidean length"}`,
    caption: `Share of ${cases.length} images that get the target label or, for untargeted attacks, any other label; on stored bytes.`,
    x: "bound in grey levels",
    y: "share",
    series: measured
      .filter(({ curve }) => curve.norm === norm)
      .map(({ planned, curve }) => ({
        name: planned.aim === "targeted" ? planned.id : `${planned.id}, untargeted`,
        points: curve.points.map(({ bound, successes, cases: count }) => [bound, successes / count] as const),
      })),
  }));
}

/** The image on which most targeted attacks succeed, with each attack's result and the amplified difference. */
function drawImages({ id, cases, classifier }: Attacked, measured: readonly Measured[]): readonly Figure[] {
  const found = measured.flatMap(({ planned, curve }) => {
    if (planned.aim !== "targeted") return [];
    // The smallest bound that succeeds.
    return cases.flatMap((_, index) => {
      const result = curve.points.map(({ results }) => results[index] ?? null).find((one) => one !== null);
      return result === undefined || result === null ? [] : [{ planned, index, result }];
    });
  });
  const counts = cases.map((_, index) => found.filter((one) => one.index === index).length);
  const chosen = counts.indexOf(Math.max(...counts));
  const original = cases[chosen];
  if (found.length === 0 || original === undefined) return [];
  const name = (classIndex: number): string => shortLabel(classifier.labels, classIndex);
  // One image per kind of attack is enough.
  const ofChosen = found.filter(({ index }) => index === chosen);
  const shown = ofChosen.filter(({ planned }, place) => ofChosen.findIndex((one) => one.planned.attack === planned.attack) === place);
  const own = shown[0]?.result.source;
  const before = own === undefined ? "original" : `original: ${name(own.classIndex)} ${own.before.toFixed(3)}`;
  const images = shown.flatMap(({ planned, result }): readonly FigureImage[] => {
    const { image, factor } = amplifiedDifference(original.image, result.adversarial);
    return [
      { image: result.adversarial, caption: `${planned.id}: ${name(result.predicted)} ${result.target?.after.toFixed(3) ?? ""}` },
      { image, caption: `difference x ${factor}, maximum ${result.distances.linf}`, view: "cut" },
    ];
  });
  return [
    {
      kind: "images",
      title: `Changed images, ${id}`,
      caption: `The original, then for each attack the changed image and its difference around grey, at the smallest bound that changes the label to ${name(original.target ?? 0)}.`,
      images: [{ image: original.image, caption: before }, ...images],
    },
  ];
}
