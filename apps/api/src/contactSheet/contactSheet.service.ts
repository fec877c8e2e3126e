/** Draws contact sheets: the images of an archive after a generation, as thumbnails on one image. Caches thumbnails in memory. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { SheetSide } from "@pareidolia/core/contactSheet";
import { drawContactSheet, type SmallImage, shrinkImage } from "@pareidolia/images/contactSheet";
import type { EliteRecord } from "@pareidolia/persistence/lab/elites/readElites";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { EliteService } from "../elite/elite.service.ts";
import type { ModelService } from "../model/model.service.ts";
import { policy } from "../policy/policy.ts";
import { BoundedCache } from "../recall/boundedCache.ts";
import type { RunService } from "../run/run.service.ts";

export interface ContactSheetServiceOptions {
  readonly objectStore: ObjectStore;
  readonly elites: EliteService;
  readonly models: ModelService;
  readonly runs: RunService;
}

export interface SheetRequest {
  readonly generation: number;
  readonly side: SheetSide;
}

const cacheBytes = 48 * 1024 * 1024;
const atOnce = 16;

function notStored(generation: number, last: number | null): string {
  const stored = last === null ? "No generation is" : `The last stored generation is ${last}`;
  return `Generation ${generation} of this run is not stored yet. ${stored}.`;
}

export class ContactSheetService {
  readonly #options: ContactSheetServiceOptions;
  /** Thumbnails. */
  readonly #small = new BoundedCache<Uint8Array>(cacheBytes, ({ length }) => length);

  constructor(options: ContactSheetServiceOptions) {
    this.#options = options;
  }

  /** `reference` is a run's id, or its key such as RUN-142 in the actor's workspace. @throws AppError INVALID_INPUT or NOT_FOUND. */
  getRun(actor: Actor, reference: string): Promise<RunRecord> {
    return this.#options.runs.getReadable(actor, reference, "run");
  }

  /** A PNG. @throws AppError NOT_FOUND for a generation that is not stored yet, INVALID_INPUT for one that the run does not have. */
  async draw(actor: Actor, run: RunRecord, { generation, side }: SheetRequest): Promise<Uint8Array> {
    policy.reach(actor, "image:read");
    const { elites, models } = this.#options;
    const archive = await elites.readArchiveAt(actor, run, generation);
    const last = run.kind === "evolution" ? run.generation : null;
    if (last === null || generation > last) throw new AppError("NOT_FOUND", notStored(generation, last));
    const [model] = await models.load(actor, [run.modelId]);
    const niches = model?.labels.length ?? Math.max(0, ...archive.map(({ niche }) => niche + 1));
    const images: SmallImage[] = [];
    for (let from = 0; from < archive.length; from += atOnce)
      images.push(...(await Promise.all(archive.slice(from, from + atOnce).map((elite) => this.#shrink(elite, side)))));
    return drawContactSheet(images, niches, side);
  }

  async #shrink({ niche, image }: EliteRecord, side: SheetSide): Promise<SmallImage> {
    const key = `${side} ${image.sha256}`;
    const pixels = this.#small.get(key) ?? (await shrinkImage(await this.#options.objectStore.get(imageKey(image.sha256)), image, side));
    this.#small.set(key, pixels);
    return { niche, pixels };
  }
}
