/** Draws an experiment's image for link previews: its most confident images in a grid. Caches drawn sheets in memory. */
import { createHash } from "node:crypto";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { drawPreviewSheet, maxPreviewImages } from "@pareidolia/images/previewSheet";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { ImageRecord } from "@pareidolia/persistence/lab/images/readImages";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { Services } from "../assembly/nounModule.ts";
import { encodeGlobalId } from "../globalId/globalId.ts";
import { BoundedCache } from "../recall/boundedCache.ts";

type Sources = Pick<Services, "chains" | "elites" | "experiments" | "images" | "imports" | "perturbations" | "runs" | "trajectories">;

interface Ranked {
  readonly confidence: number;
  readonly sha256: string;
}

export interface ChosenImages {
  readonly images: readonly ImageRecord[];
  /** Changes with the images. */
  readonly version: string;
}

/** Maximum number of chains, and of imported runs, whose images are used. */
const maxRuns = 5;
/** Total bytes of the cached sheets. */
const cacheBytes = 16 * 1024 * 1024;

export class ExperimentPreviewService {
  readonly #objectStore: ObjectStore;
  readonly #services: Sources;
  readonly #drawn = new BoundedCache<Uint8Array>(cacheBytes, ({ length }) => length);

  constructor(options: { readonly objectStore: ObjectStore; readonly services: Sources }) {
    this.#objectStore = options.objectStore;
    this.#services = options.services;
  }

  /** `reference` is an ID, or a key in the actor's workspace. @throws AppError INVALID_INPUT or NOT_FOUND. */
  getExperiment(actor: Actor, reference: string): Promise<ExperimentRecord> {
    return this.#services.experiments.getReadable(actor, reference, "experiment");
  }

  /** The most confident images of all its runs. Images of imported runs come last, as their confidence is not measured here. @throws AppError NOT_FOUND without images. */
  async choose(actor: Actor, experiment: ExperimentRecord): Promise<ChosenImages> {
    const measured = await Promise.all([
      this.#readResults(actor, experiment),
      this.#readRuns(actor, experiment, "retraining", (run) => this.#readChain(actor, run)),
    ]);
    const ranked = measured.flat().toSorted((a, b) => b.confidence - a.confidence);
    const imported = await this.#readRuns(actor, experiment, "imported", (run) => this.#readImported(actor, run));
    const hashes = [...new Set([...ranked, ...imported].map(({ sha256 }) => sha256))].slice(0, maxPreviewImages);
    const found = await this.#services.images.load(actor, hashes);
    const images = found.flatMap((image) => (image === null || image instanceof AppError ? [] : [image]));
    if (images.length === 0) throw new AppError("NOT_FOUND", "This experiment has no images yet.");
    const version = createHash("sha256")
      .update(images.map(({ sha256 }) => sha256).join(" "))
      .digest("hex");
    return { images, version };
  }

  /** A PNG. */
  async draw({ images, version }: ChosenImages): Promise<Uint8Array> {
    const known = this.#drawn.get(version);
    if (known !== undefined) return known;
    const read = images.map(async ({ sha256, width, height }) => ({
      png: await this.#objectStore.get(imageKey(sha256)),
      width,
      height,
    }));
    const sheet = await drawPreviewSheet(await Promise.all(read));
    this.#drawn.set(version, sheet);
    return sheet;
  }

  async #readResults(actor: Actor, { id }: ExperimentRecord): Promise<Ranked[]> {
    const { elites, trajectories, perturbations } = this.#services;
    const filter = { experimentId: encodeGlobalId("Experiment", id) };
    const page = { first: maxPreviewImages };
    const [archived, ascents, attacks] = await Promise.all([
      elites.list(actor, page, filter, null),
      trajectories.listResults(actor, page, filter, null),
      perturbations.listResults(actor, page, { ...filter, success: true }, null),
    ]);
    return [
      ...archived.nodes.map(({ storedFitness, image }) => ({ confidence: storedFitness, sha256: image.sha256 })),
      ...[...ascents.nodes, ...attacks.nodes].map(({ storedConfidence, image }) => ({
        confidence: storedConfidence,
        sha256: image.sha256,
      })),
    ];
  }

  async #readRuns(
    actor: Actor,
    experiment: ExperimentRecord,
    kind: RunRecord["kind"],
    read: (run: RunRecord) => Promise<Ranked[]>,
  ): Promise<Ranked[]> {
    const runs = await this.#services.runs.listLatest(actor, experiment, { kind, limit: maxRuns });
    return (await Promise.all(runs.map(read))).flat();
  }

  async #readChain(actor: Actor, run: RunRecord): Promise<Ranked[]> {
    const { chains } = this.#services;
    const [chain] = await chains.loadOfRuns(actor, [run.id]);
    const [links = []] = chain == null ? [] : await chains.loadLinks(actor, [chain.id]);
    const last = links.findLast(({ state }) => state === "SUCCEEDED");
    const [rows = []] = last === undefined ? [] : await chains.loadElites(actor, [last.id]);
    return rows.map(({ storedConfidence, imageSha256 }) => ({ confidence: storedConfidence, sha256: imageSha256 }));
  }

  async #readImported(actor: Actor, run: RunRecord): Promise<Ranked[]> {
    const { nodes } = await this.#services.imports.listImages(actor, run, { first: maxPreviewImages });
    return nodes.map(({ imageSha256 }) => ({ confidence: 0, sha256: imageSha256 }));
  }
}
