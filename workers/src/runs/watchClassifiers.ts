/** Wraps a run's networks so that every result counts as progress and a large batch extends the stall timeout. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { OpenClassifier } from "../classifierShelf.ts";

/** For downloading some hundred megabytes over a slow connection, and compiling the network. */
const secondsToOpen = 1_800;
/** For ten crops through a large network on one slow core. */
const secondsPerImage = 5;

export function watchClassifiers(open: OpenClassifier, reportProgress: (seconds?: number) => void): OpenClassifier {
  const watched = async <T>(images: number, call: () => Promise<T>): Promise<T> => {
    reportProgress(images * secondsPerImage);
    const result = await call();
    reportProgress();
    return result;
  };
  return async (model) => {
    reportProgress(secondsToOpen);
    const classifier = await open(model);
    reportProgress();
    const { modelHash, input, labels, engine } = classifier;
    const wrapped: DifferentiableClassifier = {
      modelHash,
      input,
      labels,
      engine,
      predict: (images, ...more) => watched(images.length, () => classifier.predict(images, ...more)),
      scoreWithLogits: (images, ...more) => watched(images.length, () => classifier.scoreWithLogits(images, ...more)),
      inputGradients: (images, ...more) => watched(images.length, () => classifier.inputGradients(images, ...more)),
      dispose: () => classifier.dispose(),
    };
    return wrapped;
  };
}
