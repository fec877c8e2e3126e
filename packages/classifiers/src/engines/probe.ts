/** The process that `probeEngine` starts: opens a network of one layer on the engine named by its argument, and runs it once. */
import { float, GraphBuilder, int } from "@pareidolia/onnx/graphBuilder";
import { prepareModel } from "./prepareModel.ts";
import { getEngine } from "./registry.ts";

function tinyGraph() {
  const builder = new GraphBuilder("probe");
  builder.input({ name: "pixels", type: "float32", dims: ["batch", 1, 1, 2] });
  builder.floats("weights", [2, 2], Float32Array.of(1, 0, 0, 1));
  const flat = builder.node("Flatten", "flat", ["pixels"], { axis: int(1) });
  const scores = builder.node("Gemm", "scores", [flat, "weights"], { alpha: float(1) });
  builder.output({ name: builder.node("Softmax", "probabilities", [scores], { axis: int(1) }), type: "float32", dims: ["batch", 2] });
  return builder.build();
}

try {
  const model = prepareModel({
    graph: tinyGraph(),
    preprocessing: { width: 2, height: 1, channels: 1, channelOrder: "RGB", layout: "NCHW", mean: [0], deviation: [1] },
    labels: ["dark", "light"],
  });
  const classifier = await getEngine(process.argv[2] ?? "").open(model, { threads: 1 }, process.env);
  const { probabilities } = await classifier.predict([{ width: 2, height: 1, channels: 1, pixels: Float32Array.of(0, 1) }]);
  await classifier.dispose();
  const isCorrect = Math.abs((probabilities[1] ?? 0) - 1 / (1 + Math.exp(-1))) < 1e-4;
  console.log(isCorrect ? `engine: ${classifier.engine}` : `reason: its results are wrong (${probabilities.join(", ")})`);
} catch (error) {
  console.log(`reason: ${(error instanceof Error ? error.message : String(error)).replaceAll("\n", " ")}`);
}
