/** Runs a chain of networks DNN_1, DNN_2, ... (the paper, section 3.6) without a database, and measures each network. */
import { createHash } from "node:crypto";
import { type RetrainedModel, retrainIteration } from "@pareidolia/classifiers/training/retrainIteration";
import { type ChainLinkHashes, type ChainLinkPlan, driveChain, RetrainingChain } from "@pareidolia/evolution/retraining/retrainingChain";
import {
  evolveAgainst,
  openTrained,
  type RetrainingStudy,
  reportEpochs,
  resultsOf,
  type StudiedNetwork,
  summarise,
  trainOnce,
} from "./retrainedNetwork.ts";

export interface ChainOptions extends RetrainingStudy {
  /** From DNN_1 on. */
  readonly links: readonly ChainLinkPlan[];
  /** Name of a network in progress lines. */
  readonly nameOf?: (network: number) => string;
}

export interface ChainLink extends StudiedNetwork {
  /** The network's number, from 1. */
  readonly network: number;
}

export interface StudiedChain {
  readonly networks: readonly ChainLink[];
  readonly hashes: readonly ChainLinkHashes[];
  /** Hash of all links. */
  readonly hash: string;
}

export async function retrainChain(options: ChainOptions): Promise<StudiedChain> {
  const { model, data, recipe, first, firstTestError, links, generations, offspring, seed, onProgress } = options;
  const { nameOf = (network: number) => `DNN_${network}` } = options;
  const classes = model.dataSet.labels.length;
  const chain = new RetrainingChain({ links, classes, generations, offspring, seed }, (bytes) =>
    createHash("sha256").update(bytes).digest("hex"),
  );
  const networks: ChainLink[] = [];
  let trained: (Pick<RetrainedModel, "file" | "testError" | "share" | "foolingError"> & { readonly foolingImages: number }) | null = null;
  await driveChain(chain, {
    async train({ network, fooling, weight, seed: trainingSeed }) {
      const name = nameOf(network);
      const made = await trainOnce(options, name, async () => {
        const onEpoch = reportEpochs(options, name);
        const { file, testError, share, foolingError } = await retrainIteration({
          network: model.network,
          data,
          recipe,
          fooling,
          weight,
          seed: trainingSeed,
          onEpoch,
        });
        return { file, testError, share, foolingError };
      });
      trained = { ...made, foolingImages: fooling.trained.length + fooling.heldOut.length };
      return made.file;
    },
    async evolve(step) {
      const classifier = trained === null ? first : await openTrained(options, trained.file, ["fooling"]);
      try {
        const evolved = await evolveAgainst(options, nameOf(step.network), classifier, step);
        const { testError, share, foolingError, foolingImages } = trained ?? {
          testError: firstTestError,
          share: 0,
          foolingError: null,
          foolingImages: 0,
        };
        const link = { ...resultsOf(evolved), network: step.network, testError, share, foolingError, foolingImages };
        onProgress(`${model.id}, ${nameOf(step.network)}: ${summarise(link)}`);
        networks.push(link);
        return evolved.images;
      } finally {
        if (classifier !== first) await classifier.dispose();
      }
    },
  });
  return { networks, hashes: chain.links, hash: chain.hash };
}
