/**
 * Gradient ascent on a batch of classes (Nguyen, Yosinski and Clune 2015, section 3.7; released code, find_fooling_image.py):
 * clip to [0, 255], evaluate, step along the gradient, regularise, repeat. Ask/tell interface: the caller evaluates. Each pair of
 * class and seed has its own random streams and is independent of the others, so a batch may be split in any way. A pair that has
 * ended leaves the batch. A confidence counts as reached if the stored bytes reach it; the float confidence is recorded too.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Scores } from "@pareidolia/core/classifier";
import type { GradientOutput, InputGradients } from "@pareidolia/core/differentiableClassifier";
import { type FloatImage, type ImageShape, pixelCount, quantiseImage, toFloatImage } from "@pareidolia/core/image";
import { type AscentPair, type Milestone, milestoneLevels, type PairState } from "./ascentPair.ts";
import { type AscentParameters, readAscentParameters } from "./ascentParameters.ts";
import { packAscent, unpackAscent } from "./ascentState.ts";
import { jitterShift, shiftAround } from "./jitter.ts";
import { regularizers } from "./regularizers/registry.ts";
import { startPixels } from "./startImage.ts";
import { updateRules } from "./updateRules/registry.ts";
import type { UpdateRule } from "./updateRules/updateRule.ts";

/**
 * What an ascent climbs. The paper takes the posterior (layer `prob`). The visualisation toolbox takes the logit, which does not saturate
 * and does not fall when other classes rise. The logarithm of the posterior has the same maximum, and a gradient that does not vanish far
 * from it.
 */
const outputOfObjective: Readonly<Record<AscentParameters["objective"], GradientOutput>> = {
  posterior: "probabilities",
  "log-posterior": "log-probabilities",
  logit: "logits",
};

export interface AscentOptions {
  readonly shape: ImageShape;
  readonly classes: number;
  readonly pairs: readonly AscentPair[];
  /** By name, as declared by `ascentParameters`. Missing parameters take their defaults. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Mean of the network's training images in grey levels: one value, or one per channel. Default: mid-grey. */
  readonly mean?: readonly number[];
}

export interface StepRequest {
  /** Indices of the options' pairs that have not ended. */
  readonly pairs: readonly number[];
  /** Images to differentiate, with one weight per class each in `weights`. */
  readonly images: readonly FloatImage[];
  readonly of: GradientOutput;
  readonly weights: Float32Array;
  /** Images to score: the stored bytes of each; with jitter, followed by the unshifted image of each. */
  readonly scored: readonly FloatImage[];
}

export interface StepResult {
  readonly step: number;
  /** One entry per pair in the batch. */
  readonly confidences: readonly { readonly pair: number; readonly confidence: number; readonly storedConfidence: number }[];
  readonly milestones: readonly { readonly pair: number; readonly milestone: Milestone }[];
  readonly ended: readonly number[];
}

export class GradientAscent {
  readonly #options: AscentOptions;
  readonly #settings: AscentParameters;
  readonly #updateRule: UpdateRule;
  readonly #mean: readonly number[];
  #states: PairState[];
  #step = 0;

  /** @throws AppError INVALID_INPUT with the invalid option or parameter as `field`. */
  constructor(options: AscentOptions) {
    this.#options = options;
    this.#settings = readAscentParameters(options.parameters);
    this.#updateRule = updateRules[this.#settings.updateRule];
    this.#mean = readMean(options);
    checkPairs(options);
    const { start: kind, startNoise: noise } = this.#settings;
    this.#states = options.pairs.map((pair) => {
      const pixels = startPixels(pair, { kind, noise, shape: options.shape, mean: this.#mean });
      const memory = Array.from({ length: this.#updateRule.memoryArrays }, () => new Float32Array(pixels.length));
      return { pair, pixels, memory, end: null, milestones: [], trace: [], start: null, best: null, last: null };
    });
  }

  /** Number of updates so far, which is also the number of the next step. */
  get step(): number {
    return this.#step;
  }

  get isDone(): boolean {
    return this.#states.every(({ end }) => end !== null);
  }

  /** One entry per pair, in the options' order. Complete once `isDone`. */
  get results(): readonly Readonly<Omit<PairState, "pixels" | "memory">>[] {
    return this.#states.map(({ pair, end, milestones, trace, start, best, last }) => ({ pair, end, milestones, trace, start, best, last }));
  }

  /** The images to evaluate next. Empty once all pairs have ended. */
  ask(): StepRequest {
    const { classes, shape } = this.#options;
    const pairs = this.#live();
    const weights = new Float32Array(pairs.length * classes);
    const plain = pairs.map((index) => ({ ...shape, pixels: this.#state(index).pixels }));
    for (const [row, index] of pairs.entries()) weights[row * classes + this.#state(index).pair.classIndex] = 1;
    const stored = plain.map((image) => toFloatImage(quantiseImage(image)));
    const images = plain.map((image, row) => ({ ...shape, pixels: shiftAround(image.pixels, shape, this.#shift(pairs[row] as number)) }));
    const scored = this.#settings.jitter > 0 ? [...stored, ...plain] : stored;
    return { pairs, images, of: outputOfObjective[this.#settings.objective], weights, scored };
  }

  /**
   * Completes the step with the results of the last `ask`.
   * @throws AppError INVALID_INPUT, leaving the state unchanged, if their number does not match the request.
   */
  tell(gradients: InputGradients, scores: Scores): StepResult {
    const { classes, shape } = this.#options;
    const size = pixelCount(shape);
    const pairs = this.#live();
    const scored = pairs.length * (this.#settings.jitter > 0 ? 2 : 1);
    const fits =
      gradients.gradients.length === pairs.length * size &&
      gradients.probabilities.length === pairs.length * classes &&
      scores.probabilities.length === scored * classes;
    if (!fits) throw new AppError("INVALID_INPUT", `Expected gradients of ${pairs.length} images and scores of ${scored}.`);
    const ended: number[] = [];
    const milestones: { pair: number; milestone: Milestone }[] = [];
    const confidences: StepResult["confidences"][number][] = [];
    for (const [row, pair] of pairs.entries()) {
      const state = this.#state(pair);
      const at = row * classes + state.pair.classIndex;
      const posterior = gradients.probabilities[at] as number;
      const storedConfidence = scores.probabilities[at] as number;
      const confidence = scored > pairs.length ? (scores.probabilities[pairs.length * classes + at] as number) : posterior;
      confidences.push({ pair, confidence, storedConfidence });
      for (const milestone of this.#record(state, confidence, storedConfidence)) milestones.push({ pair, milestone });
      this.#advance(state, gradients.gradients.subarray(row * size, (row + 1) * size), posterior, this.#shift(pair));
      if (state.end !== null) ended.push(pair);
    }
    return { step: this.#step++, confidences, milestones, ended };
  }

  /** The whole state, including trajectories. Equal states give equal bytes. */
  serialise(): Uint8Array {
    return packAscent({ identity: this.#identity(), step: this.#step, states: this.#states });
  }

  /**
   * Resumes from `serialise`d bytes. Later steps are the same as without an interruption.
   * @throws AppError CORRUPT_DATA for bytes of another ascent.
   */
  restore(bytes: Uint8Array): void {
    const { shape, pairs } = this.#options;
    const { memoryArrays } = this.#updateRule;
    const { step, states } = unpackAscent(bytes, { identity: this.#identity(), shape, pairs, memoryArrays });
    this.#step = step;
    this.#states = states;
  }

  #live(): number[] {
    return this.#states.flatMap(({ end }, index) => (end === null ? [index] : []));
  }

  #state(index: number): PairState {
    return this.#states[index] as PairState;
  }

  #shift(index: number) {
    const { classIndex, seed } = this.#state(index).pair;
    return jitterShift(this.#settings.jitter, { classIndex, seed, step: this.#step });
  }

  #record(state: PairState, confidence: number, storedConfidence: number): readonly Milestone[] {
    const image = quantiseImage({ ...this.#options.shape, pixels: state.pixels });
    const snapshot = { step: this.#step, confidence, storedConfidence, image };
    state.last = snapshot;
    state.start ??= snapshot;
    if (state.best === null || storedConfidence > state.best.storedConfidence) state.best = snapshot;
    const reached = milestoneLevels.slice(state.milestones.length).filter((level) => storedConfidence >= level);
    const milestones = reached.map((level) => ({ level, ...snapshot }));
    state.milestones.push(...milestones);
    return milestones;
  }

  #advance(state: PairState, shiftedGradient: Float32Array, posterior: number, shift: { x: number; y: number }): void {
    const { iterations, targetConfidence, traceEvery } = this.#settings;
    const { step } = this;
    const last = state.last;
    if (last === null) throw new AppError("INTERNAL", "A step was advanced before it was recorded.");
    const gradient = shiftAround(shiftedGradient, this.#options.shape, { x: -shift.x, y: -shift.y });
    const gradientNorm = Math.sqrt(gradient.reduce((sum, value) => sum + value * value, 0));
    const offset = this.#offset(state.pixels);
    const point = {
      step,
      confidence: last.confidence,
      storedConfidence: last.storedConfidence,
      norm: Math.sqrt(offset.reduce((sum, value) => sum + value * value, 0)),
      gradientNorm: Number.isFinite(gradientNorm) ? gradientNorm : 0,
    };
    if (targetConfidence > 0 && last.storedConfidence >= targetConfidence) state.end = "target";
    else if (step + 1 >= iterations) state.end = "budget";
    else if (!(gradientNorm > 0 && Number.isFinite(gradientNorm))) state.end = "no-gradient";
    if (state.end !== null) {
      state.trace.push({ ...point, stepSize: 0 });
      state.pixels = new Float32Array(0);
      state.memory = [];
      return;
    }
    const stepSize = this.#update(state, offset, gradient, posterior);
    if (step % traceEvery === 0) state.trace.push({ ...point, stepSize });
  }

  #update(state: PairState, offset: Float32Array, gradient: Float32Array, posterior: number): number {
    const settings = this.#settings;
    const { step } = this;
    const stepSize = this.#updateRule.apply(offset, { gradient, posterior, step, settings, memory: state.memory });
    for (const regularizer of regularizers)
      if (regularizer.isActive(settings, step)) regularizer.apply(offset, { shape: this.#options.shape, settings, gradient, step });
    const { channels } = this.#options.shape;
    state.pixels = offset.map((value, i) => Math.min(255, Math.max(0, value + (this.#mean[i % channels] as number))));
    return stepSize;
  }

  #offset(pixels: Float32Array): Float32Array {
    const { channels } = this.#options.shape;
    return pixels.map((value, i) => value - (this.#mean[i % channels] as number));
  }

  /** Identifies the ascent that a state belongs to: by settings, classes and seeds. */
  #identity(): string {
    const { shape, classes, pairs } = this.#options;
    const { updateRule, ...settings } = this.#settings;
    const { width, height, channels } = shape;
    const named = pairs.map(({ classIndex, seed, image }) => [classIndex, seed, image === undefined ? 0 : 1]);
    return JSON.stringify({ width, height, channels, classes, mean: this.#mean, updateRule, settings, pairs: named });
  }
}

function readMean({ mean = [127.5], shape }: AscentOptions): readonly number[] {
  const fits = mean.length === 1 || mean.length === shape.channels;
  if (!fits || !mean.every((value) => value >= 0 && value <= 255))
    throw new AppError("INVALID_INPUT", "The mean needs one value from 0 to 255, or one for each channel.", { field: "mean" });
  return Array.from({ length: shape.channels }, (_, channel) => mean[mean.length === 1 ? 0 : channel] as number);
}

function checkPairs({ pairs, classes }: AscentOptions): void {
  if (pairs.length === 0) throw new AppError("INVALID_INPUT", "Choose at least one class.", { field: "classes" });
  for (const { classIndex, seed } of pairs) {
    if (!Number.isInteger(classIndex) || classIndex < 0 || classIndex >= classes)
      throw new AppError("INVALID_INPUT", `A class must be a whole number from 0 to ${classes - 1}, not ${classIndex}.`, {
        field: "classes",
      });
    if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 31 - 1)
      throw new AppError("INVALID_INPUT", "A seed must be a whole number from 0 to 2^31 - 1.", { field: "seed" });
  }
}
