/**
 * A chain of networks DNN_1, DNN_2, ... (the paper, section 3.6): evolve runs against each, add half of their images from the first
 * generation and half from the last to a class of their own, and train the next from scratch on all so far. Beside it, where asked, a
 * control: trained like DNN_2 and as long, but without the class, so that a shorter training is not taken for the class's doing.
 */

import { quantile } from "@pareidolia/analysis/quantile";
import type { DataSet } from "@pareidolia/classifiers/data/dataSet";
import { openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import { errorRate } from "@pareidolia/classifiers/training/errorRate";
import type { OwnModel } from "@pareidolia/classifiers/training/ownModels";
import { retrainIteration } from "@pareidolia/classifiers/training/retrainIteration";
import { trainClassifier } from "@pareidolia/classifiers/training/trainClassifier";
import type { TrainingRecipe } from "@pareidolia/classifiers/training/trainingRecipe";
import type { Classifier } from "@pareidolia/core/classifier";
import type { EncodingDefinition } from "@pareidolia/core/encoding";
import type { ByteImage } from "@pareidolia/core/image";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import { evolveFreshRuns, type FreshRuns } from "./freshRuns.ts";

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
  readonly control: boolean;
  readonly runs: number;
  readonly generations: number;
  readonly offspring: number;
  /** How often each fooling image is shown in an epoch, by the network (from 2) and by how many images there are. */
  readonly repeats: (network: number, fooling: number) => number;
  readonly seed: number;
  /** Of a training, which gives the same weights again only with the same number. */
  readonly threads: number;
  readonly onProgress: (line: string) => void;
}

export interface ChainLink extends Pick<FreshRuns, "confidences" | "examples"> {
  /** From 1; null for the control. */
  readonly network: number | null;
  readonly testError: number;
  /** Of the training set; 0 for a network without the class. */
  readonly share: number;
  readonly foolingImages: number;
  readonly foolingError: number | null;
}

/** The chain in its order, then the control if there is one; both at once, as a training keeps one core busy. */
export async function retrainChain<G>(options: ChainOptions<G>): Promise<readonly ChainLink[]> {
  const [links, beside] = await Promise.all([followChain(options), options.control ? control(options) : null]);
  return beside === null ? links : [...links, beside];
}

async function followChain<G>(options: ChainOptions<G>): Promise<readonly ChainLink[]> {
  const { model, data, onProgress } = options;
  const links: ChainLink[] = [];
  const fooling: ByteImage[] = [];
  for (let network = 1; network <= options.networks; network++) {
    const onEpoch = reportEpochs(options, `DNN_${network}`);
    const trained =
      network === 1
        ? null
        : await retrainIteration({
            ...training(options, network),
            network: model.network,
            data,
            fooling,
            repeats: options.repeats(network, fooling.length),
            onEpoch,
          });
    const classifier = trained === null ? options.first : await open(options, trained.file, ["fooling"]);
    const known = fooling.length;
    const { images, ...reached } = await evolve(options, classifier, network, trained !== null);
    fooling.push(...images);
    links.push({
      ...reached,
      network,
      testError: trained?.testError ?? options.firstTestError,
      share: trained?.share ?? 0,
      foolingError: trained?.foolingError ?? null,
      foolingImages: known,
    });
    onProgress(`${model.id}, DNN_${network}: ${summarise(reached, trained?.testError ?? options.firstTestError)}`);
  }
  return links;
}

/** From the seed of DNN_2, on the data set's own images alone. */
async function control<G>(options: ChainOptions<G>): Promise<ChainLink> {
  const { model, data, threads, onProgress } = options;
  const { file } = await trainClassifier({
    ...training(options, 2),
    network: model.network(),
    centring: data.centring,
    fitted: data.fitted,
    validation: data.validation,
    onEpoch: reportEpochs(options, "the control"),
  });
  const testError = await errorRate({ file, images: data.test, threads });
  const { images: _, ...reached } = await evolve(options, await open(options, file, []), 0, true);
  onProgress(`${model.id}, the control: ${summarise(reached, testError)}`);
  return { ...reached, network: null, testError, share: 0, foolingError: null, foolingImages: 0 };
}

function summarise({ confidences }: Pick<FreshRuns, "confidences">, testError: number): string {
  const medians = confidences.map((run) => quantile(run, 0.5).toFixed(5));
  return `test error ${(100 * testError).toFixed(2)}%, medians of fresh runs ${medians.join(", ")}`;
}

function training<G>({ recipe, seed, threads }: ChainOptions<G>, network: number) {
  return { recipe, seed: seed + network, threads };
}

function reportEpochs<G>({ model, onProgress }: ChainOptions<G>, name: string) {
  return ({ epoch, meanLoss }: { readonly epoch: number; readonly meanLoss: number }): void =>
    onProgress(`${model.id}, ${name}: epoch ${epoch}, mean loss ${meanLoss.toFixed(4)}`);
}

function open<G>({ model, data }: ChainOptions<G>, file: Uint8Array, more: readonly string[]): Promise<Classifier> {
  const { width, height, channels } = data.fitted.shape;
  return openClassifier({
    file,
    labels: [...model.dataSet.labels, ...more],
    preprocessing: { width, height, channels, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
  });
}

async function evolve<G>(options: ChainOptions<G>, classifier: Classifier, place: number, isOurs: boolean): Promise<FreshRuns> {
  const { model, encoding, parameters, generations, offspring, seed } = options;
  const seeds = Array.from({ length: options.runs }, (_, run) => seed * 1_000_000 + place * 10_000 + run);
  try {
    return await evolveFreshRuns({
      classifier,
      classes: model.dataSet.labels.length,
      encoding,
      parameters,
      seeds,
      generations,
      offspring,
    });
  } finally {
    if (isOurs) await classifier.dispose();
  }
}
