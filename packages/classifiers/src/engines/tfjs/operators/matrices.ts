/** Gemm and MatMul. */

import { floatOr, intOr } from "@pareidolia/onnx/nodes/attributeValues";
import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { OperatorTwin } from "../operatorTwin.ts";
import { inOnnxOrder, plain } from "../value.ts";

export const gemmTwin: OperatorTwin = {
  operator: "Gemm",
  run({ tf, node, input, findInput }) {
    const [left, right] = [inOnnxOrder(tf, input(0)), inOnnxOrder(tf, input(1))] as [Tensor2D, Tensor2D];
    const alpha = floatOr(node, "alpha", 1);
    const beta = floatOr(node, "beta", 1);
    const product = tf.matMul(left, right, intOr(node, "transA", 0) === 1, intOr(node, "transB", 0) === 1);
    const scaled = alpha === 1 ? product : tf.mul(product, alpha);
    const offset = findInput(2);
    if (offset === null) return [plain(scaled)];
    return [plain(tf.add(scaled, beta === 1 ? offset.tensor : tf.mul(offset.tensor, beta)))];
  },
};

export const matMulTwin: OperatorTwin = {
  operator: "MatMul",
  run({ tf, input, refuse }) {
    const [left, right] = [inOnnxOrder(tf, input(0)), inOnnxOrder(tf, input(1))];
    if (left.rank < 2 || right.rank < 2) refuse("multiplies a vector");
    if (right.rank > 2) {
      // Not every backend broadcasts batches of matrices.
      const batch = (shape: readonly number[], rank: number): number[] => [
        ...Array<number>(rank - shape.length).fill(1),
        ...shape.slice(0, -2),
      ];
      const rank = Math.max(left.rank, right.rank);
      const [ours, theirs] = [batch(left.shape, rank), batch(right.shape, rank)];
      const common = ours.map((size, axis) => Math.max(size, theirs[axis] as number));
      const broadcast = (x: Tensor, own: readonly number[]): Tensor =>
        own.join() === common.join() ? x : tf.mul(x, tf.ones([...common, 1, 1]));
      return [plain(tf.matMul(broadcast(left, ours), broadcast(right, theirs)))];
    }
    if (left.rank === 2) return [plain(tf.matMul(left, right))];
    // As one product of two matrices: not every backend broadcasts a matrix over a batch.
    const { shape } = left;
    const rows = tf.reshape(left, [-1, shape.at(-1) as number]);
    return [plain(tf.reshape(tf.matMul(rows, right), [...shape.slice(0, -1), right.shape[1] as number]))];
  },
};
