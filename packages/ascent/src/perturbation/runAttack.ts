/** Attacks a batch of images: in each round the wishes of all processes that still run are evaluated together. */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier, GradientOutput } from "@pareidolia/core/differentiableClassifier";
import { type ByteImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import type { Answer, AttackCase, AttackDefinition, AttackGoal, AttackOutcome, AttackProcess, Wish } from "./attack.ts";
import { isAdversarial, largestClass } from "./attack.ts";
import { type Distances, distancesBetween } from "./distances.ts";
import { wishFor } from "./objective.ts";

/** A class's probability on the untouched image, on the stored bytes of the changed one, and on its floats before rounding. */
export interface Confidence {
  readonly classIndex: number;
  readonly before: number;
  readonly after: number;
  readonly float: number;
}

export interface AttackResult {
  readonly adversarial: ByteImage;
  /** Judged on the stored bytes. True with no step taken where the network is wrong already. */
  readonly success: boolean;
  /** What the network says of the stored bytes. */
  readonly predicted: number;
  readonly source: Confidence;
  readonly target: Confidence | null;
  /** Between stored bytes, in grey levels. */
  readonly distances: Distances;
  /** Gradients asked for. */
  readonly steps: number;
}

/** Of all cases together. */
export interface AttackProgress {
  /** Behind; of a case that has ended, all that it could have taken. Never falls. */
  readonly iterations: number;
  /** What the whole attack takes at most. */
  readonly most: number;
}

export interface RunAttackOptions {
  readonly attack: AttackDefinition;
  readonly classifier: DifferentiableClassifier;
  readonly cases: readonly AttackCase[];
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** Waited for after each round. */
  readonly onProgress?: (progress: AttackProgress) => Promise<void>;
}

/** One result a case, in their order. @throws AppError INVALID_INPUT for a parameter, class or image at fault; the signal's reason. */
export async function runAttack(options: RunAttackOptions): Promise<readonly AttackResult[]> {
  const { attack, classifier, cases, parameters, signal } = options;
  const method = attack.create(parameters);
  for (const attackCase of cases) checkCase(attackCase, classifier);
  const mostOfOne = attack.iterationsOf(parameters);
  const iterations = cases.map(() => 0);
  const results = new Map<number, AttackResult>();
  let waiting = cases.map((attackCase, index) => {
    const reached = (behind: number): void => {
      iterations[index] = behind;
    };
    const process = attackOne({ attackCase, shape: classifier.input, method, reached });
    return { index, process, wish: process.next().value as Wish };
  });
  while (waiting.length > 0) {
    signal?.throwIfAborted();
    const answers = await evaluate(
      classifier,
      waiting.map(({ wish }) => wish),
      signal,
    );
    waiting = waiting.flatMap(({ index, process }, row) => {
      const next = process.next(answers[row] as Answer);
      if (!next.done) return [{ index, process, wish: next.value }];
      results.set(index, next.value);
      iterations[index] = mostOfOne;
      return [];
    });
    await options.onProgress?.({ iterations: iterations.reduce((sum, behind) => sum + behind, 0), most: mostOfOne * cases.length });
  }
  return cases.map((_, index) => results.get(index) as AttackResult);
}

interface OneAttack {
  readonly attackCase: AttackCase;
  readonly shape: ImageShape;
  readonly method: (goal: AttackGoal) => AttackProcess<AttackOutcome>;
  readonly reached: AttackGoal["reached"];
}

function* attackOne({ attackCase, shape, method, reached }: OneAttack): AttackProcess<AttackResult> {
  const original = attackCase.image.pixels;
  const { width, height, channels } = shape;
  const untouched = Float32Array.from(original);
  const before: Answer = yield { image: { width, height, channels, pixels: untouched }, gradient: null };
  const { target, seed } = attackCase;
  const goal: AttackGoal = { shape, original, source: attackCase.source ?? largestClass(before.logits), target, seed, before, reached };
  const outcome: AttackOutcome = isAdversarial(goal, before.logits)
    ? { pixels: untouched, stored: original.slice(), steps: 0 }
    : yield* method(goal);
  const after: Answer = yield wishFor(goal, outcome.stored);
  const float: Answer = yield wishFor(goal, outcome.pixels);
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

/** Wishes of one kind go to the classifier together. */
async function evaluate(classifier: DifferentiableClassifier, wishes: readonly Wish[], signal: AbortSignal | undefined): Promise<Answer[]> {
  const classes = classifier.labels.length;
  const size = pixelCount(classifier.input);
  const answers: Answer[] = [];
  const kinds = new Set<GradientOutput | null>(wishes.map(({ gradient }) => gradient?.of ?? null));
  for (const of of kinds) {
    const rows = wishes.flatMap((wish, row) => ((wish.gradient?.of ?? null) === of ? [row] : []));
    const images = rows.map((row) => (wishes[row] as Wish).image);
    const weights = new Float32Array(of === null ? 0 : rows.length * classes);
    if (of !== null) for (const [at, row] of rows.entries()) weights.set((wishes[row] as Wish).gradient?.weights ?? [], at * classes);
    const { probabilities, logits, gradients } =
      of === null
        ? { ...(await classifier.scoreWithLogits(images, signal)), gradients: null }
        : await classifier.inputGradients(images, { of, weights }, signal);
    for (const [at, row] of rows.entries())
      answers[row] = {
        probabilities: probabilities.slice(at * classes, (at + 1) * classes),
        logits: logits.slice(at * classes, (at + 1) * classes),
        gradient: gradients?.slice(at * size, (at + 1) * size) ?? new Float32Array(0),
      };
  }
  return answers;
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
    throw new AppError("INVALID_INPUT", "The target must be another class than the source.", { field: "target" });
  if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 31 - 1)
    throw new AppError("INVALID_INPUT", "A seed must be a whole number from 0 to 2^31 - 1.", { field: "seed" });
}
