/** Small ONNX files that need terabytes or hours, forward or backward, each with the expected reason for its refusal. */
import { constants, doublingNodes, type HostileFile, ints, longs, node, slowNetwork, wide, withFirstNodes } from "./onnxVariants.ts";

export const costlyOnnx: readonly HostileFile[] = [
  {
    what: "a constant of 10^12 values",
    file: withFirstNodes(
      [node("ConstantOfShape", ["big"], ["c"]), node("Add", ["x", "c"], ["x2"])],
      [longs("big", 1, 1_000_000_000, 8, 8)],
    ),
    reason: /MB per image|more memory/,
  },
  {
    what: "an expansion to 10^12 values",
    file: withFirstNodes([node("Expand", ["x", "big"], ["x2"])], [longs("big", 1, 15_625_000_000, 8, 8)]),
    reason: /MB per image|size|Expand/,
  },
  {
    what: "padding by a million",
    file: withFirstNodes([node("Pad", ["x", "big"], ["x2"])], [longs("big", 0, 0, 0, 0, 0, 0, 1_000_000, 1_000_000)]),
    reason: /MB per image/,
  },
  {
    what: "a resize by 10^5",
    file: withFirstNodes([node("Resize", ["x", "", "", "big"], ["x2"])], [longs("big", 1, 1, 800_000, 800_000)]),
    reason: /MB per image/,
  },
  {
    what: "a resize whose gradient needs a matrix of 6 GB",
    file: withFirstNodes(
      [
        node("Resize", ["x", "", "", "far"], ["long"]),
        node("Resize", ["long", "", "", "further"], ["longer"]),
        node("Slice", ["longer", "from", "to", "axis"], ["x2"]),
      ],
      [longs("far", 1, 1, 8, 40_000), longs("further", 1, 1, 8, 40_400), longs("from", 0), longs("to", 8), longs("axis", 3)],
    ),
    reason: /Resize node "longer" resizes an axis from 40000 to 40400/,
  },
  {
    what: "a maximum whose gradient compares a megabyte 900 times",
    file: withFirstNodes(
      [
        node("Resize", ["x", "", "", "big"], ["r"]),
        node("Max", Array<string>(900).fill("r"), ["m"]),
        node("Slice", ["m", "from", "to", "axes"], ["x2"]),
      ],
      [longs("big", 1, 1, 512, 512), longs("from", 0, 0), longs("to", 8, 8), longs("axes", 2, 3)],
    ),
    reason: /brings this network's gradient to \d+ MB per image/,
  },
  {
    what: "a transposed convolution with strides of 10^5",
    file: withFirstNodes(
      [node("ConvTranspose", ["x", "k"], ["x2"], { strides: ints(100_000, 100_000) })],
      [{ name: "k", dims: [1, 1, 1, 1], type: "float32", data: new Float32Array(1) }],
    ),
    reason: /MB per image/,
  },
  { what: "a value doubled forty times", file: withFirstNodes(doublingNodes), reason: /MB per image/ },
  {
    what: "two hundred constants of 16 MB",
    file: withFirstNodes(
      [
        ...constants,
        node(
          "Sum",
          constants.map((c) => c.outputs[0] ?? ""),
          ["sum"],
        ),
        node("Slice", ["sum", "from", "to", "axes"], ["corner"]),
        node("Add", ["x", "corner"], ["x2"]),
      ],
      [longs("big", 1, 1, 2048, 2048), longs("from", 0, 0), longs("to", 8, 8), longs("axes", 2, 3)],
    ),
    reason: /MB per image/,
  },
  {
    what: "a convolution of 2^18 channels on 1024 x 1024 pixels",
    file: withFirstNodes(
      [node("Resize", ["x", "", "", "big"], ["r"]), node("Conv", ["r", "k"], ["x2"])],
      [longs("big", 1, 1, 1024, 1024), wide(2 ** 18)],
    ),
    reason: /MB per image/,
  },
  {
    what: "a window of 10^9 pixels",
    file: withFirstNodes([node("MaxPool", ["x"], ["x2"], { kernel_shape: ints(1_000_000_000, 1_000_000_000) })]),
    reason: /./,
  },
  { what: "convolutions that take hours", file: slowNetwork, reason: /multiplications per image/ },
  {
    what: "huge padding",
    file: withFirstNodes([node("MaxPool", ["x"], ["x2"], { kernel_shape: ints(2, 2), pads: ints(0, 0, 2 ** 63, 2 ** 63) })]),
    reason: /MB per image|larger/,
  },
];
