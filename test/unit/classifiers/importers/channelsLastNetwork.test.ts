import { ChannelsLastNetwork } from "@pareidolia/classifiers/importers/channelsLast/channelsLastNetwork";
import { describe, expect, it } from "vitest";
import { runImageGraph } from "../../../support/runGraph.ts";

describe("a channels-last network", () => {
  it.each(["ReduceMean", "ReduceMax"] as const)("returns the input of a %s over no axes", async (operator) => {
    const network = new ChannelsLastNetwork("reduced");
    const reduced = network.reduce(operator, "reduced", network.input("x", [1, 2, 2, 1]), []);
    expect(reduced.dims).toEqual([1, 2, 2, 1]);
    const graph = network.finish(network.elementwise("Relu", "y", reduced));
    expect(await runImageGraph(graph, [Float32Array.of(1, -2, 3, 4), Float32Array.of(5, -6, 7, 8)])).toEqual([
      [1, 0, 3, 4],
      [5, 0, 7, 8],
    ]);
  });
});
