/** Networks stay open between runs: loading one costs more than a short run. One that nobody has used gives way to the next. */
import { AppError } from "@pareidolia/core/appError";
import type { Classifier } from "@pareidolia/core/classifier";

export interface OpenClassifier {
  /** @throws AppError NOT_FOUND for an unknown model; CORRUPT_DATA when its file is not the one with this SHA-256. */
  (model: { readonly slug: string; readonly sha256: string }): Promise<Classifier>;
}

export interface ClassifierShelf {
  readonly open: OpenClassifier;
  close(): Promise<void>;
}

const mostOpen = 2;

export function createClassifierShelf(load: OpenClassifier): ClassifierShelf {
  const shelf = new Map<string, Promise<Classifier>>();
  const dispose = async (key: string): Promise<void> => {
    const classifier = shelf.get(key);
    shelf.delete(key);
    await (await classifier)?.dispose();
  };
  return {
    async open(model) {
      const key = `${model.slug}:${model.sha256}`;
      const opened = shelf.get(key) ?? load(model);
      shelf.delete(key);
      shelf.set(key, opened);
      try {
        const classifier = await opened;
        // A worker runs one task at a time, so the oldest is idle.
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
