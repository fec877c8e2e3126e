/** The models of a command, from the zoo or the user. Each model is opened once and closed at the end. */
import { networkMean } from "@pareidolia/ascent/networkMean";
import { type OpenedEngine, openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import { sha256 } from "@pareidolia/classifiers/files/sha256";
import { findZooModel } from "@pareidolia/classifiers/zoo/manifest";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { Framing } from "@pareidolia/core/preprocessing";
import type { ModelShelf } from "./experiments/experiment.ts";
import type { UserModel } from "./userModel.ts";

export interface DisposableShelf extends ModelShelf {
  /** The networks opened so far, by ID. */
  opened(): Promise<ReadonlyMap<string, DifferentiableClassifier>>;
  /** Of each of the user's networks, a hash of its file, labels and pre-processing. */
  readonly hashes: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

export function createModelShelf(options: {
  readonly cacheFolder: string;
  readonly userModels: readonly UserModel[];
  readonly onProgress: (line: string) => void;
}): DisposableShelf {
  const opened = new Map<string, Promise<DifferentiableClassifier>>();
  const byId = new Map(options.userModels.map((model) => [model.id, model]));

  /** All models of a command run on the same engine, which is reported once. */
  let reported = false;
  function onEngine({ description, reason }: OpenedEngine): void {
    if (!reported) options.onProgress(`engine: ${description} (${reason})`);
    reported = true;
  }

  function openOne(id: string, framing: Framing): Promise<DifferentiableClassifier> {
    const model = byId.get(id);
    if (model === undefined) return openZooClassifier({ id, cacheFolder: options.cacheFolder, onEngine });
    return openClassifier({ file: model.bytes, labels: model.labels, preprocessing: model.preprocessing, framing, onEngine });
  }

  return {
    userModels: [...byId.keys()],
    hashes: Object.fromEntries(
      [...byId].map(([id, { bytes, labels, preprocessing }]) => [id, sha256(JSON.stringify([sha256(bytes), labels, preprocessing]))]),
    ),
    open(id, framing = { kind: "whole" }) {
      const key = JSON.stringify([id, framing]);
      const known = opened.get(key) ?? openOne(id, framing);
      opened.set(key, known);
      return known;
    },
    meanOf(id) {
      const model = byId.get(id) ?? findZooModel(id);
      if (model === null) throw new AppError("NOT_FOUND", `Unknown model "${id}".`);
      return networkMean(model.preprocessing);
    },
    async opened() {
      const named = new Map<string, DifferentiableClassifier>();
      for (const [key, opening] of opened) {
        // The caller that opened a model has its error; failed models are left out here.
        const [outcome] = await Promise.allSettled([opening]);
        const [id] = JSON.parse(key) as [string];
        if (outcome.status === "fulfilled" && !named.has(id)) named.set(id, outcome.value);
      }
      return named;
    },
    async dispose() {
      for (const classifier of await Promise.allSettled(opened.values()))
        if (classifier.status === "fulfilled") await classifier.value.dispose();
      opened.clear();
    },
  };
}
