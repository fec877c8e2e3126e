/**
 * Removes the first classes from a network's logits, so that networks with and without a "background" class share the same classes. The
 * result is the distribution conditional on none of the removed classes.
 */
import { AppError } from "@pareidolia/core/appError";
import { addLogits } from "./addLogits.ts";
import type { Graph } from "./graph.ts";
import { GraphBuilder, int } from "./graphBuilder.ts";
import { withoutUnused } from "./withoutUnused.ts";

/** Makes the remaining logits (N x classes) the graph's output. */
export function dropFirstClasses(graph: Graph, count: number): Graph {
  const [output] = graph.outputs;
  if (output === undefined || count === 0) return graph;
  const classes = output.dims.slice(1).reduce<number>((product, size) => (typeof size === "number" ? product * size : Number.NaN), 1);
  if (!(classes > count))
    throw new AppError("INVALID_INPUT", `This network has ${classes} classes, so ${count} of them cannot be left out.`);
  const builder = new GraphBuilder(graph.name, { ...graph, outputs: [] });
  const rows = builder.node("Flatten", "remaining.rows", [addLogits(builder, graph, output.name, "remaining.logarithm")], {
    axis: int(1),
  });
  const bounds = [
    builder.integers("remaining.starts", [count]),
    builder.integers("remaining.ends", [classes]),
    builder.integers("remaining.axes", [1]),
  ];
  const remaining = builder.node("Slice", "remaining", [rows, ...bounds]);
  builder.output({ name: remaining, type: "float32", dims: ["batch", classes - count] });
  return withoutUnused(builder.build());
}
