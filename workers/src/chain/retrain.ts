/**
 * Drives a retraining chain (the paper, section 3.6) and stores each link: its network after training, and its images after the
 * evolutions against it. A run that was paused or lost continues after the last completed link. An incomplete link starts again, with
 * the same result.
 */
import type { OwnModel } from "@pareidolia/classifiers/training/ownModels";
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import type { ByteImage } from "@pareidolia/core/image";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { evaluationsPerNetwork } from "@pareidolia/core/runKinds/retraining";
import type { FreshElite } from "@pareidolia/evolution/retraining/evolveFresh";
import { packImages, unpackImages } from "@pareidolia/evolution/retraining/imagePack";
import {
  type ChainStep,
  driveChain,
  type EvolveStep,
  RetrainingChain,
  type TrainStep,
} from "@pareidolia/evolution/retraining/retrainingChain";
import type { ChainLinkRecord } from "@pareidolia/persistence/lab/chains/readChains";
import { readChain, type StoredChain } from "@pareidolia/persistence/lab/chains/readChains";
import { markLinkRunning, writeFooledLink, writeTrainedLink } from "@pareidolia/persistence/lab/chains/writeLinks";
import { writeStepHashes } from "@pareidolia/persistence/lab/hashChains/writeStepHashes";
import { labelSpaceOf } from "@pareidolia/persistence/lab/models/labelSpace";
import { findModels } from "@pareidolia/persistence/lab/models/readModels";
import type { RunOutcome } from "@pareidolia/persistence/lab/runs/commitRun";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { modelToOpen } from "../classifierShelf.ts";
import { figuresOfLink } from "../figures/runFigures.ts";
import { openStepChain } from "../hashChain/openStepChain.ts";
import { sha256 as sha256Of } from "../hashChain/sha256.ts";
import type { StepChain } from "../hashChain/stepChain.ts";
import type { RunSession } from "../runs/runSession.ts";
import { scoreImages } from "../runs/scoreImages.ts";
import { evolve, openChain, packedImagesOf, train } from "./openChain.ts";

type ChainSession = RunSession<"retraining">;

const foolingLabel = "fooling image";
const secondsToFetchData = 1_800;

interface LinkNetwork {
  readonly modelId: string;
  readonly metrics: Readonly<Record<string, number>>;
}

class ChainWork {
  readonly #session: ChainSession;
  readonly #stored: StoredChain;
  readonly #architecture: OwnModel;
  readonly #chain: RetrainingChain;
  #evaluations = 0;
  readonly #hashChain: StepChain;
  /** The current link's network, once it is trained. */
  #network: LinkNetwork | null = null;

  constructor(session: ChainSession, stored: StoredChain, hashChain: StepChain) {
    this.#session = session;
    this.#stored = stored;
    this.#hashChain = hashChain;
    const { architecture, chain } = openChain(session.run, stored);
    this.#architecture = architecture;
    this.#chain = chain;
  }

  async retrainAll(): Promise<RunOutcome> {
    await this.#restore();
    try {
      await driveChain(this.#chain, { train: (step) => this.#train(step), evolve: (step) => this.#evolve(step) });
    } catch (error) {
      const { stopOutcome } = this.#session;
      if (stopOutcome === null) throw error;
      await this.#save(stopOutcome, null, async () => {});
      return stopOutcome;
    }
    const outcome: RunOutcome = { state: "SUCCEEDED", reason: "All networks are trained, and images have evolved against each." };
    await this.#save(outcome, null, async () => {});
    return outcome;
  }

  /** Continues after the last link whose images are stored. */
  async #restore(): Promise<void> {
    const { run, context } = this.#session;
    const { database, objectStore } = context;
    for (const link of this.#stored.links) {
      const packed = packedImagesOf(link);
      if (packed === null) return;
      const images = unpackImages(await objectStore.get(fileKey(packed)));
      const [model] = link.iteration === 1 ? [] : await findModels(database.connection, [link.modelId ?? ""]);
      this.#chain.restore({ model: model?.sha256 ?? null, images });
      this.#evaluations += evaluationsPerNetwork(run.plan);
    }
  }

  #linkOf({ network }: ChainStep): ChainLinkRecord {
    const link = this.#stored.links[network - 1];
    if (link === undefined) throw new AppError("CORRUPT_DATA", "A link of this chain is missing. Start a new chain.");
    return link;
  }

  async #begin(link: ChainLinkRecord): Promise<void> {
    this.#session.checkForStop();
    this.#session.signal.throwIfAborted();
    await this.#save(null, link, (connection) => markLinkRunning(connection, link.id));
  }

  async #train(step: TrainStep): Promise<Uint8Array> {
    const session = this.#session;
    const { run, signal } = session;
    const { objectStore, database, cacheFolder } = session.context;
    const model = this.#architecture;
    const link = this.#linkOf(step);
    await this.#begin(link);
    session.reportProgress(secondsToFetchData);
    const trained = await train(step, { run, signal, model, cacheFolder, onBatch: () => session.checkForStop() });
    const sha256 = sha256Of(trained.file);
    await session.withRetries(() => objectStore.put(fileKey(sha256), trained.file, { contentType: "application/octet-stream" }));
    const labels = [...model.dataSet.labels, foolingLabel];
    const [first] = await findModels(database.connection, [run.modelId]);
    const { width, height, channels } = first ?? { width: 0, height: 0, channels: 1 };
    // Networks trained here subtract their mean image themselves.
    const preprocessing: Preprocessing = {
      width,
      height,
      channels: channels === 3 ? 3 : 1,
      channelOrder: "RGB",
      layout: "NCHW",
      mean: [0],
      deviation: [1],
    };
    const metrics = { foolingError: trained.foolingError, trainingShare: trained.share, validationError: trained.validationError };
    let modelId = "";
    await this.#save(null, link, async (connection) => {
      modelId = await writeTrainedLink(connection, {
        linkId: link.id,
        chain: this.#stored.chain,
        iteration: link.iteration,
        sha256,
        byteLength: trained.file.length,
        labels,
        labelSpace: labelSpaceOf(labels),
        preprocessing,
        testError: trained.testError,
        foolingImages: step.fooling.trained.length + step.fooling.heldOut.length,
        metrics,
      });
    });
    this.#network = { modelId, metrics };
    return trained.file;
  }

  async #evolve(step: EvolveStep): Promise<readonly ByteImage[]> {
    const session = this.#session;
    const { run, retry, signal } = session;
    const { objectStore, database } = session.context;
    const link = this.#linkOf(step);
    if (this.#network === null) await this.#begin(link);
    const { modelId, metrics } = this.#network ?? { modelId: run.modelId, metrics: {} };
    this.#network = null;
    const classifier = await this.#open(modelId);
    const { runs, images } = await evolve(step, {
      run,
      classifier,
      signal,
      onGeneration: (evaluations) => {
        this.#evaluations += evaluations;
        session.checkForStop();
        signal.throwIfAborted();
      },
    });
    const packed = packImages(images);
    const sha256 = sha256Of(packed);
    await session.withRetries(() => objectStore.put(fileKey(sha256), packed, { contentType: "application/octet-stream" }));
    const [archive = []] = runs;
    const scored = await scoreImages(
      archive.map(({ image }) => image),
      { classifier, objectStore, retry },
    );
    const { foolingShare, median: medianConfidence } = figuresOfLink(link.iteration, runs.flat());
    const [model] = await findModels(database.connection, [modelId]);
    const hashes = [...this.#unhashedLinks(), { model: link.iteration === 1 ? null : (model?.sha256 ?? null), images: sha256 }].map(
      (document) => this.#hashChain.append(document),
    );
    await this.#save(null, link, async (connection) => {
      await writeFooledLink(connection, {
        runId: run.id,
        linkId: link.id,
        modelId,
        testError: model?.testError ?? null,
        medianConfidence,
        foolingShare,
        metrics: { ...metrics, images: sha256, evolvedImages: images.length },
        elites: scored.map((image, i) => {
          const { niche, fitness } = archive[i] as FreshElite;
          return { ...image, niche, confidence: fitness, storedConfidence: image.probabilities[niche] as number };
        }),
      });
      await writeStepHashes(connection, { runId: run.id, hashes });
    });
    return images;
  }

  /** Links that an earlier version of the software finished without a hash. */
  #unhashedLinks(): readonly unknown[] {
    return this.#chain.links.slice(this.#hashChain.next).map(({ model, images }) => ({ model, images }));
  }

  /** Opens a link's network like any other model, so that the worker and the run's manifest report its engine. */
  async #open(modelId: string): Promise<Classifier> {
    const [model] = await findModels(this.#session.context.database.connection, [modelId]);
    if (model == null) throw new AppError("NOT_FOUND", "A network of this chain no longer exists. Start a new chain.");
    return this.#session.openClassifier(modelToOpen(model, { kind: "whole" }));
  }

  async #save(outcome: RunOutcome | null, link: ChainLinkRecord | null, write: (connection: Connection) => Promise<void>): Promise<void> {
    await this.#session.save({
      evaluations: Math.min(this.#evaluations, this.#session.run.plan.evaluationGoal),
      speed: null,
      resultHash: outcome?.state === "SUCCEEDED" ? this.#chain.hash : null,
      event: link === null ? null : { kind: "PROGRESS", payload: { linkIds: [link.id] } },
      outcome,
      write,
    });
  }
}

export async function retrain(session: ChainSession): Promise<RunOutcome> {
  const stored = await readChain(session.context.database.connection, session.run.id);
  if (stored === null) throw new AppError("CORRUPT_DATA", "The chain of this run is missing. Start a new chain.");
  const hashChain = await session.withRetries(() => openStepChain(session.context.database.connection, session.run));
  return new ChainWork(session, stored, hashChain).retrainAll();
}
