/** The networks of a worker that also trains chains: the given networks, LeNet, and networks that chains have trained from LeNet. */
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { OpenClassifier } from "@pareidolia/workers/classifierShelf";
import { storedClassifiers } from "@pareidolia/workers/storedClassifiers";
import type { TestApi } from "./api.ts";
import { seedLeNet } from "./queueChain.ts";
import { sharedCacheFolder } from "./sharedCache.ts";

export interface TrainableClassifiers {
  readonly openClassifier: OpenClassifier;
  /** Closes all networks except the given ones. */
  dispose(): Promise<void>;
}

/** Registers LeNet. @param given Networks by the short names of their models. */
export async function openTrainable(
  { database, objectStore }: Pick<TestApi, "database" | "objectStore">,
  given: Readonly<Record<string, DifferentiableClassifier>>,
): Promise<TrainableClassifiers> {
  const cacheFolder = sharedCacheFolder();
  const lenet = await openZooClassifier({ id: "lenet", cacheFolder, threads: 1 });
  await seedLeNet(database, lenet.labels);
  const opened = [lenet];
  const log = { info() {}, warn() {}, error() {} };
  const openTrained = storedClassifiers({ cacheFolder, threads: 1, objectStore, log });
  return {
    async openClassifier(model) {
      const known = model.slug === "lenet" ? lenet : given[model.slug];
      if (known !== undefined) return known;
      const trained = await openTrained(model);
      opened.push(trained);
      return trained;
    },
    async dispose() {
      await Promise.all(opened.map((each) => each.dispose()));
    },
  };
}
