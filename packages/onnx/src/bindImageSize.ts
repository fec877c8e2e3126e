/**
 * A network for images of any size, read for one: where its input leaves channels, height or width open (PyTorch's dynamic axes, None
 * of Keras), they become those of its pre-processing. `normalise` has to know them, so this comes first; sizes that the file fixes stay.
 */
import { checkPreprocessing, type Preprocessing } from "@pareidolia/core/preprocessing";
import type { Graph, ValueInfo } from "./graph.ts";
import { inputSizes, withInputLayout } from "./inputLayout.ts";

/** @throws AppError INVALID_INPUT for pre-processing that makes no sense. */
export function bindImageSize(graph: Graph, preprocessing: Preprocessing): Graph {
  const sizes = inputSizes(withInputLayout(graph, checkPreprocessing(preprocessing)));
  const stored = new Set(graph.initializers.map(({ name }) => name));
  const bind = (input: ValueInfo): ValueInfo => {
    if (input.dims.length !== 4 || stored.has(input.name)) return input;
    return { ...input, dims: input.dims.map((dim, axis) => (axis > 0 && typeof dim === "string" ? (sizes[axis - 1] ?? dim) : dim)) };
  };
  return { ...graph, inputs: graph.inputs.map(bind) };
}
