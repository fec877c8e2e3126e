/**
 * Fresh runs against one network of a chain: the elites that each run ends with, and the images of its first and last generation, of
 * which the fooling class is made (the paper, section 3.6).
 */
import type { Classifier } from "@pareidolia/core/classifier";
import type { Encoding } from "@pareidolia/core/encoding";
import { type ByteImage, quantiseImage, toFloatImage } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import { evaluateGeneration } from "../evaluateGeneration.ts";
import { MapElites } from "../mapElites.ts";
import type { FreshRunsPlan } from "./retrainingChain.ts";

export interface FreshRunsOptions {
  readonly plan: FreshRunsPlan;
  /** Has the data set's classes, and the fooling class after them if it was trained with one. */
  readonly classifier: Classifier;
  readonly encoding: Encoding<unknown>;
  readonly signal?: AbortSignal;
  /** Called after each generation of each run; throws to stop all runs. */
  readonly onGeneration?: (evaluations: number) => void;
}

export interface FreshElite {
  /** A class of the data set. */
  readonly niche: number;
  readonly image: ByteImage;
  /** As the search computed it on float pixels. */
  readonly fitness: number;
  /** On the bytes of `image`. */
  readonly confidence: number;
  /** Whether the network labels it with the fooling class. */
  readonly isRecognised: boolean;
}

export interface FreshEvolution {
  /** The last generation of each run, in niche order. */
  readonly runs: readonly (readonly FreshElite[])[];
  /** Of each run, the first generation and then the last. */
  readonly images: readonly ByteImage[];
}

interface FreshRun {
  readonly first: readonly ByteImage[];
  readonly last: readonly FreshElite[];
}

type Drawn = Pick<FreshElite, "niche" | "image" | "fitness">;

/** While the network scores one run's images, the other breeds and draws. */
const runsAtOnce = 2;

/** @throws the signal's reason when aborted, or the first error of a run. */
export async function evolveFresh(options: FreshRunsOptions): Promise<FreshEvolution> {
  const { seeds } = options.plan;
  const runs: FreshRun[] = [];
  let next = 0;
  let hasFailed = false;
  const lane = async (): Promise<void> => {
    for (let run = next++; run < seeds.length && !hasFailed; run = next++)
      try {
        runs[run] = await evolveRun(options, seeds[run] as number, () => hasFailed);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
  };
  const ended = await Promise.allSettled(Array.from({ length: runsAtOnce }, lane));
  for (const end of ended) if (end.status === "rejected") throw end.reason;
  return {
    runs: runs.map(({ last }) => last),
    images: runs.flatMap(({ first, last }) => [...first, ...last.map(({ image }) => image)]),
  };
}

async function evolveRun(options: FreshRunsOptions, seed: number, hasFailed: () => boolean): Promise<FreshRun> {
  const { plan, classifier, encoding, onGeneration } = options;
  const signal = options.signal && { signal: options.signal };
  const { offspring } = plan;
  const search = new MapElites({ encoding, niches: classifier.labels.length, seed, offspring, insertion: "every-class" });
  let first: readonly Drawn[] = [];
  for (let generation = 0; generation <= plan.generations && !hasFailed(); generation++) {
    await evaluateGeneration({ search, encoding, classifier, ...signal });
    onGeneration?.(offspring);
    if (generation === 0) first = draw(search, options);
  }
  return { first: first.map(({ image }) => image), last: await scoreStored(draw(search, options), options) };
}

function draw(search: MapElites<unknown>, { encoding, plan }: FreshRunsOptions): readonly Drawn[] {
  return search.elites.flatMap((elite, niche) =>
    elite === null || niche >= plan.classes ? [] : [{ niche, image: quantiseImage(encoding.decode(elite.genome)), fitness: elite.fitness }],
  );
}

async function scoreStored(elites: readonly Drawn[], { classifier, plan, signal }: FreshRunsOptions): Promise<readonly FreshElite[]> {
  const scores = await classifier.predict(
    elites.map(({ image }) => toFloatImage(image)),
    signal,
  );
  return elites.map((elite, i) => {
    const row = scores.probabilities.subarray(i * scores.classes, (i + 1) * scores.classes);
    return { ...elite, confidence: row[elite.niche] as number, isRecognised: topClass(row) >= plan.classes };
  });
}
