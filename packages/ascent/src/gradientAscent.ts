/**
 * Gradient ascent on a batch of classes (Nguyen, Yosinski and Clune 2015, section 3.7; released code, find_fooling_image.py):
 * clip to [0, 255], evaluate, step along the gradient, regularise, again. Ask and tell: evaluation is somebody else's. Each pair
 * of class and seed has streams of its own and never sees the others, so a batch may be cut in any way; a pair that has ended
 * leaves it. What counts as reached is the confidence of the bytes that would be stored; the float confidence is kept beside it.
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
  /** By name, as `ascentParameters` declares them; what is missing takes its default. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Of the network's training images in grey levels, one value or one a channel. Mid-grey when absent. */
  readonly mean?: readonly number[];
}

export interface AskedStep {
  /** The positions, within the options' pairs, of those that are still under way. */
  readonly pairs: readonly number[];
  /** To be differentiated: image after image, with one weight a class each. */
  readonly images: readonly FloatImage[];
  readonly of: GradientOutput;
  readonly weights: Float32Array;
  /** To be scored: the stored bytes of each; then, where jitter moves the images above, each unmoved. */
  readonly scored: readonly FloatImage[];
}

export interface ToldStep {
  readonly step: number;
  /** One entry a pair that was under way. */
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

  /** @throws AppError INVALID_INPUT naming the option or parameter at fault. */
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

  /** Updates made so far, which is the number of the step to be asked for. */
  get step(): number {
    return this.#step;
  }

  get isDone(): boolean {
    return this.#states.every(({ end }) => end !== null);
  }

  /** One entry a pair, in the options' order. Complete once `isDone`. */
  get results(): readonly Readonly<Omit<PairState, "pixels" | "memory">>[] {
    return this.#states.map(({ pair, end, milestones, trace, start, best, last }) => ({ pair, end, milestones, trace, start, best, last }));
  }

  /** What is to be evaluated next; no pairs once all have ended. */
  ask(): AskedStep {
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
   * Completes the step with the answers to the latest `ask`.
   * @throws AppError INVALID_INPUT, everything untouched, when they are answers to something else.
   */
  tell(gradients: InputGradients, scores: Scores): ToldStep {
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
    const confidences: ToldStep["confidences"][number][] = [];
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

  /** All of the state, trajectories included. Equal states give equal bytes. */
  serialise(): Uint8Array {
    return packAscent({ identity: this.#identity(), step: this.#step, states: this.#states });
  }

  /**
   * Goes on from `serialise`d bytes as if there had been no interruption.
   * @throws AppError CORRUPT_DATA when they are not of this ascent.
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

  /** What a state belongs to: another setting, class or seed is another ascent. */
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
  if (pairs.length === 0) throw new AppError("INVALID_INPUT", "Name at least one class to climb.", { field: "classes" });
  for (const { classIndex, seed } of pairs) {
    if (!Number.isInteger(classIndex) || classIndex < 0 || classIndex >= classes)
      throw new AppError("INVALID_INPUT", `A class must be a whole number from 0 to ${classes - 1}, not ${classIndex}.`, {
        field: "classes",
      });
    if (!Number.isInteger(seed) || seed < 0 || seed > 2 ** 31 - 1)
      throw new AppError("INVALID_INPUT", "A seed must be a whole number from 0 to 2^31 - 1.", { field: "seed" });
  }
}
