/**
 * A chain of networks DNN_1, DNN_2, ... (Nguyen, Yosinski and Clune 2015, section 3.6) by ask and tell: evolve fresh runs against a
 * network, add the images of their first and last generation to the fooling class, and train the next network from new weights on all
 * fooling images so far. The chain decides what comes next, with which seeds and images; its driver trains and evolves. Equal plans and
 * results give equal hashes, for every driver and after any number of interruptions.
 */
import { AppError } from "@pareidolia/core/appError";
import type { HashBytes } from "@pareidolia/core/hashChain";
import type { ByteImage } from "@pareidolia/core/image";
import { type FoolingSets, holdOutFooling } from "@pareidolia/core/retrainingChain";
import { packImages } from "./imagePack.ts";

export interface ChainLinkPlan {
  /** Fresh runs against this network, at least 1. */
  readonly runs: number;
  /** Wanted number of fooling images in its training set, repeats included, per image of the data set. Unused for DNN_1. */
  readonly weight: number;
}

export interface ChainPlan {
  /** DNN_1 first. */
  readonly links: readonly ChainLinkPlan[];
  /** Classes of the data set. The fooling class follows them, and no run evolves towards it. */
  readonly classes: number;
  /** Of each run, after generation 0. */
  readonly generations: number;
  /** Individuals in each generation. */
  readonly offspring: number;
  /** Integer in [0, 2^31 - 1]. */
  readonly seed: number;
}

export interface TrainStep {
  readonly do: "train";
  /** The network's number, from 2. */
  readonly network: number;
  readonly seed: number;
  readonly weight: number;
  /** Images that fooled all earlier networks. */
  readonly fooling: FoolingSets;
}

/** The runs of one step. */
export interface FreshRunsPlan {
  /** One for each run. */
  readonly seeds: readonly number[];
  readonly classes: number;
  readonly generations: number;
  readonly offspring: number;
}

export interface EvolveStep extends FreshRunsPlan {
  readonly do: "evolve";
  /** The network's number, from 1. */
  readonly network: number;
}

export type ChainStep = TrainStep | EvolveStep;

/** A finished link by its content. */
export interface ChainLinkHashes {
  readonly network: number;
  /** Of the trained network's file; null for DNN_1, which the chain does not train. */
  readonly model: string | null;
  /** Of the images evolved against it, packed in their order. */
  readonly images: string;
}

const linkSeedsApart = 1_000_003;
const runSeedsApart = 10_007;
const seeds = 2 ** 31;

/** Seeds of the training of a network and of the runs against it. */
export function linkSeeds(
  chainSeed: number,
  network: number,
  runs: number,
): { readonly training: number; readonly runs: readonly number[] } {
  const first = chainSeed + network * linkSeedsApart;
  return { training: first % seeds, runs: Array.from({ length: runs }, (_, run) => (first + run * runSeedsApart) % seeds) };
}

export class RetrainingChain {
  readonly #plan: ChainPlan;
  readonly #hash: HashBytes;
  readonly #fooling: ByteImage[] = [];
  readonly #links: ChainLinkHashes[] = [];
  /** Hash of the network that was trained last and has no runs yet. */
  #trained: string | null = null;

  constructor(plan: ChainPlan, hash: HashBytes) {
    this.#plan = plan;
    this.#hash = hash;
  }

  /** The next step, the same until its result is told; null when the chain is complete. */
  ask(): ChainStep | null {
    const { links, classes, generations, offspring, seed: chainSeed } = this.#plan;
    const network = this.#links.length + 1;
    const link = links[network - 1];
    if (link === undefined) return null;
    const { training, runs } = linkSeeds(chainSeed, network, link.runs);
    if (network > 1 && this.#trained === null)
      return { do: "train", network, seed: training, weight: link.weight, fooling: holdOutFooling(this.#fooling) };
    return { do: "evolve", network, seeds: runs, classes, generations, offspring };
  }

  /** `file`: the trained network. @throws AppError CONFLICT unless the chain asked for a training. */
  tellTrained(file: Uint8Array): void {
    this.#require("train");
    this.#trained = this.#hash(file);
  }

  /** `images`: of each run, the first generation and then the last. @throws AppError CONFLICT unless the chain asked for runs. */
  tellEvolved(images: readonly ByteImage[]): void {
    this.#require("evolve");
    this.restore({ model: this.#trained, images });
  }

  /** Continues after a link that an earlier driver finished. `model`: the hash of its network's file, null for DNN_1. */
  restore({ model, images }: { readonly model: string | null; readonly images: readonly ByteImage[] }): void {
    this.#fooling.push(...images);
    this.#links.push({ network: this.#links.length + 1, model, images: this.#hash(packImages(images)) });
    this.#trained = null;
  }

  /** The finished links. */
  get links(): readonly ChainLinkHashes[] {
    return this.#links;
  }

  /** Of all finished links. */
  get hash(): string {
    return this.#hash(new TextEncoder().encode(JSON.stringify(this.#links)));
  }

  #require(kind: ChainStep["do"]): void {
    if (this.ask()?.do !== kind) throw new AppError("CONFLICT", `The chain does not expect the result of a step "${kind}" now.`);
  }
}

/** Both throw to stop the chain. */
export interface ChainDriver {
  /** Returns the trained network's file. */
  train(step: TrainStep): Promise<Uint8Array>;
  /** Returns the images of the runs, as `tellEvolved` takes them. */
  evolve(step: EvolveStep): Promise<readonly ByteImage[]>;
}

/** Carries the chain from where it is to its end. */
export async function driveChain(chain: RetrainingChain, driver: ChainDriver): Promise<void> {
  for (let step = chain.ask(); step !== null; step = chain.ask())
    if (step.do === "train") chain.tellTrained(await driver.train(step));
    else chain.tellEvolved(await driver.evolve(step));
}
