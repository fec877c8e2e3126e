/** This machine's sgemm peak: onnxruntime's MatMul of two square matrices, the second one constant, on all cores. */
import { availableParallelism } from "node:os";
import { GraphBuilder } from "@pareidolia/onnx/graphBuilder";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { InferenceSession, Tensor } from "onnxruntime-node";

const side = 1536;
export const productOperations = 2 * side ** 3;

interface MatrixProduct {
  multiply(): Promise<void>;
  close(): Promise<void>;
}

export async function openMatrixProduct(): Promise<MatrixProduct> {
  const values = Float32Array.from({ length: side * side }, (_, i) => ((i * 7919) % 131) / 131 - 0.5);
  const builder = new GraphBuilder("product");
  builder.input({ name: "left", type: "float32", dims: [side, side] });
  builder.floats("right", [side, side], values);
  builder.output({ name: builder.node("MatMul", "product", ["left", "right"]), type: "float32", dims: [side, side] });
  const session = await InferenceSession.create(encodeModel(builder.build()), {
    intraOpNumThreads: availableParallelism(),
    extra: { session: { force_spinning_stop: "1" } },
  });
  const left = new Tensor("float32", values, [side, side]);
  return {
    async multiply() {
      await session.run({ left });
    },
    close: () => session.release(),
  };
}
