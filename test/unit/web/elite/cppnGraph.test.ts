import type { CppnGenome } from "@pareidolia/encodings/cppn/genome";
import { describe, expect, it } from "vitest";
import { graphOf } from "../../../../apps/web/src/features/elite/cppnGraph.ts";

/** x -> 5 -> output 4, y -> output; node 6 reads d but is a dead end; bias is not connected. */
const genome: CppnGenome = {
  outputs: 1,
  activations: ["sine", "gaussian", "linear"],
  connections: [
    { from: 0, to: 5, gene: 1 },
    { from: 5, to: 4, gene: 0 },
    { from: 1, to: 4, gene: 0.75 },
    { from: 2, to: 6, gene: 0.5 },
  ],
};

describe("graphOf", () => {
  const graph = graphOf(genome, {});
  const node = (id: number) => graph.nodes.find((each) => each.id === id);

  it("omits and counts hidden nodes that the image does not depend on", () => {
    expect(graph.nodes.map(({ id }) => id).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(graph.leftOut).toBe(1);
  });

  it("keeps and marks unused inputs", () => {
    expect(node(0)?.used).toBe(true);
    expect(node(2)?.used).toBe(false);
    expect(node(3)?.used).toBe(false);
  });

  it("converts genes to signed weights", () => {
    expect(graph.edges.map(({ weight }) => weight)).toEqual([10, -10, 5]);
  });

  it("places every source to the left of its target, and the output last", () => {
    for (const { source, target } of graph.edges) expect(node(source)?.layer).toBeLessThan(node(target)?.layer as number);
    expect(node(4)?.layer).toBe(graph.layers - 1);
  });
});
