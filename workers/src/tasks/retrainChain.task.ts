/**
 * Carries out a retraining chain (the paper, section 3.6), link by link: train DNN_i on all that fooled its predecessors, then
 * evolve freshly against it. A link's network and its pictures are stored as soon as they are there; a run that is paused or lost
 * goes on from the last of them, and a link that was under way begins again, to the same result.
 */
import { createHash } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import type { ByteImage } from "@pareidolia/core/image";
import { resolveParameters } from "@pareidolia/core/parameterSpec";
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import { getEncoding } from "@pareidolia/encodings/registry";
import { median } from "@pareidolia/evolution/statistics";
import type { JobData } from "@pareidolia/jobs/jobs";
import type { Connection } from "@pareidolia/persistence/database";
import { labelSpaceOf } from "@pareidolia/persistence/labelSpace";
import { fileKey } from "@pareidolia/persistence/objectStores/objectStore";
import type { ChainLinkRecord } from "@pareidolia/persistence/queries/chainQueries";
import { findModels } from "@pareidolia/persistence/queries/modelQueries";
import {
  markLinkRunning,
  readChain,
  type StoredChain,
  writeFooledLink,
  writeTrainedLink,
} from "@pareidolia/persistence/runs/chainProgress";
import { commitProgress, type ProgressOutcome } from "@pareidolia/persistence/runs/commitProgress";
import { writeManifest } from "@pareidolia/persistence/runs/lease";
import { foolNetwork } from "../chain/foolNetwork.ts";
import { packImages, unpackImages } from "../chain/packImages.ts";
import { architectureOf, trainLink } from "../chain/trainLink.ts";
import { toOpen } from "../classifierShelf.ts";
import { retrying } from "../retrying.ts";
import { carryOutRun, type HeldRun, type RunContext } from "../runs/carryOutRun.ts";
import { LetGo } from "../runs/letGo.ts";
import { extendManifest } from "../runs/manifest.ts";
import { scorePictures } from "../runs/scorePictures.ts";

export interface ChainContext extends RunContext {
  readonly cacheFolder: string;
  readonly threads: number | undefined;
}

const foolingLabel = "fooling image";
const seedsApart = 1_000_003;
const secondsToFetchData = 1_800;

function picturesOf(link: ChainLinkRecord): string | null {
  const { pictures } = (link.metrics ?? {}) as { pictures?: unknown };
  return typeof pictures === "string" ? pictures : null;
}

class ChainWork {
  readonly #held: HeldRun;
  readonly #context: ChainContext;
  readonly #stored: StoredChain;
  readonly #letGo: LetGo;
  #evaluations = 0;

  constructor(held: HeldRun, context: ChainContext, stored: StoredChain) {
    this.#held = held;
    this.#context = context;
    this.#stored = stored;
    this.#letGo = new LetGo(held.held, context.stop);
    this.#evaluations = stored.links.filter(({ state }) => state === "SUCCEEDED").length * this.#evaluationsALink;
  }

  get #evaluationsALink(): number {
    return Math.round((this.#held.run.evaluationGoal ?? 0) / this.#stored.links.length);
  }

  async carryOut(): Promise<ProgressOutcome> {
    const fooling: ByteImage[] = [];
    for (const link of this.#stored.links) {
      const pictures = picturesOf(link);
      if (link.state === "SUCCEEDED" && pictures !== null)
        fooling.push(...unpackImages(await this.#context.objectStore.get(fileKey(pictures))));
      else
        try {
          fooling.push(...(await this.#carryOutLink(link, fooling)));
        } catch (error) {
          const { outcome } = this.#letGo;
          if (outcome === null) throw error;
          await this.#save(outcome, null, async () => {});
          return outcome;
        }
    }
    const outcome: ProgressOutcome = { state: "SUCCEEDED", reason: "All networks are trained and fooled." };
    await this.#save(outcome, null, async () => {});
    return outcome;
  }

  async #carryOutLink(link: ChainLinkRecord, fooling: readonly ByteImage[]): Promise<readonly ByteImage[]> {
    const { run, retry } = this.#held;
    const { objectStore } = this.#context;
    this.#letGo.look();
    this.#letGo.signal.throwIfAborted();
    await this.#save(null, link, (connection) => markLinkRunning(connection, link.id));
    const trained = link.iteration === 1 ? { modelId: run.modelId, metrics: {} } : await this.#train(link, fooling);
    const classifier = await this.#open(trained.modelId);
    const classes = architectureOf(run.modelSlug, this.#stored.chain.dataset).dataSet.labels.length;
    const definition = getEncoding(String(run.parameters["encoding"]));
    const preset = definition.presets.find(({ id }) => id === "released-code") ?? definition.presets[0];
    const fooled = await foolNetwork({
      classifier,
      encoding: definition.create(classifier.input, resolveParameters(definition.parameters, preset?.values ?? {})),
      classes,
      seed: run.seed + link.iteration * seedsApart,
      runs: Number(run.parameters["runs"]),
      generations: Number(run.parameters["generations"]),
      offspring: Number(run.parameters["offspring"]),
      signal: this.#letGo.signal,
      onGeneration: async (evaluations) => {
        this.#evaluations += evaluations;
        this.#letGo.look();
        this.#letGo.signal.throwIfAborted();
      },
    });
    const pictures = packImages(fooled.images);
    const sha256 = createHash("sha256").update(pictures).digest("hex");
    await retrying(() => objectStore.put(fileKey(sha256), pictures, { contentType: "application/octet-stream" }), retry);
    const scored = await scorePictures(
      fooled.archive.map(({ image }) => image),
      { classifier, objectStore, retry },
    );
    const { storedConfidences } = fooled;
    const [model] = await findModels(this.#context.database.connection, [trained.modelId]);
    await this.#save(
      null,
      link,
      (connection) =>
        writeFooledLink(connection, {
          linkId: link.id,
          modelId: trained.modelId,
          testError: model?.testError ?? null,
          medianConfidence: storedConfidences.length === 0 ? 0 : median(storedConfidences),
          foolingShare: link.iteration === 1 ? null : fooled.foolingCount / Math.max(1, storedConfidences.length),
          metrics: { ...trained.metrics, pictures: sha256, evolvedImages: fooled.images.length },
          elites: scored.map((picture, i) => {
            const { niche, confidence } = fooled.archive[i] as (typeof fooled.archive)[number];
            return { ...picture, niche, confidence, storedConfidence: picture.probabilities[niche] as number };
          }),
        }),
      {
        median: storedConfidences.length === 0 ? 0 : median(storedConfidences),
        foolingCount: storedConfidences.filter((confidence) => confidence >= foolingConfidence).length,
      },
    );
    return fooled.images;
  }

  async #train(
    link: ChainLinkRecord,
    fooling: readonly ByteImage[],
  ): Promise<{ readonly modelId: string; readonly metrics: Readonly<Record<string, number>> }> {
    const { run, retry } = this.#held;
    const { objectStore, cacheFolder, threads } = this.#context;
    const model = architectureOf(run.modelSlug, this.#stored.chain.dataset);
    this.#held.held.progress(secondsToFetchData);
    const trained = await trainLink({
      model,
      parameters: run.parameters,
      fooling,
      seed: run.seed + link.iteration * seedsApart,
      cacheFolder,
      threads: threads ?? 1,
      signal: this.#letGo.signal,
      onBatch: () => this.#letGo.look(),
    });
    const sha256 = createHash("sha256").update(trained.file).digest("hex");
    await retrying(() => objectStore.put(fileKey(sha256), trained.file, { contentType: "application/octet-stream" }), retry);
    const labels = [...model.dataSet.labels, foolingLabel];
    const [first] = await findModels(this.#context.database.connection, [run.modelId]);
    const { width, height, channels } = first ?? { width: 0, height: 0, channels: 1 };
    // Our own networks subtract their mean image themselves.
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
        foolingImages: fooling.length,
        metrics,
      });
    });
    return { modelId, metrics };
  }

  /** Opens a link's network as any other model: the worker reports its engine, and the run's manifest names it. */
  async #open(modelId: string): Promise<Classifier> {
    const { run, lease, retry } = this.#held;
    const { connection } = this.#context.database;
    const [model] = await findModels(connection, [modelId]);
    if (model == null) throw new AppError("NOT_FOUND", "A network of this chain is gone. Start the chain again.");
    const classifier = await this.#context.openClassifier(toOpen(model, { kind: "whole" }));
    await retrying(() => writeManifest(connection, lease, extendManifest(run, classifier)), retry);
    return classifier;
  }

  async #save(
    outcome: ProgressOutcome | null,
    link: ChainLinkRecord | null,
    write: (connection: Connection) => Promise<void>,
    figures: { readonly median: number; readonly foolingCount: number } | null = null,
  ): Promise<void> {
    const { run, lease, retry } = this.#held;
    const { database, queue, leaseSeconds } = this.#context;
    const commit = () =>
      database.transaction(async (transaction) => {
        await commitProgress(
          transaction,
          {
            ...lease,
            leaseSeconds,
            evaluations: Math.min(this.#evaluations, run.evaluationGoal ?? this.#evaluations),
            speed: null,
            median: figures?.median,
            foolingCount: figures?.foolingCount,
            resultHash: null,
            changed: link === null ? null : { linkIds: [link.id] },
            outcome,
          },
          write,
        );
        if (outcome?.state === "QUEUED") await queue.enqueue(transaction.executor, "carryOutRun", { runId: run.id });
      });
    await retrying(commit, retry);
  }
}

export function retrainChain({ runId }: JobData["carryOutRun"], context: ChainContext): Promise<void> {
  return carryOutRun(runId, context, async (held, inside) => {
    const stored = await readChain(context.database.connection, runId);
    if (stored === null) throw new AppError("CORRUPT_DATA", "This run has lost its chain. Start a new chain.");
    return new ChainWork(held, inside, stored).carryOut();
  });
}
