/** One attack of a perturbation within one bound, with the measurements on its stored images. */
import { countDifferent } from "@pareidolia/ascent/perturbation/distances";
import { type AttackProgress, runAttack } from "@pareidolia/ascent/perturbation/runAttack";
import { getAttack } from "@pareidolia/ascent/registry";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ByteImage } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import type { StoredPerturbation } from "@pareidolia/persistence/lab/perturbations/writePerturbations";
import type { WholeRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import { type ScoreOptions, scoreImages } from "../runs/scoreImages.ts";

type PerturbationRun = WholeRun<"perturbation">;

/** The bound of each attack; null for an attack that minimises the change. */
export function boundsOf({ plan, parameters }: Pick<PerturbationRun, "plan" | "parameters">): readonly (number | null)[] {
  if (plan.bounds.length > 0) return plan.bounds;
  const { epsilon } = parameters;
  return [getAttack(plan.method).isBounded && typeof epsilon === "number" ? epsilon : null];
}

export interface AttackOptions {
  readonly run: PerturbationRun;
  readonly classifier: DifferentiableClassifier;
  readonly source: ByteImage;
  readonly index: number;
  readonly bound: number | null;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AttackProgress) => Promise<void>;
}

/** Runs one attack. Success, labels and confidences named `stored` are measured on the stored images. */
export async function attack(options: AttackOptions, scoreOptions: ScoreOptions): Promise<StoredPerturbation> {
  const { run, classifier, source, index, bound } = options;
  const { method, target } = run.plan;
  const [result] = await runAttack({
    attack: getAttack(method),
    classifier,
    cases: [{ image: source, source: null, target, seed: run.seed }],
    parameters: bound === null ? run.parameters : { ...run.parameters, epsilon: bound },
    signal: options.signal,
    onProgress: options.onProgress,
  });
  if (result === undefined) throw new AppError("INTERNAL", "An attack gave no result.");
  const [original, image] = await scoreImages([source, result.adversarial], scoreOptions);
  if (original === undefined || image === undefined) throw new AppError("INTERNAL", "An image was not stored.");
  const originalClass = topClass(original.probabilities);
  const storedClass = topClass(image.probabilities);
  return {
    index,
    bound,
    success: target === null ? storedClass !== originalClass : storedClass === target,
    steps: result.steps,
    linf: result.distances.linf,
    l2: result.distances.l2,
    l0: countDifferent(source.pixels, result.adversarial.pixels),
    originalClass,
    originalConfidence: original.probabilities[originalClass] as number,
    storedClass,
    storedConfidence: image.probabilities[storedClass] as number,
    storedTargetConfidence: target === null ? null : (image.probabilities[target] as number),
    confidence: (result.target ?? result.source).float,
    original,
    image,
  };
}
