/**
 * Takes the first classes off a network's logits, so that networks with and without a class "background" have the same classes.
 * What is left is the distribution given that it is none of those.
 */
import { AppError } from "@pareidolia/core/appError";
import { addLogits } from "./addLogits.ts";
import type { Graph } from "./graph.ts";
import { GraphBuilder, int } from "./graphBuilder.ts";
import { withoutUnused } from "./withoutUnused.ts";

/** The graph's output becomes its remaining logits, N x classes. */
export function leaveOutFirstClasses(graph: Graph, count: number): Graph {
  const [output] = graph.outputs;
  if (output === undefined || count === 0) return graph;
  const classes = output.dims.slice(1).reduce<number>((product, size) => (typeof size === "number" ? product * size : Number.NaN), 1);
  if (!(classes > count)) throw new AppError("INVALID_INPUT", `This network has ${classes} classes, so ${count} cannot be left out.`);
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
