/**
 * Keeps networks open between tasks, since loading one can take longer than a short run. The least recently used network is closed when
 * there are too many. A network whose thread has died is loaded again, because it would fail the next task too.
 */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { Framing, Preprocessing } from "@pareidolia/core/preprocessing";
import type { ModelRecord } from "@pareidolia/persistence/lab/models/readModels";

/** A model, as its row describes it, with the framing of a run. */
export interface ModelToOpen {
  readonly id: string;
  readonly slug: string;
  readonly sha256: string;
  /** "zoo"; the files of all other origins are in the object store. */
  readonly origin: string;
  readonly labels: readonly string[];
  readonly preprocessing: Preprocessing | null;
  readonly framing: Framing;
}

export function modelToOpen(model: ModelRecord, framing: Framing): ModelToOpen {
  const { id, slug, sha256, origin, labels, preprocessing } = model;
  return { id, slug, sha256, origin, labels, preprocessing, framing };
}

export interface OpenClassifier {
  /** @throws AppError NOT_FOUND for an unknown model; CORRUPT_DATA if its file does not have this SHA-256. */
  (model: ModelToOpen): Promise<DifferentiableClassifier>;
}

export interface ClassifierShelf {
  readonly open: OpenClassifier;
  /** Drops the open networks without closing them, since hanging work may still use them. They are loaded again when needed. */
  abandon(): void;
  close(): Promise<void>;
}

const maxOpen = 2;

interface ShelfEntry {
  readonly opening: Promise<DifferentiableClassifier>;
  /** Set by the first UNAVAILABLE error of the network. */
  isDead: boolean;
}

function watch(classifier: DifferentiableClassifier, onDeath: () => void): DifferentiableClassifier {
  const { modelHash, input, labels, engine } = classifier;
  const watching = async <Result>(answer: Promise<Result>): Promise<Result> => {
    try {
      return await answer;
    } catch (error) {
      if (error instanceof AppError && error.code === "UNAVAILABLE") onDeath();
      throw error;
    }
  };
  return {
    modelHash,
    input,
    labels,
    engine,
    predict: (...args) => watching(classifier.predict(...args)),
    scoreWithLogits: (...args) => watching(classifier.scoreWithLogits(...args)),
    inputGradients: (...args) => watching(classifier.inputGradients(...args)),
    dispose: () => classifier.dispose(),
  };
}

export function createClassifierShelf(load: OpenClassifier): ClassifierShelf {
  const shelf = new Map<string, ShelfEntry>();
  const startLoading = (model: ModelToOpen): ShelfEntry => {
    const entry: ShelfEntry = {
      opening: load(model).then((classifier) =>
        watch(classifier, () => {
          entry.isDead = true;
        }),
      ),
      isDead: false,
    };
    return entry;
  };
  const dispose = async (key: string): Promise<void> => {
    const entry = shelf.get(key);
    shelf.delete(key);
    await (await entry?.opening)?.dispose();
  };
  return {
    async open(model) {
      const key = JSON.stringify([model.id, model.sha256, model.framing]);
      // Ends its other threads. An error here must not prevent loading the network again.
      if (shelf.get(key)?.isDead) await dispose(key).catch(() => undefined);
      const entry = shelf.get(key) ?? startLoading(model);
      shelf.delete(key);
      shelf.set(key, entry);
      try {
        const classifier = await entry.opening;
        // A shelf serves one task at a time, so the oldest networks are idle.
        for (const oldest of [...shelf.keys()].slice(0, -maxOpen)) await dispose(oldest);
        return classifier;
      } catch (error) {
        shelf.delete(key);
        throw error instanceof AppError
          ? error
          : new AppError("INTERNAL", `The model "${model.slug}" could not be opened.`, { cause: error });
      }
    },
    abandon() {
      shelf.clear();
    },
    async close() {
      for (const key of shelf.keys()) await dispose(key);
    },
  };
}
