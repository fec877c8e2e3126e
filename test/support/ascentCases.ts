/** Every registered ascent and attack with every preset, shortened, with one interface for the contract suites. */

import { runAttack } from "@pareidolia/ascent/perturbation/runAttack";
import { ascents, attacks } from "@pareidolia/ascent/registry";
import { runAscent } from "@pareidolia/ascent/runAscent";
import { type AppError, AppError as AppErrorClass } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { ByteImage, FloatImage, ImageShape } from "@pareidolia/core/image";
import type { ParameterSpec, Parameters } from "@pareidolia/core/parameterSpec";
import { Purpose, Random } from "@pareidolia/core/random";
import { createLinearClassifier } from "./linearClassifier.ts";

export const shape: ImageShape = { width: 7, height: 5, channels: 3 };
export const classes = 6;

/** An ascent of a class, or an attack with it as the target. */
export interface Item {
  readonly classIndex: number;
  readonly seed: number;
}

interface Outcome {
  readonly stored: ByteImage;
  /** The complete result of the run as text. */
  readonly record: string;
  /** The objective at the start and at the end. */
  readonly before: number;
  readonly after: number;
}

interface RunOptions {
  readonly classifier: DifferentiableClassifier;
  readonly items: readonly Item[];
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

export interface AscentCase {
  readonly name: string;
  readonly parameters: readonly ParameterSpec[];
  run(options: RunOptions): Promise<readonly Outcome[]>;
}

export function linear(duringPredict?: (call: number) => void): DifferentiableClassifier {
  return createLinearClassifier({ input: shape, classes, ...(duringPredict === undefined ? {} : { duringPredict }) });
}

/** Noise from 60 to 195, away from the ends of the range. */
export function noiseImage(seed: number): ByteImage {
  const random = new Random({ seed, generation: 0, index: 0, purpose: Purpose.NOISE });
  return { ...shape, pixels: Uint8Array.from({ length: shape.width * shape.height * shape.channels }, () => 60 + random.below(136)) };
}

const grey: FloatImage = { ...shape, pixels: new Float32Array(shape.width * shape.height * shape.channels).fill(127.5) };

async function logPosterior(classifier: DifferentiableClassifier, image: ByteImage | FloatImage, classIndex: number): Promise<number> {
  const scores = await classifier.predict([{ ...image, pixels: Float32Array.from(image.pixels) }]);
  return Math.log(scores.probabilities[classIndex] as number);
}

/** Limits the iterations of a preset. */
function shortened(specs: readonly ParameterSpec[], values: Parameters): Parameters {
  const short: Record<string, number> = { iterations: 25, steps: 10, traceEvery: 3, targetConfidence: 0 };
  return { ...values, ...Object.fromEntries(Object.entries(short).filter(([name]) => specs.some((spec) => spec.name === name))) };
}

const ascentCases: readonly AscentCase[] = ascents.flatMap((definition) =>
  definition.presets.map(({ id, values }) => ({
    name: `${definition.id}, ${id}`,
    parameters: definition.parameters,
    async run({ classifier, items, parameters, signal }: RunOptions) {
      const ascent = definition.create({
        shape: classifier.input,
        classes: classifier.labels.length,
        pairs: items.map((item) => (parameters?.start === "image" ? { ...item, image: grey } : item)),
        parameters: { ...shortened(definition.parameters, values), ...parameters },
      });
      const starts = ascent.ask().scored;
      await runAscent({ ascent, classifier, ...(signal === undefined ? {} : { signal }) });
      return Promise.all(
        ascent.results.map(async (result, index) => {
          const { classIndex } = items[index] as Item;
          const stored = result.last?.image as ByteImage;
          return {
            stored,
            record: JSON.stringify(result, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value)),
            before: await logPosterior(classifier, starts[index] as FloatImage, classIndex),
            after: await logPosterior(classifier, stored, classIndex),
          };
        }),
      );
    },
  })),
);

const attackCases: readonly AscentCase[] = attacks.flatMap((definition) =>
  definition.presets.map(({ id, values }) => ({
    name: `${definition.id}, ${id}`,
    parameters: definition.parameters,
    async run({ classifier, items, parameters, signal }: RunOptions) {
      const images = items.map(({ seed }) => noiseImage(seed));
      const results = await runAttack({
        attack: definition,
        classifier,
        cases: items.map(({ classIndex, seed }, index) => ({
          image: images[index] as ByteImage,
          source: null,
          target: classIndex,
          seed,
        })),
        parameters: { ...shortened(definition.parameters, values), ...parameters },
        ...(signal === undefined ? {} : { signal }),
      });
      return Promise.all(
        results.map(async (result, index) => {
          const { classIndex } = items[index] as Item;
          return {
            stored: result.adversarial,
            record: JSON.stringify(result, (_, value: unknown) => (value instanceof Uint8Array ? [...value] : value)),
            before: await logPosterior(classifier, images[index] as ByteImage, classIndex),
            after: await logPosterior(classifier, result.adversarial, classIndex),
          };
        }),
      );
    },
  })),
);

export const methodCases: readonly AscentCase[] = [...ascentCases, ...attackCases];

/** A value that the spec must reject. */
export function wrongValue(spec: ParameterSpec): unknown {
  if (spec.kind === "boolean") return "yes";
  if (spec.kind === "choice") return "unknown choice";
  return spec.maximum * 2 + 1;
}

export async function errorOf(act: () => unknown): Promise<AppError | null> {
  try {
    await act();
    return null;
  } catch (error) {
    if (error instanceof AppErrorClass) return error;
    throw error;
  }
}
