/**
 * Fixes the image size of a network that accepts any: open channels, height or width (PyTorch's dynamic axes, Keras's None) take the
 * sizes of the pre-processing. Sizes fixed by the file stay. `normalise` needs known sizes, so this runs first.
 */
import { checkPreprocessing, type Preprocessing } from "@pareidolia/core/preprocessing";
import type { Graph, ValueInfo } from "./graph.ts";
import { inputSizes, withInputLayout } from "./inputLayout.ts";

/** @throws AppError INVALID_INPUT for invalid pre-processing. */
export function bindImageSize(graph: Graph, preprocessing: Preprocessing): Graph {
  const sizes = inputSizes(withInputLayout(graph, checkPreprocessing(preprocessing)));
  const stored = new Set(graph.initializers.map(({ name }) => name));
  const bind = (input: ValueInfo): ValueInfo => {
    if (input.dims.length !== 4 || stored.has(input.name)) return input;
    return { ...input, dims: input.dims.map((dim, axis) => (axis > 0 && typeof dim === "string" ? (sizes[axis - 1] ?? dim) : dim)) };
  };
  return { ...graph, inputs: graph.inputs.map(bind) };
}
