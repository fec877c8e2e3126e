/**
 * A chain of networks DNN_1, DNN_2, ... (the paper, section 3.6): evolve runs against each, add half of their images from the first
 * generation and half from the last to a class of their own, and train the next from scratch on all so far.
 */
import type { ByteImage } from "@pareidolia/core/image";
import { evolveAgainst, type RetrainingStudy, runSeedsOf, type StudiedNetwork, studyRetrained, summarise } from "./retrainedNetwork.ts";

export interface ChainOptions<G> extends RetrainingStudy<G> {
  /** Networks in all, DNN_1 included. */
  readonly networks: number;
  /** Runs against each network. */
  readonly runs: number;
}

export interface ChainLink extends StudiedNetwork {
  /** The network's number, from 1. */
  readonly network: number;
}

export async function retrainChain<G>(options: ChainOptions<G>): Promise<readonly ChainLink[]> {
  const { model, first, firstTestError, runs, seed, onProgress } = options;
  const { images, ...reached } = await evolveAgainst(options, first, { runSeeds: runSeedsOf(options, 1, runs), isOurs: false });
  onProgress(`${model.id}, DNN_1: ${summarise(reached, firstTestError)}`);
  const links: ChainLink[] = [{ ...reached, network: 1, testError: firstTestError, share: 0, foolingError: null, foolingImages: 0 }];
  const fooling: ByteImage[] = [...images];
  for (let network = 2; network <= options.networks; network++) {
    const { images: more, ...link } = await studyRetrained(options, {
      name: `DNN_${network}`,
      network,
      seed: seed + network,
      fooling,
      runSeeds: runSeedsOf(options, network, runs),
    });
    fooling.push(...more);
    links.push({ ...link, network });
  }
  return links;
}
