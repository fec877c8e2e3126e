/**
 * Trains and fools every network of a retraining chain again. Training starts from new weights and follows every bit, so a network that
 * differs ends the comparison of bits; on another engine or instruction set its test error is compared instead, and the evolutions use
 * the stored network.
 */
import { type FirstDifference, verificationTolerance } from "@pareidolia/analysis/kinds/verification";
import type { RetrainedModel } from "@pareidolia/classifiers/training/retrainIteration";
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import { type ForkPoint, hashDocument, startOfChain } from "@pareidolia/core/hashChain";
import type { FreshElite } from "@pareidolia/evolution/retraining/evolveFresh";
import { packImages, unpackImages } from "@pareidolia/evolution/retraining/imagePack";
import { driveChain, type RetrainingChain, type TrainStep } from "@pareidolia/evolution/retraining/retrainingChain";
import { type ChainLinkRecord, findChainElites, readChain, type StoredChain } from "@pareidolia/persistence/lab/chains/readChains";
import { documentOfLinks } from "@pareidolia/persistence/lab/forks/copyLinks";
import { findModels, type ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import type { EarlierRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { evolve, openChain, packedImagesOf, train } from "../chain/openChain.ts";
import { modelToOpen } from "../classifierShelf.ts";
import { compareFigures, type Stated } from "../figures/finding.ts";
import { figuresOfLink, type LinkFigures } from "../figures/runFigures.ts";
import { sha256 } from "../hashChain/sha256.ts";
import { type Comparison, DocumentComparison, differenceAt, reasons, type Verifier, type VerifierInput } from "./verifier.ts";

/** Ends the chain at its last comparable link. */
class Ended extends Error {
  readonly difference: FirstDifference | null;
  constructor(difference: FirstDifference | null) {
    super("The comparison has ended.");
    this.difference = difference;
  }
}

function forkPointOf({ forkGeneration }: EarlierRun<"retraining">, { links }: StoredChain): ForkPoint | null {
  if (forkGeneration === null) return null;
  return { generation: forkGeneration, state: hashDocument(documentOfLinks(links.slice(0, forkGeneration)), sha256) };
}

class RetrainingComparison {
  readonly #run: EarlierRun<"retraining">;
  readonly #stored: StoredChain;
  readonly #input: VerifierInput;
  readonly #comparison: DocumentComparison;
  /** The hash before the first link that the run itself computed. */
  readonly #start: string;

  constructor(run: EarlierRun<"retraining">, stored: StoredChain, input: VerifierInput) {
    this.#run = run;
    this.#stored = stored;
    this.#input = input;
    this.#start = startOfChain(run, forkPointOf(run, stored), sha256);
    this.#comparison = new DocumentComparison(this.#start, input.exact);
  }

  async compareAll(): Promise<Comparison> {
    const { context, exact, skip } = this.#input;
    const { signal, cacheFolder } = context;
    if (!exact) skip("the errors of the trained networks but for their test error, and the confidences during the search");
    const run = this.#run;
    const { architecture: model, chain } = openChain(run, this.#stored);
    const onBatch = (): void => signal.throwIfAborted();
    try {
      await this.#restoreFork(chain);
      await driveChain(chain, {
        train: async (step) => {
          const link = this.#linkOf(step.network);
          const trained = await train(step, { run, signal, model, cacheFolder, onBatch });
          const { sha256: storedHash } = await this.#modelOf(link);
          if (sha256(trained.file) === storedHash) {
            this.#compareTraining(link, step, trained);
            return trained.file;
          }
          const stored = link.testError ?? 0;
          if (exact || Math.abs(stored - trained.testError) > verificationTolerance)
            throw new Ended(
              differenceAt(step.network - 1, "The network that was trained again differs from the stored network.", [
                { name: `test error of DNN_${step.network}`, stored, computed: trained.testError },
              ]),
            );
          return context.objectStore.get(fileKey(storedHash));
        },
        evolve: async (step) => {
          const link = this.#linkOf(step.network);
          const classifier = await this.#open(link);
          const { runs, images } = await evolve(step, { run, signal, classifier, onGeneration: onBatch });
          const figures = figuresOfLink(link.iteration, runs.flat());
          if (exact) await this.#compareEvolution(link, figures, runs[0] ?? []);
          const network = step.network === 1 ? null : (await this.#modelOf(link)).sha256;
          return this.#compareLink(link, { model: network, images, median: figures.median });
        },
      });
      return this.#comparison.result(null);
    } catch (error) {
      if (error instanceof Ended) return this.#comparison.result(error.difference);
      throw error;
    }
  }

  #compareTraining(link: ChainLinkRecord, { fooling }: TrainStep, trained: RetrainedModel): void {
    const { foolingError, trainingShare, validationError } = link.metrics as Readonly<Record<string, Stated | undefined>>;
    const { report } = this.#input;
    const place = `DNN_${link.iteration} of RUN-${this.#run.number}`;
    compareFigures(report, place, {
      "links.test_error": [link.testError, trained.testError],
      "links.fooling_images": [link.foolingImages, fooling.trained.length + fooling.heldOut.length],
    });
    const metrics = [
      ["foolingError", foolingError, trained.foolingError],
      ["trainingShare", trainingShare, trained.share],
      ["validationError", validationError, trained.validationError],
    ] as const;
    for (const [name, stored = null, computed] of metrics)
      compareFigures(report, `${name} of ${place}`, { "links.metrics": [stored, computed] });
  }

  async #compareEvolution(link: ChainLinkRecord, figures: LinkFigures, elites: readonly FreshElite[]): Promise<void> {
    const { report, context } = this.#input;
    const { connection } = context.database;
    const place = `DNN_${link.iteration} of RUN-${this.#run.number}`;
    compareFigures(report, place, {
      "links.median_confidence": [link.medianConfidence, figures.median],
      "links.fooling_share": [link.foolingShare, figures.foolingShare],
    });
    const [stored = []] = await findChainElites(connection, [link.id]);
    for (const { niche, fitness } of elites)
      compareFigures(report, `class ${niche} of ${place}`, {
        "link_elites.search_confidence": [stored.find((row) => row.niche === niche)?.confidence ?? null, fitness],
      });
  }

  /** Returns the images with which the chain continues: the stored ones. */
  async #compareLink(
    link: ChainLinkRecord,
    here: { readonly model: string | null; readonly images: Parameters<typeof packImages>[0]; readonly median: number },
  ) {
    const { chain, context } = this.#input;
    const step = link.iteration - 1;
    const packed = packedImagesOf(link) as string;
    const difference = this.#comparison.compare(
      {
        step,
        name: `median of DNN_${link.iteration}`,
        stored: { model: here.model, images: packed },
        computed: { model: here.model, images: sha256(packImages(here.images)) },
        values: { stored: link.medianConfidence ?? 0, computed: here.median },
      },
      chain.find((entry) => entry.step === step)?.hash ?? "",
    );
    const last = chain.at(-1)?.step ?? 0;
    await context.report({ done: step + 1, total: last + 1 });
    if (difference !== null || step >= last) throw new Ended(difference);
    return unpackImages(await context.objectStore.get(fileKey(packed)));
  }

  /** A fork has its first links from another run. */
  async #restoreFork(chain: RetrainingChain): Promise<void> {
    const { forkGeneration } = this.#run;
    if (forkGeneration === null) return;
    if (this.#input.chain[0]?.hash !== this.#start)
      throw new Ended(differenceAt(forkGeneration - 1, "The settings, the model or the links that the fork starts from were changed.", []));
    for (const { iteration } of this.#stored.links.slice(0, forkGeneration)) {
      const link = this.#linkOf(iteration);
      const images = unpackImages(await this.#input.context.objectStore.get(fileKey(packedImagesOf(link) as string)));
      chain.restore({ model: iteration === 1 ? null : (await this.#modelOf(link)).sha256, images });
    }
  }

  #linkOf(network: number): ChainLinkRecord {
    const link = this.#stored.links[network - 1];
    if (link === undefined || packedImagesOf(link) === null) throw new Ended(differenceAt(network - 1, reasons.rows, []));
    return link;
  }

  async #modelOf(link: ChainLinkRecord): Promise<ModelRecord> {
    const [model] = await findModels(this.#input.context.database.connection, [link.modelId ?? this.#run.modelId]);
    if (model == null)
      throw new AppError("NOT_FOUND", `The network DNN_${link.iteration} no longer exists, so the chain cannot be verified.`);
    return model;
  }

  async #open(link: ChainLinkRecord): Promise<Classifier> {
    return this.#input.context.openClassifier(modelToOpen(await this.#modelOf(link), { kind: "whole" }));
  }
}

export const retrainingVerifier: Verifier<"retraining"> = {
  unit: "links",
  async verify(run, input) {
    const stored = await readChain(input.context.database.connection, run.id);
    if (stored === null) throw new AppError("CORRUPT_DATA", "The chain of this run is missing, so it cannot be verified.");
    return new RetrainingComparison(run, stored, input).compareAll();
  },
};
