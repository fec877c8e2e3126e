/** The retraining chain of a run, before its first step, and the steps that need only its settings. */
import type { OwnModel } from "@pareidolia/classifiers/training/ownModels";
import type { RetrainedModel } from "@pareidolia/classifiers/training/retrainIteration";
import type { Classifier } from "@pareidolia/core/classifier";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import { weightOfShare } from "@pareidolia/core/retrainingChain";
import { getEncoding } from "@pareidolia/encodings/registry";
import { evolveFresh, type FreshEvolution } from "@pareidolia/evolution/retraining/evolveFresh";
import { type EvolveStep, RetrainingChain, type TrainStep } from "@pareidolia/evolution/retraining/retrainingChain";
import type { ChainLinkRecord, StoredChain } from "@pareidolia/persistence/lab/chains/readChains";
import type { WholeRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import { sha256 } from "../hashChain/sha256.ts";
import { architectureOf, trainLink } from "./trainLink.ts";

type ChainRun = WholeRun<"retraining">;

export interface OpenChain {
  readonly architecture: OwnModel;
  readonly chain: RetrainingChain;
}

export function openChain(run: ChainRun, stored: StoredChain): OpenChain {
  const architecture = architectureOf(run.modelSlug, stored.chain.dataset);
  const weight = weightOfShare(Number(run.parameters["foolingShare"]));
  const plan = {
    links: stored.links.map(() => ({ runs: Number(run.parameters["runs"]), weight })),
    classes: architecture.dataSet.labels.length,
    generations: Number(run.parameters["generations"]),
    offspring: Number(run.parameters["offspring"]),
    seed: run.seed,
  };
  return { architecture, chain: new RetrainingChain(plan, sha256) };
}

/** SHA-256 of a finished link's packed images; null for a link that is not finished. */
export function packedImagesOf(link: ChainLinkRecord): string | null {
  const { images } = (link.metrics ?? {}) as { images?: unknown };
  return link.state === "SUCCEEDED" && typeof images === "string" ? images : null;
}

export interface StepOptions {
  readonly run: ChainRun;
  readonly signal: AbortSignal;
}

export function train(
  step: TrainStep,
  { run, signal, ...options }: StepOptions & { readonly model: OwnModel; readonly cacheFolder: string; readonly onBatch: () => void },
): Promise<RetrainedModel> {
  const { epochs, trainingImages } = run.parameters;
  return trainLink({ step, epochs: Number(epochs), trainingImages: Number(trainingImages), signal, ...options });
}

export function evolve(
  step: EvolveStep,
  { run, signal, ...options }: StepOptions & { readonly classifier: Classifier; readonly onGeneration: (evaluations: number) => void },
): Promise<FreshEvolution> {
  const definition = getEncoding(String(run.parameters["encoding"]));
  const preset = definition.presets.find(({ id }) => id === "released-code") ?? definition.presets[0];
  const encoding = definition.create(options.classifier.input, resolveParameters(definition.parameters, preset?.values ?? {}));
  return evolveFresh({ plan: step, encoding, signal, ...options });
}
