/**
 * A chain of networks DNN_1, DNN_2, ... (the paper, section 3.6): evolve runs against each, add half of their images from the first
 * generation and half from the last to a class of their own, and train the next from scratch on all so far.
 */

import type { DataSet } from "@pareidolia/classifiers/data/dataSet";
import { openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import type { OwnModel } from "@pareidolia/classifiers/training/ownModels";
import { retrainIteration } from "@pareidolia/classifiers/training/retrainIteration";
import type { TrainingRecipe } from "@pareidolia/classifiers/training/trainingRecipe";
import type { Classifier } from "@pareidolia/core/classifier";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import type { ByteImage } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { evolveGenerations } from "./evolvedGenerations.ts";

export interface ChainOptions<G> {
  readonly model: OwnModel;
  /** DNN_1, which knows no fooling class. The caller owns it. */
  readonly first: Classifier;
  readonly firstTestError: number;
  readonly data: Awaited<ReturnType<DataSet["read"]>>;
  readonly recipe: TrainingRecipe;
  readonly encoding: EncodingDefinition<G>;
  readonly parameters: Parameters;
  /** Networks in all, DNN_1 included. */
  readonly networks: number;
  readonly runs: number;
  readonly generations: number;
  readonly offspring: number;
  /** How often each fooling image is shown in an epoch, by how many there are. */
  readonly repeats: (fooling: number) => number;
  readonly seed: number;
  readonly threads: number;
  readonly onProgress: (line: string) => void;
}

export interface ChainLink {
  /** From 1. */
  readonly network: number;
  readonly testError: number;
  /** Of the training set; 0 for DNN_1. */
  readonly share: number;
  readonly foolingImages: number;
  readonly foolingError: number | null;
  /** What fresh evolution reached against it in the data set's own classes, run after run. */
  readonly confidences: readonly number[];
  /** One run's, by class. */
  readonly examples: readonly { readonly niche: number; readonly image: ByteImage; readonly confidence: number }[];
}

export async function retrainChain<G>(options: ChainOptions<G>): Promise<readonly ChainLink[]> {
  const { model, data, onProgress } = options;
  const classes = model.dataSet.labels.length;
  const links: ChainLink[] = [];
  const fooling: ByteImage[] = [];
  let classifier = options.first;
  let about = { testError: options.firstTestError, share: 0, foolingError: null as number | null };
  for (let network = 1; network <= options.networks; network++) {
    if (network > 1) {
      const retrained = await retrainIteration({
        network: model.network,
        data,
        recipe: options.recipe,
        fooling,
        repeats: options.repeats(fooling.length),
        seed: options.seed + network,
        threads: options.threads,
        onEpoch: ({ epoch, meanLoss }) => onProgress(`${model.id}, DNN_${network}: epoch ${epoch}, mean loss ${meanLoss.toFixed(4)}`),
      });
      about = retrained;
      const { width, height, channels } = data.fitted.shape;
      classifier = await openClassifier({
        file: retrained.file,
        labels: [...model.dataSet.labels, "fooling"],
        preprocessing: { width, height, channels, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
        threads: options.threads,
      });
    }
    const known = fooling.length;
    const confidences: number[] = [];
    let examples: ChainLink["examples"] = [];
    try {
      const encoding = options.encoding.create(classifier.input, options.parameters);
      for (let run = 0; run < options.runs; run++) {
        const seed = options.seed * 1_000_000 + network * 10_000 + run;
        const kept = await evolveGenerations({
          classifier,
          encoding,
          seed,
          offspring: options.offspring,
          generations: [0, options.generations],
        });
        const last = (kept.get(options.generations) ?? []).filter(({ niche }) => niche < classes);
        confidences.push(...last.map(({ confidence }) => confidence));
        fooling.push(...[...(kept.get(0) ?? []).filter(({ niche }) => niche < classes), ...last].map(({ image }) => image));
        if (run === 0) examples = last;
      }
    } finally {
      if (network > 1) await classifier.dispose();
    }
    links.push({
      network,
      testError: about.testError,
      share: about.share,
      foolingError: about.foolingError,
      foolingImages: known,
      confidences,
      examples,
    });
    onProgress(`${model.id}, DNN_${network}: ${options.runs} runs evolved against it`);
  }
  return links;
}
