/** Runs a graph with one image input in onnxruntime, for tests of code that generates graphs. */
import type { Graph } from "@pareidolia/onnx/graph";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";

/** `images` are channels last, as in the frameworks of the imported networks. Returns the output for each image. */
export async function runImageGraph(graph: Graph, images: readonly Float32Array[]): Promise<number[][]> {
  const [input] = graph.inputs;
  const [channels = 0, height = 0, width = 0] = (input?.dims.slice(1) ?? []) as number[];
  const plane = height * width;
  const values = new Float32Array(images.length * channels * plane);
  for (const [index, image] of images.entries())
    for (let place = 0; place < plane; place++)
      for (let channel = 0; channel < channels; channel++)
        values[(index * channels + channel) * plane + place] = image[place * channels + channel] as number;
  const session = await InferenceSession.create(encodeModel(graph), { intraOpNumThreads: 1 });
  try {
    const results = await session.run({ [input?.name ?? ""]: new Tensor("float32", values, [images.length, channels, height, width]) });
    const output = results[graph.outputs[0]?.name ?? ""];
    const all = Array.from(output?.data as Float32Array);
    const size = all.length / images.length;
    return images.map((_, index) => all.slice(index * size, (index + 1) * size));
  } finally {
    await session.release();
  }
}
