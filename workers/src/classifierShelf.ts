/** Networks stay open between runs: loading one costs more than a short run. One that nobody has used gives way to the next. */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { Framing, Preprocessing } from "@pareidolia/core/preprocessing";
import type { ModelRecord } from "@pareidolia/persistence/queries/modelQueries";

/** As a model's row and a run say it. */
export interface ModelToOpen {
  readonly id: string;
  readonly slug: string;
  readonly sha256: string;
  /** "zoo", or where the file is an object of ours. */
  readonly origin: string;
  readonly labels: readonly string[];
  readonly preprocessing: Preprocessing | null;
  readonly framing: Framing;
}

export function toOpen(model: ModelRecord, framing: Framing): ModelToOpen {
  const { id, slug, sha256, origin, labels, preprocessing } = model;
  return { id, slug, sha256, origin, labels, preprocessing, framing };
}

export interface OpenClassifier {
  /** @throws AppError NOT_FOUND for an unknown model; CORRUPT_DATA when its file is not the one with this SHA-256. */
  (model: ModelToOpen): Promise<DifferentiableClassifier>;
}

export interface ClassifierShelf {
  readonly open: OpenClassifier;
  close(): Promise<void>;
}

const mostOpen = 2;

export function createClassifierShelf(load: OpenClassifier): ClassifierShelf {
  const shelf = new Map<string, Promise<DifferentiableClassifier>>();
  const dispose = async (key: string): Promise<void> => {
    const classifier = shelf.get(key);
    shelf.delete(key);
    await (await classifier)?.dispose();
  };
  return {
    async open(model) {
      const key = JSON.stringify([model.id, model.sha256, model.framing]);
      const opened = shelf.get(key) ?? load(model);
      shelf.delete(key);
      shelf.set(key, opened);
      try {
        const classifier = await opened;
        // Whoever has this shelf does one task at a time, so the oldest is idle.
        for (const oldest of [...shelf.keys()].slice(0, -mostOpen)) await dispose(oldest);
        return classifier;
      } catch (error) {
        shelf.delete(key);
        throw error instanceof AppError
          ? error
          : new AppError("INTERNAL", `The model "${model.slug}" could not be opened.`, { cause: error });
      }
    },
    async close() {
      for (const key of shelf.keys()) await dispose(key);
    },
  };
}
