/** The nodes that WebGPU would compute incorrectly. The contract suite tests that it computes all others correctly. */
import { executionProvider } from "@pareidolia/classifiers/engines/onnxruntime/executionProvider";
import { inputGradientGraph } from "@pareidolia/onnx/gradientGraph";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { describe, expect, it } from "vitest";

function pooled() {
  const builder = new GraphBuilder("pooled");
  builder.input({ name: "pixels", type: "float32", dims: ["batch", 1, 4, 4] });
  const pool = builder.node("MaxPool", "pool", ["pixels"], { kernel_shape: ints([2, 2]), strides: ints([2, 2]) });
  builder.output({ name: builder.node("Flatten", "logits", [pool], { axis: int(1) }), type: "float32", dims: ["batch", 4] });
  return builder.build();
}

function sliced(steps: readonly number[] | "computed" | null) {
  const builder = new GraphBuilder("sliced");
  builder.input({ name: "x", type: "float32", dims: ["batch", 1, 4, 4] });
  const bounds = [1, 3, 2].map((value, place) => builder.integers(`bounds${place}`, [value]));
  const how = steps === "computed" ? [builder.node("Shape", "steps", ["x"])] : steps === null ? [] : [builder.integers("steps", steps)];
  builder.output({ name: builder.node("Slice", "cut", ["x", ...bounds, ...how]), type: "float32", dims: [] });
  return builder.build();
}

/** A convolution with weights of these sizes, constant or computed. */
function convolved(dims: readonly number[], { group = 1, stride = 1, pad = 0, computed = false } = {}) {
  const builder = new GraphBuilder("convolved");
  builder.input({ name: "x", type: "float32", dims: ["batch", (dims[1] ?? 1) * group, 4, 4] });
  const stored = builder.floats("stored", dims, new Float32Array(dims.reduce((product, size) => product * size, 1)));
  const weights = computed ? builder.node("Tanh", "weights", [stored]) : stored;
  builder.output({
    name: builder.node("Conv", "features", ["x", weights], { group: int(group), strides: ints([stride, 1]), pads: ints([0, pad, 0, 0]) }),
    type: "float32",
    dims: [],
  });
  return builder.build();
}

describe("the execution provider of a graph", () => {
  it("is WebGPU, except for max pooling with indices, which a gradient needs", () => {
    expect(executionProvider("webgpu", pooled())).toBe("webgpu");
    const { name, forceCpuNodeNames } = executionProvider("webgpu", inputGradientGraph(pooled(), "logits")) as Exclude<
      ReturnType<typeof executionProvider>,
      string
    >;
    expect([name, ...forceCpuNodeNames]).toEqual(["webgpu", "pool.gradient.maximum"]);
  });

  it.each([
    ["runs forward", [2], "webgpu"],
    ["has no steps", null, "webgpu"],
    ["runs backwards", [-1], { name: "webgpu", forceCpuNodeNames: ["cut"] }],
    ["may run in either direction", "computed", { name: "webgpu", forceCpuNodeNames: ["cut"] }],
  ] as const)("is correct for a slice that %s", (_, steps, expected) => {
    expect(executionProvider("webgpu", sliced(steps))).toEqual(expected);
  });

  it.each<[string, Parameters<typeof convolved>, boolean]>([
    ["three channels", [[4, 3, 3, 3]], true],
    ["six channels", [[4, 6, 3, 3]], false],
    ["nine channels along one axis", [[16, 9, 1, 3]], false],
    ["twelve channels", [[4, 12, 3, 3]], true],
    ["six channels to five", [[5, 6, 3, 3]], true],
    ["six channels, pixel by pixel", [[4, 6, 1, 1]], true],
    ["six channels, every second pixel", [[4, 6, 1, 1], { stride: 2 }], false],
    ["six channels, pixel by pixel with padding", [[4, 6, 1, 1], { pad: 1 }], false],
    ["groups of six channels", [[4, 6, 3, 3], { group: 2 }], true],
    ["channels with computed weights", [[4, 3, 3, 3], { computed: true }], false],
  ])("is correct for a convolution of %s", (_, [dims, options], onWebGpu) => {
    expect(executionProvider("webgpu", convolved(dims, options))).toEqual(
      onWebGpu ? "webgpu" : { name: "webgpu", forceCpuNodeNames: ["features"] },
    );
  });

  it.each(["cpu", "cuda"] as const)("is %s for all nodes otherwise", (provider) => {
    expect(executionProvider(provider, inputGradientGraph(pooled(), "logits"))).toBe(provider);
    expect(executionProvider(provider, sliced([-1]))).toBe(provider);
  });
});
