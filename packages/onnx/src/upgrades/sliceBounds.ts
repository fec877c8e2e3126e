/**
 * Slice took its bounds as attributes before operator set 10. A slice that keeps the whole batch of an export of one image keeps the
 * whole batch of any size, whatever end it names.
 */
import type { GraphNode } from "../graph.ts";
import { findInts } from "../nodes/attributeValues.ts";
import { frontAxis } from "../shapes/shape.ts";
import { type Upgrade, type UpgradeContext, updateNode } from "./upgrade.ts";

export const sliceBounds: Upgrade = {
  operators: ["Slice"],
  apply(context) {
    const { node, opset, integers } = context;
    if (opset >= 10) return [withWholeBatch(context)];
    const starts = findInts(node, "starts") ?? [];
    const axes = findInts(node, "axes") ?? [...starts.keys()];
    const ends = endsOf(context, { starts, ends: findInts(node, "ends") ?? [], axes });
    const inputs = [node.inputs[0] ?? "", integers("starts", starts), integers("ends", ends), integers("axes", axes)];
    return [updateNode(node, { inputs, drop: ["starts", "ends", "axes"] })];
  },
};

function withWholeBatch(context: UpgradeContext): GraphNode {
  const { node, contents, integers } = context;
  const numbers = (input: number) => {
    const values = contents(input);
    return values?.every((value) => typeof value === "number") ? values : null;
  };
  const [starts, originalEnds] = [numbers(1), numbers(2)];
  if (starts === null || originalEnds === null) return node;
  const ends = endsOf(context, { starts, ends: originalEnds, axes: numbers(3) ?? [...starts.keys()], steps: numbers(4) });
  return ends === originalEnds ? node : updateNode(node, { inputs: node.inputs.with(2, integers("ends", ends)) });
}

interface Bounds {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly axes: readonly number[];
  readonly steps?: readonly number[] | null;
}

/** The ends, unlimited where they end the batch of one image; the same list if there is none. */
function endsOf({ openedBatch, shape }: UpgradeContext, { starts, ends, axes, steps }: Bounds): readonly number[] {
  const dims = shape(0);
  const isWhole = axes.map((axis, at) => {
    const [start = 0, end = 0, step = 1] = [starts[at], ends[at], steps?.[at]];
    return openedBatch !== null && dims[frontAxis(axis, dims.length)] === openedBatch && start === 0 && end >= 1 && step === 1;
  });
  return isWhole.includes(true) ? ends.map((end, at) => (isWhole[at] === true ? Number.MAX_SAFE_INTEGER : end)) : ends;
}
