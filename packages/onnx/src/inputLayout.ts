/**
 * Whether a network reads its channels first or last, from the sizes of its input. The declared layout decides only where both fit:
 * where the file leaves its sizes open, or an image is as high and as wide as it has channels.
 */
import type { Preprocessing } from "@pareidolia/core/preprocessing";
import type { Graph } from "./graph.ts";

export function withInputLayout(graph: Graph, preprocessing: Preprocessing): Preprocessing {
  const { layout: declared } = preprocessing;
  const stored = new Set(graph.initializers.map(({ name }) => name));
  const sizes = graph.inputs.find(({ name }) => !stored.has(name))?.dims.slice(1) ?? [];
  const other = declared === "NCHW" ? "NHWC" : "NCHW";
  const fits = (layout: Preprocessing["layout"]): boolean => {
    const wanted = inputSizes({ ...preprocessing, layout });
    return sizes.length === wanted.length && sizes.every((size, axis) => typeof size === "string" || size === wanted[axis]);
  };
  return !fits(declared) && fits(other) ? { ...preprocessing, layout: other } : preprocessing;
}

/** The sizes after the batch axis. */
export function inputSizes({ width, height, channels, layout }: Preprocessing): readonly number[] {
  return layout === "NCHW" ? [channels, height, width] : [height, width, channels];
}
