import { mkdtempSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "@pareidolia/classifiers/files/sha256";
import { zooManifest } from "@pareidolia/classifiers/zoo/manifest";
import { openZooClassifier } from "@pareidolia/classifiers/zoo/openZooClassifier";
import type { ZooModel } from "@pareidolia/classifiers/zoo/zooModel";
import { GraphBuilder } from "@pareidolia/onnx/graphBuilder";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { afterEach, expect, it, vi } from "vitest";
import { drawValues } from "../../../support/onnxGraphs.ts";

const cacheFolder = mkdtempSync(join(tmpdir(), "zoo-"));

afterEach(async () => {
  vi.restoreAllMocks();
  await rm(cacheFolder, { recursive: true, force: true });
});

/** For images of any size, which determines its padding. */
function anySize(): Uint8Array {
  const builder = new GraphBuilder("anySize");
  const x = builder.input({ name: "x", type: "float32", dims: ["N", 1, "height", "width"] });
  const filters = builder.floats("filters", [4, 1, 3, 3], drawValues(3, 36));
  const features = builder.node("Conv", "features", [x, filters], { auto_pad: { kind: "string", value: "SAME_UPPER" } });
  const means = builder.node("Flatten", "scores", [builder.node("GlobalAveragePool", "means", [features])]);
  builder.output({ name: means, type: "float32", dims: ["N", 4] });
  return encodeModel(builder.build());
}

it("the zoo opens a network for images of any size, at the size of its pre-processing, without its background class", async () => {
  const file = anySize();
  const [known] = zooManifest;
  if (known === undefined) throw new Error("The zoo is empty.");
  const model: ZooModel = {
    ...known,
    id: "any-size",
    preprocessing: { width: 7, height: 5, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [255] },
    labels: { kind: "listed", names: ["a", "b", "c"] },
    leftOut: 1,
    file: {
      kind: "downloaded",
      path: "models/anySize.onnx",
      urls: [],
      compressed: false,
      sha256: sha256(file),
      maximumBytes: file.length,
    },
  };
  vi.spyOn(zooManifest, "find").mockReturnValue(model);
  await mkdir(join(cacheFolder, "models"), { recursive: true });
  await writeFile(join(cacheFolder, "models", "anySize.onnx"), file);
  const classifier = await openZooClassifier({ id: model.id, cacheFolder, engine: "onnxruntime-cpu", threads: 1 });
  try {
    const { classes, probabilities } = await classifier.predict([
      { width: 7, height: 5, channels: 1, pixels: new Float32Array(35).fill(9) },
    ]);
    expect(classes).toBe(3);
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  } finally {
    await classifier.dispose();
  }
});
