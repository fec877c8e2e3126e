/** Every engine refuses a network whose number of rows is not the number of images, and never returns scores of zero for it. */
import { openOnnxClassifier } from "@pareidolia/classifiers/engines/onnxruntime/openOnnxClassifier";
import { openTfjsClassifier } from "@pareidolia/classifiers/engines/tfjs/openTfjsClassifier";
import { GraphBuilder, int, ints } from "@pareidolia/onnx/graphBuilder";
import { describe, expect, it } from "vitest";

const input = { width: 2, height: 2, channels: 1 } as const;

/** A graph from `pixels` to scores of two classes, with a `change` that no prepared network has. */
function model(change: (builder: GraphBuilder, scores: string) => string) {
  const builder = new GraphBuilder("rows");
  builder.input({ name: "pixels", type: "float32", dims: ["batch", 1, 2, 2] });
  const weights = builder.floats("weights", [4, 2], Float32Array.of(1, 2, -1, 0, 3, 1, 0, 1));
  const scores = builder.node("MatMul", "scores", [builder.node("Flatten", "flat", ["pixels"]), weights]);
  const logits = builder.node("Identity", "logits", [change(builder, scores)]);
  builder.node("Softmax", "probabilities", [logits], { axis: int(1) });
  for (const name of ["probabilities", "logits"]) builder.output({ name, type: "float32", dims: ["batch", 2] });
  return { graph: builder.build(), input, labels: ["a", "b"], modelHash: "0".repeat(64) };
}

const images = [1, 2, 3].map((level) => ({ ...input, pixels: new Float32Array(4).fill(level) }));
const engines = [
  { name: "onnxruntime", open: (of: ReturnType<typeof model>) => openOnnxClassifier({ model: of, threads: 1, cut: together }) },
  { name: "tfjs", open: (of: ReturnType<typeof model>) => openTfjsClassifier({ model: of, threads: 1, backend: { kind: "cpu" } }) },
];
const together = (count: number) => ({ size: count, together: false });

describe.each(engines)("a network on $name", ({ open }) => {
  it("returns a row for each image", async () => {
    const classifier = await open(model((_, scores) => scores));
    expect((await classifier.scoreWithLogits(images)).logits).toEqual(Float32Array.of(3, 4, 6, 8, 9, 12));
    await classifier.dispose();
  });

  it.each([
    {
      what: "one row for all",
      change: (builder: GraphBuilder, scores: string) =>
        builder.node("ReduceSum", "sum", [scores, builder.integers("axes", [0])], { keepdims: int(1) }),
      shape: "1 x 2",
    },
    {
      what: "classes as rows",
      change: (builder: GraphBuilder, scores: string) => builder.node("Transpose", "turned", [scores], { perm: ints([1, 0]) }),
      shape: "2 x 3",
    },
    {
      what: "two rows per image",
      change: (builder: GraphBuilder, scores: string) => builder.node("Concat", "twice", [scores, scores], { axis: int(0) }),
      shape: "6 x 2",
    },
  ])("that gives $what is refused with a remedy", async ({ change, shape }) => {
    const classifier = await open(model(change));
    try {
      for (const ask of [() => classifier.predict(images), () => classifier.scoreWithLogits(images)])
        await expect(ask()).rejects.toMatchObject({
          code: "INVALID_INPUT",
          message: expect.stringMatching(new RegExp(`returns ${shape} scores for 3 images, not 3 x 2.*Export it again`)),
        });
    } finally {
      await classifier.dispose();
    }
  });
});
