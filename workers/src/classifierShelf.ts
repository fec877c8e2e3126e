/**
 * Networks stay open between runs: loading one costs more than a short run. One that nobody has used gives way to the next, and one
 * whose thread has died to another of itself: it would refuse whoever opens it after the task that it died under.
 */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { Framing, Preprocessing } from "@pareidolia/core/preprocessing";
import type { ModelRecord } from "@pareidolia/persistence/models/readModels";

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
  /** Forgets the open networks, which hanging work may still use; each is opened again when it is next needed. */
  abandon(): void;
  close(): Promise<void>;
}

const mostOpen = 2;

interface Shelved {
  readonly opening: Promise<DifferentiableClassifier>;
  /** It has said that it answers no more. */
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
    predict: (...asked) => watching(classifier.predict(...asked)),
    scoreWithLogits: (...asked) => watching(classifier.scoreWithLogits(...asked)),
    inputGradients: (...asked) => watching(classifier.inputGradients(...asked)),
    dispose: () => classifier.dispose(),
  };
}

export function createClassifierShelf(load: OpenClassifier): ClassifierShelf {
  const shelf = new Map<string, Shelved>();
  const place = (model: ModelToOpen): Shelved => {
    const shelved: Shelved = {
      opening: load(model).then((classifier) =>
        watch(classifier, () => {
          shelved.isDead = true;
        }),
      ),
      isDead: false,
    };
    return shelved;
  };
  const dispose = async (key: string): Promise<void> => {
    const shelved = shelf.get(key);
    shelf.delete(key);
    await (await shelved?.opening)?.dispose();
  };
  return {
    async open(model) {
      const key = JSON.stringify([model.id, model.sha256, model.framing]);
      // Its other threads end with it; that it cannot even be put away holds up nobody.
      if (shelf.get(key)?.isDead) await dispose(key).catch(() => undefined);
      const shelved = shelf.get(key) ?? place(model);
      shelf.delete(key);
      shelf.set(key, shelved);
      try {
        const classifier = await shelved.opening;
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
    abandon() {
      shelf.clear();
    },
    async close() {
      for (const key of shelf.keys()) await dispose(key);
    },
  };
}
