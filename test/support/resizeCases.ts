/** Resize and Upsample. */
import { float, int, ints } from "@pareidolia/onnx/graphBuilder";
import { type Attributes, type CaseOptions, type OperatorCase, operatorCase, simple, text } from "./operatorCase.ts";

/** By factors of height and width, as in files of operator set 11. */
function byScales(title: string, scales: readonly [number, number], attributes: Attributes, options: CaseOptions = {}): OperatorCase {
  return operatorCase(`Resize, ${title}, by ${scales.join(" and ")}`, { opset: 11, ...options }, (builder, x) =>
    builder.node(
      "Resize",
      "y",
      [x, builder.floats("roi", [0], new Float32Array()), builder.floats("scales", [4], Float32Array.of(1, 1, ...scales))],
      attributes,
    ),
  );
}

function bySizes(title: string, sizes: readonly [number, number], attributes: Attributes, options: CaseOptions = {}): OperatorCase {
  return operatorCase(`Resize, ${title}, to ${sizes.join(" x ")}`, { opset: 11, ...options }, (builder, x) => {
    const [roi, scales] = ["roi", "scales"].map((name) => builder.floats(name, [0], new Float32Array()));
    return builder.node("Resize", "y", [x, roi ?? "", scales ?? "", builder.integers("sizes", [2, 3, ...sizes])], attributes);
  });
}

/** An operator set with the transformation. */
const transformations = {
  half_pixel: 13,
  align_corners: 13,
  asymmetric: 13,
  pytorch_half_pixel: 13,
  tf_half_pixel_for_nn: 12,
  half_pixel_symmetric: 19,
} as const;

const coordinates: readonly OperatorCase[] = Object.entries(transformations).flatMap(([kind, opset]) =>
  ["nearest", "linear", "cubic"].flatMap((mode) => {
    const attributes = { mode: text(mode), coordinate_transformation_mode: text(kind) };
    const title = `${mode}, ${kind}`;
    return [
      bySizes(title, [9, 5], attributes, { opset }),
      bySizes(title, [1, 1], attributes, { opset }),
      byScales(title, [1.7, 0.6], attributes, { opset }),
      byScales(title, [0.45, 2], attributes, { opset }),
    ];
  }),
);

const roundings: readonly OperatorCase[] = ["round_prefer_floor", "round_prefer_ceil", "floor", "ceil"].flatMap((kind) => {
  const attributes = { mode: text("nearest"), nearest_mode: text(kind) };
  const symmetric = { ...attributes, coordinate_transformation_mode: text("half_pixel_symmetric") };
  const asymmetric = { ...attributes, coordinate_transformation_mode: text("asymmetric") };
  return [
    byScales(`nearest, ${kind}`, [1.6, 0.7], attributes),
    byScales(`nearest, ${kind}, symmetric`, [1.6, 0.8], symmetric, { x: ["batch", 3, 13, 11], opset: 19 }),
    bySizes(`nearest, ${kind}, asymmetric, near the midpoint of two pixels`, [4, 8], asymmetric, { x: ["batch", 3, 15, 14] }),
  ];
});

const cubics: readonly OperatorCase[] = [
  byScales("cubic, another coefficient", [1.6, 2], { mode: text("cubic"), cubic_coeff_a: float(-0.5) }),
  byScales("cubic, excluding pixels outside", [1.6, 0.7], { mode: text("cubic"), exclude_outside: int(1) }),
];

const unchanged: readonly OperatorCase[] = ["nearest", "linear"].map((mode) =>
  byScales(`${mode}, size unchanged`, [1.1, 1.08], {
    mode: text(mode),
    nearest_mode: text("floor"),
    coordinate_transformation_mode: text("asymmetric"),
  }),
);

const unchangedOlder = operatorCase("Resize of operator set 10, size unchanged", { opset: 10 }, (builder, x) =>
  builder.node("Resize", "y", [x, builder.floats("scales", [4], Float32Array.of(1, 1, 1.1, 1.08))], { mode: text("linear") }),
);

const aspects: readonly OperatorCase[] = ["not_larger", "not_smaller"].flatMap((policy) =>
  (
    [
      ["linear", [9, 9]],
      ["linear", [3, 5]],
      ["nearest", [16, 4]],
    ] as const
  ).map(([mode, sizes]) =>
    operatorCase(`Resize, ${mode}, ${policy} than ${sizes.join(" x ")}`, {}, (builder, x) =>
      builder.node("Resize", "y", [x, "", "", builder.integers("sizes", sizes)], {
        mode: text(mode),
        axes: ints([2, 3]),
        keep_aspect_ratio_policy: text(policy),
      }),
    ),
  ),
);

const older: readonly OperatorCase[] = [
  simple(
    "Upsample, nearest, by an attribute",
    "Upsample",
    { mode: text("nearest"), scales: { kind: "floats", value: [1, 1, 2, 3] } },
    { opset: 7 },
  ),
  operatorCase("Upsample, linear", { opset: 9 }, (builder, x) =>
    builder.node("Upsample", "y", [x, builder.floats("scales", [4], Float32Array.of(1, 1, 2, 1.5))], { mode: text("linear") }),
  ),
  operatorCase("Resize of operator set 10", { opset: 10 }, (builder, x) =>
    builder.node("Resize", "y", [x, builder.floats("scales", [4], Float32Array.of(1, 1, 0.5, 2))], { mode: text("nearest") }),
  ),
  operatorCase("Resize of operator set 10, reduced by a fractional factor", { opset: 10 }, (builder, x) =>
    builder.node("Resize", "y", [x, builder.floats("scales", [4], Float32Array.of(1, 1, 0.6, 0.4))], { mode: text("nearest") }),
  ),
  operatorCase("Resize by scales whose product with the size rounds up", { x: ["batch", 1, 10, 10] }, (builder, x) =>
    builder.node("Resize", "y", [x, "", builder.floats("scales", [4], Float32Array.of(1, 1, 0.7, 0.9))], { mode: text("linear") }),
  ),
  ...(
    [
      [
        [0, 1, 3, 2],
        [2, 3, 5, 9],
      ],
      [
        [-1, 2],
        [5, 9],
      ],
      [
        [3, 0],
        [5, 2],
      ],
    ] as const
  ).map(([axes, sizes]) =>
    operatorCase(`Resize to sizes of the axes ${axes.join(", ")}`, {}, (builder, x) =>
      builder.node("Resize", "y", [x, "", "", builder.integers("sizes", sizes)], { mode: text("linear"), axes: ints(axes) }),
    ),
  ),
  operatorCase("Resize by scales of reordered axes", {}, (builder, x) =>
    builder.node("Resize", "y", [x, "", builder.floats("scales", [2], Float32Array.of(0.6, 1.5))], {
      mode: text("linear"),
      axes: ints([3, 2]),
    }),
  ),
];

export const resizeCases: readonly OperatorCase[] = [
  ...coordinates,
  ...roundings,
  ...cubics,
  ...unchanged,
  unchangedOlder,
  ...aspects,
  ...older,
];
