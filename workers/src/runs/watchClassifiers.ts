/** Networks as one run uses them: every answer counts as progress, and a large batch may take its time. */
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { OpenClassifier } from "../classifierShelf.ts";

/** A download of some hundred megabytes over a slow line, and its compilation. */
const secondsToOpen = 1_800;
/** Ten crops through a large network on one slow core. */
const secondsAnImage = 5;

export function watchClassifiers(open: OpenClassifier, progress: (seconds?: number) => void): OpenClassifier {
  const watched = async <T>(images: number, call: () => Promise<T>): Promise<T> => {
    progress(images * secondsAnImage);
    const answer = await call();
    progress();
    return answer;
  };
  return async (model) => {
    progress(secondsToOpen);
    const classifier = await open(model);
    progress();
    const { modelHash, input, labels, engine } = classifier;
    const watching: DifferentiableClassifier = {
      modelHash,
      input,
      labels,
      engine,
      predict: (images, ...more) => watched(images.length, () => classifier.predict(images, ...more)),
      scoreWithLogits: (images, ...more) => watched(images.length, () => classifier.scoreWithLogits(images, ...more)),
      inputGradients: (images, ...more) => watched(images.length, () => classifier.inputGradients(images, ...more)),
      dispose: () => classifier.dispose(),
    };
    return watching;
  };
}
