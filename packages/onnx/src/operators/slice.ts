/** Slice between constant bounds, with any steps. Its gradient is padded with zeros, or placed by `gradientOfPicks` where it skips or reverses. */

import { gradientOfPicks } from "../gradients/pickAlongAxis.ts";
import { refuse } from "../nodes/refuse.ts";
import { type Contents, pickAlong } from "../shapes/contents.ts";
import { type Dim, frontAxis, type Shape } from "../shapes/shape.ts";
import type { InferenceContext, OperatorRule } from "./operatorRule.ts";

interface AxisSlice {
  readonly axis: number;
  readonly size: number;
  readonly positions: readonly number[];
  readonly step: number;
}

export const sliceRule: OperatorRule = {
  operator: "Slice",
  infer(context) {
    const slices = readSlices(context);
    const shape = slices.reduce<Shape>((soFar, { axis, positions }) => soFar.with(axis, positions.length), context.shape(0));
    return [{ shape, contents: slicedContents(context, slices) }];
  },
  differentiate(context) {
    const { node, builder, outputGradient, needsGradient, name, shape, outputShape } = context;
    if (!needsGradient(0)) return node.inputs.map(() => null);
    const slices = readSlices(context);
    let gradient = outputGradient;
    let current = outputShape(0);
    const begin = current.map(() => 0);
    const end = current.map(() => 0);
    for (const { axis, size, positions, step } of slices) {
      if (step === 1) {
        begin[axis] = positions[0] ?? 0;
        end[axis] = size - (begin[axis] ?? 0) - positions.length;
      } else {
        gradient = gradientOfPicks(context, gradient, { shape: current, axis, size, positions, suffix: `axis${axis}` });
        current = current.with(axis, size);
      }
    }
    if ([...begin, ...end].some((value) => value > 0))
      gradient = builder.node("Pad", name("input"), [gradient, builder.integers(name("pads"), [...begin, ...end])]);
    return shape(0).length === 0 ? [null] : [gradient];
  },
};

function slicedContents({ shape, contents }: InferenceContext, slices: readonly AxisSlice[]): Contents | undefined {
  let [values, current] = [contents(0), shape(0)];
  if (values === null) return undefined;
  for (const { axis, positions } of slices) {
    values = pickAlong({ values, shape: current }, axis, positions);
    current = current.with(axis, positions.length);
  }
  return values;
}

function readSlices({ node, shape, contents }: InferenceContext): AxisSlice[] {
  const dims = shape(0);
  const numbers = (input: number): readonly number[] | null => {
    if ((node.inputs[input] ?? "") === "") return null;
    const values: readonly Dim[] | null = contents(input);
    if (values === null || !values.every((value) => typeof value === "number")) return refuse(node, "has bounds that are not constant");
    return values;
  };
  const starts = numbers(1) ?? [];
  const ends = numbers(2) ?? [];
  const axes = numbers(3) ?? starts.map((_, index) => index);
  const steps = numbers(4) ?? starts.map(() => 1);
  return axes.flatMap((signedAxis, index) => {
    const axis = frontAxis(signedAxis, dims.length);
    const size = dims[axis];
    const [start = 0, end = 0, step = 1] = [starts[index], ends[index], steps[index]];
    if (step === 0) return refuse(node, "has a step of 0");
    if (typeof size !== "number") {
      if (start === 0 && end > 2 ** 31 - 2 && step === 1) return [];
      return refuse(node, "slices an axis of unknown size");
    }
    return [{ axis, size, step, positions: positionsOf(size, start, end, step) }];
  });
}

function positionsOf(size: number, start: number, end: number, step: number): number[] {
  const last = step > 0 ? size : size - 1;
  const clamp = (value: number, least: number): number => Math.min(Math.max(value < 0 ? value + size : value, least), last);
  const from = clamp(start, 0);
  const to = clamp(end, step > 0 ? 0 : -1);
  const positions: number[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) positions.push(at);
  return positions;
}
