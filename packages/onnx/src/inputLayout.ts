/**
 * Detects whether a network expects channels first or last from its input sizes. The declared layout decides only when both fit: the
 * file leaves its sizes open, or height, width and channels are equal.
 */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { Graph } from "./graph.ts";

export function withInputLayout(graph: Graph, preprocessing: Preprocessing): Preprocessing {
  const { layout: declared } = preprocessing;
  const stored = new Set(graph.initializers.map(({ name }) => name));
  const sizes = graph.inputs.find(({ name }) => !stored.has(name))?.dims.slice(1) ?? [];
  const alternative = declared === "NCHW" ? "NHWC" : "NCHW";
  const fits = (layout: Preprocessing["layout"]): boolean => {
    const expected = inputSizes({ ...preprocessing, layout });
    return sizes.length === expected.length && sizes.every((size, axis) => typeof size === "string" || size === expected[axis]);
  };
  return !fits(declared) && fits(alternative) ? { ...preprocessing, layout: alternative } : preprocessing;
}

/** Input sizes without the batch axis. */
export function inputSizes({ width, height, channels, layout }: Preprocessing): readonly number[] {
  return layout === "NCHW" ? [channels, height, width] : [height, width, channels];
}
