/** Attacks a batch of images. Each round evaluates the requests of all unfinished attacks together. */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier, GradientOutput } from "@pareidolia/core/differentiableClassifier";
import { type ByteImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import type { AttackCase, AttackDefinition, AttackGoal, AttackOutcome, AttackProcess, Evaluation, EvaluationRequest } from "./attack.ts";
import { isAdversarial, largestClass } from "./attack.ts";
import { type Distances, distancesBetween } from "./distances.ts";
import { evaluationRequest } from "./objective.ts";

/** A class's probability on the original image, on the stored bytes of the changed image, and on its floats before rounding. */
export interface Confidence {
  readonly classIndex: number;
  readonly before: number;
  readonly after: number;
  readonly float: number;
}

export interface AttackResult {
  readonly adversarial: ByteImage;
  /** Judged on the stored bytes. True without any step if the original image already succeeds. */
  readonly success: boolean;
  /** The network's label of the stored bytes. */
  readonly predicted: number;
  readonly source: Confidence;
  readonly target: Confidence | null;
  /** Between stored bytes, in grey levels. */
  readonly distances: Distances;
  /** Number of gradients evaluated. */
  readonly steps: number;
}

/** Progress over all cases. */
export interface AttackProgress {
  /** Iterations done. A finished case counts with its maximum. Never decreases. */
  readonly iterations: number;
  /** Maximum number of iterations of all cases. */
  readonly maximum: number;
}

export interface RunAttackOptions {
  readonly attack: AttackDefinition;
  readonly classifier: DifferentiableClassifier;
  readonly cases: readonly AttackCase[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** Awaited after each round. */
  readonly onProgress?: (progress: AttackProgress) => Promise<void>;
}

/** Returns one result per case, in order. @throws AppError INVALID_INPUT for an invalid parameter, class or image; the signal's reason. */
export async function runAttack(options: RunAttackOptions): Promise<readonly AttackResult[]> {
  const { attack, classifier, cases, parameters, signal } = options;
  const method = attack.create(parameters);
  for (const attackCase of cases) checkCase(attackCase, classifier);
  const maximumPerCase = attack.iterationsOf(parameters);
  const iterations = cases.map(() => 0);
  const results = new Map<number, AttackResult>();
  let waiting = cases.map((attackCase, index) => {
    const onIteration = (done: number): void => {
      iterations[index] = done;
    };
    const process = attackOne({ attackCase, shape: classifier.input, method, onIteration });
    return { index, process, request: process.next().value as EvaluationRequest };
  });
  while (waiting.length > 0) {
    signal?.throwIfAborted();
    const evaluations = await evaluate(
      classifier,
      waiting.map(({ request }) => request),
      signal,
    );
    waiting = waiting.flatMap(({ index, process }, row) => {
      const next = process.next(evaluations[row] as Evaluation);
      if (!next.done) return [{ index, process, request: next.value }];
      results.set(index, next.value);
      iterations[index] = maximumPerCase;
      return [];
    });
    await options.onProgress?.({ iterations: iterations.reduce((sum, done) => sum + done, 0), maximum: maximumPerCase * cases.length });
  }
  return cases.map((_, index) => results.get(index) as AttackResult);
}

interface OneAttack {
  readonly attackCase: AttackCase;
  readonly shape: ImageShape;
  readonly method: (goal: AttackGoal) => AttackProcess<AttackOutcome>;
  readonly onIteration: AttackGoal["onIteration"];
}

function* attackOne({ attackCase, shape, method, onIteration }: OneAttack): AttackProcess<AttackResult> {
  const original = attackCase.image.pixels;
  const { width, height, channels } = shape;
  const originalFloats = Float32Array.from(original);
  const before: Evaluation = yield { image: { width, height, channels, pixels: originalFloats }, gradient: null };
  const { target, seed } = attackCase;
  const goal: AttackGoal = { shape, original, source: attackCase.source ?? largestClass(before.logits), target, seed, before, onIteration };
  const outcome: AttackOutcome = isAdversarial(goal, before.logits)
    ? { pixels: originalFloats, stored: original.slice(), steps: 0 }
    : yield* method(goal);
  const after: Evaluation = yield evaluationRequest(goal, outcome.stored);
  const float: Evaluation = yield evaluationRequest(goal, outcome.pixels);
  const confidence = (classIndex: number): Confidence => ({
    classIndex,
    before: before.probabilities[classIndex] as number,
    after: after.probabilities[classIndex] as number,
    float: float.probabilities[classIndex] as number,
  });
  return {
    adversarial: { width, height, channels, pixels: outcome.stored },
    success: isAdversarial(goal, after.logits),
    predicted: largestClass(after.logits),
    source: confidence(goal.source),
    target: target === null ? null : confidence(target),
    distances: distancesBetween(original, outcome.stored),
    steps: outcome.steps,
  };
}

/** Batches requests for the same gradient output. */
async function evaluate(
  classifier: DifferentiableClassifier,
  requests: readonly EvaluationRequest[],
  signal: AbortSignal | undefined,
): Promise<Evaluation[]> {
  const classes = classifier.labels.length;
  const size = pixelCount(classifier.input);
  const evaluations: Evaluation[] = [];
  const outputs = new Set<GradientOutput | null>(requests.map(({ gradient }) => gradient?.of ?? null));
  for (const of of outputs) {
    const rows = requests.flatMap(({ gradient }, row) => ((gradient?.of ?? null) === of ? [row] : []));
    const images = rows.map((row) => (requests[row] as EvaluationRequest).image);
    const weights = new Float32Array(of === null ? 0 : rows.length * classes);
    if (of !== null) for (const [at, row] of rows.entries()) weights.set(requests[row]?.gradient?.weights ?? [], at * classes);
    const { probabilities, logits, gradients } =
      of === null
        ? { ...(await classifier.scoreWithLogits(images, signal)), gradients: null }
        : await classifier.inputGradients(images, { of, weights }, signal);
    for (const [at, row] of rows.entries())
      evaluations[row] = {
        probabilities: probabilities.slice(at * classes, (at + 1) * classes),
        logits: logits.slice(at * classes, (at + 1) * classes),
        gradient: gradients?.slice(at * size, (at + 1) * size) ?? new Float32Array(0),
      };
  }
  return evaluations;
}

function checkCase({ image, source, target, seed }: AttackCase, { input, labels }: DifferentiableClassifier): void {
  const fits = image.width === input.width && image.height === input.height && image.channels === input.channels;
  if (!fits || image.pixels.length !== pixelCount(input))
    throw new AppError("INVALID_INPUT", `The image must be ${input.width} x ${input.height} with ${input.channels} channels.`, {
      field: "image",
    });
  for (const [field, value] of Object.entries({ source, target }))
    if (value !== null && !(Number.isInteger(value) && value >= 0 && value < labels.length))
      throw new AppError("INVALID_INPUT", `The ${field} must be a class from 0 to ${labels.length - 1}, not ${value}.`, { field });
  if (source !== null && source === target)
    throw new AppError("INVALID_INPUT", "The target must differ from the source.", { field: "target" });
  if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 31 - 1)
    throw new AppError("INVALID_INPUT", "A seed must be a whole number from 0 to 2^31 - 1.", { field: "seed" });
}
