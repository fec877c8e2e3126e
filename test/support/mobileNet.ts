/** MobileNetV2 of the zoo with its layers and weights, for smaller images: the plain engine computes a twelfth of what whole images need. */
import { openClassifier } from "@pareidolia/classifiers/engines/openClassifier";
import { importModel } from "@pareidolia/classifiers/importers/importModel";
import { findZooModel } from "@pareidolia/classifiers/zoo/manifest";
import { readModelFile, readZooLabels } from "@pareidolia/classifiers/zoo/readZooModel";
import { dropFirstClasses } from "@pareidolia/onnx/dropFirstClasses";
import { sharedCacheFolder } from "./sharedCache.ts";

const id = "mobilenet-v2-1.0-224";
/** The last convolutions still have more than one position. */
const smallSide = 64;

export async function openSmallMobileNet(engine: string) {
  const model = findZooModel(id);
  if (model === null) throw new Error(`The zoo has no ${id}.`);
  const cache = { cacheFolder: sharedCacheFolder() };
  const [file, labels] = await Promise.all([readModelFile(model, cache), readZooLabels(model, cache)]);
  const graph = dropFirstClasses(importModel(file, undefined, model.preprocessing), model.leftOut);
  const { width, height } = model.preprocessing;
  const inputs = graph.inputs.map((input) => ({
    ...input,
    dims: input.dims.map((dim) => (dim === width || dim === height ? smallSide : dim)),
  }));
  const preprocessing = { ...model.preprocessing, width: smallSide, height: smallSide };
  return openClassifier({ graph: { ...graph, inputs }, preprocessing, labels, engine, threads: 1 });
}
