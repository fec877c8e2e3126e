/** The product's networks whose files are on this machine, by name, to score the images of a release. Nothing is downloaded. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { CachedFile } from "@pareidolia/classifiers/files/readCachedFile";
import { zooManifest } from "@pareidolia/classifiers/zoo/manifest";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { ZooModel } from "@pareidolia/classifiers/zoo/zooModel";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import type { Framing } from "@pareidolia/core/preprocessing";
import { fitPhoto } from "@pareidolia/images/fitPhoto";
import { decodePng } from "@pareidolia/images/png";
import type { FindNetwork } from "@pareidolia/release/verify/verifyConfidences";

export interface NetworksAtHand {
  readonly find: FindNetwork;
  close(): Promise<void>;
}

export function openNetworksAtHand(cacheFolder: string): NetworksAtHand {
  const opened = new Map<string, Promise<DifferentiableClassifier>>();
  const open = (id: string, framing: Framing): Promise<DifferentiableClassifier> => {
    const key = JSON.stringify([id, framing]);
    const found = opened.get(key) ?? openZooClassifier({ id, cacheFolder, framing });
    opened.set(key, found);
    return found;
  };
  return {
    async find(name) {
      const model = zooManifest.find((known) => known.name === name);
      if (model === undefined) return { reason: "it is not a network of this version" };
      const missing = filesOf(model).find((file) => !existsSync(join(cacheFolder, ...file.path.split("/"))));
      if (missing !== undefined) return { reason: `its file ${missing.path} is not in ${cacheFolder}` };
      return (files) => Promise.all(files.map((file) => scoreEachWay(decodePng(file), model, (framing) => open(model.id, framing))));
    },
    async close() {
      await Promise.all([...opened.values()].map(async (classifier) => (await classifier).dispose()));
    },
  };
}

function filesOf({ file, labels }: ZooModel): readonly CachedFile[] {
  return [...(file.kind === "downloaded" ? [file] : []), ...(labels.kind === "downloaded" ? [labels.file] : [])];
}

/** As a whole; a larger square image also by crops, as runs on larger images are scored. */
function framingsOf({ width, height }: ByteImage, model: ZooModel): readonly Framing[] {
  const side = Math.max(model.width, model.height);
  if (width !== height || width <= side) return [{ kind: "whole" }];
  return [{ kind: "whole" }, ...([1, 10] as const).map((count): Framing => ({ kind: "crops", count, imageSize: width }))];
}

async function scoreEachWay(
  image: ByteImage,
  model: ZooModel,
  open: (framing: Framing) => Promise<DifferentiableClassifier>,
): Promise<readonly Float32Array[]> {
  const scores: Float32Array[] = [];
  for (const framing of framingsOf(image, model)) {
    const classifier = await open(framing);
    const { probabilities } = await classifier.predict([toFloatImage(await fitPhoto(image, classifier.input))]);
    scores.push(probabilities);
  }
  return scores;
}
