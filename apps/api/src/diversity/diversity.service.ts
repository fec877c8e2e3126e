/** Compares the images that several runs found for one class. */
import { meanDistance } from "@pareidolia/analysis/diversity";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { decodePng } from "@pareidolia/images/png";
import { type EliteRecord, findElitesOfNiche } from "@pareidolia/persistence/lab/elites/readElites";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { policy } from "../policy/policy.ts";
import type { RunSelection } from "../run/runSelection.ts";

export interface Diversity {
  readonly niche: number;
  readonly elites: readonly EliteRecord[];
  readonly meanDistance: number | null;
}

export class DiversityService {
  readonly #database: Database;
  readonly #objectStore: ObjectStore;
  readonly #selection: RunSelection;

  constructor(options: { database: Database; objectStore: ObjectStore; selection: RunSelection }) {
    this.#database = options.database;
    this.#objectStore = options.objectStore;
    this.#selection = options.selection;
  }

  async read(
    actor: Actor,
    selection: { experimentId: string | null | undefined; runIds: readonly string[] | null | undefined; niche: number },
  ): Promise<Diversity> {
    policy.requireInWorkspace(actor, "diversity:read");
    const { niche } = selection;
    if (niche < 0) throw new AppError("INVALID_INPUT", "The niche must be 0 or more.", { field: "niche" });
    const runIds = await this.#selection.read(actor, selection);
    const elites = (await findElitesOfNiche(this.#database.heavy, { runIds, niche })).filter((elite) =>
      policy.allows(actor, "elite:read", elite),
    );
    const shapes = new Set(elites.map(({ image }) => `${image.width} ${image.height} ${image.channels}`));
    if (elites.length < 2 || shapes.size > 1) return { niche, elites, meanDistance: null };
    const images = await Promise.all(elites.map(async ({ image }) => decodePng(await this.#objectStore.get(imageKey(image.sha256)))));
    return { niche, elites, meanDistance: meanDistance(images) };
  }
}
