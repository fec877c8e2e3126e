/**
 * Folds integers computed from tensor shapes. Converters write such computations for every size that includes the batch (a Keras
 * Reshape, Conv2DTranspose or Dense on an image). The file's own dims for the results are unreliable: unknown sizes are written as 1.
 */
import { unsupported } from "../channelsLast/channelsLastNetwork.ts";
import { storedIntegers } from "./dequantise.ts";
import type { OperatorContext } from "./importOperator.ts";
import type { TfliteTensor } from "./readTflite.ts";
import { cutsOf } from "./stridedSlice.ts";

/** A scalar or a list. */
interface Integers {
  readonly dims: readonly number[];
  readonly values: readonly number[];
}

type Fold = (inputs: readonly Integers[], context: OperatorContext) => Integers;

const shapeCode = 77;
const list = (values: readonly number[]): Integers => ({ dims: [values.length], values });
const number = (value: number): Integers => ({ dims: [], values: [value] });

function elementwise(combine: (left: number, right: number) => number): Fold {
  return ([left = list([]), right = list([])]) => {
    const longer = right.values.length > left.values.length || right.dims.length > left.dims.length ? right : left;
    const at = (side: Integers, index: number): number => side.values[side.values.length === 1 ? 0 : index] ?? Number.NaN;
    return { dims: longer.dims, values: longer.values.map((_, index) => combine(at(left, index), at(right, index))) };
  };
}

const gather: Fold = ([source = list([]), indices = list([])]) => ({
  dims: indices.dims,
  values: indices.values.map((index) => source.values[index < 0 ? index + source.values.length : index] ?? Number.NaN),
});

const stridedSlice: Fold = ([source = list([])], context) => {
  const { cuts, dropped } = cutsOf(context, source.dims);
  const [cut] = cuts;
  // A one-element list has no cut: its only element is kept.
  if (dropped.length > 0) return number(source.values[cut?.start ?? 0] ?? Number.NaN);
  if (cut === undefined) return source;
  return list(Array.from({ length: cut.count }, (_, index) => source.values[cut.start + index * cut.step] ?? Number.NaN));
};

const reduceProd: Fold = ([source = list([])], context) => {
  const product = source.values.reduce((soFar, value) => soFar * value, 1);
  return (context.options?.int8(0) ?? 0) === 0 ? number(product) : list([product]);
};

const pack: Fold = (inputs, context) => {
  if (inputs.some(({ dims }) => dims.length > 0)) throw unsupported(`${context.name} packs lists into a table`);
  return list(inputs.flatMap(({ values }) => values));
};

const folds: ReadonlyMap<number, Fold> = new Map([
  [0, elementwise((left, right) => left + right)], // ADD
  [2, (inputs) => list(inputs.flatMap(({ values }) => values))], // CONCATENATION
  [18, elementwise((left, right) => left * right)], // MUL
  [36, gather],
  [41, elementwise((left, right) => left - right)], // SUB
  [45, stridedSlice],
  [81, reduceProd],
  [83, pack],
]);

/** An operator's integer result as a stored tensor; null if it computes anything else. */
export function foldedShape(code: number, context: OperatorContext): TfliteTensor | null {
  const folded = fold(code, context);
  if (folded === null) return null;
  if (!folded.values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31))
    throw unsupported(`${context.name} computes sizes that are not integers`);
  const { name } = context.output;
  return { name, dims: folded.dims, type: "int32", data: new Uint8Array(Int32Array.from(folded.values).buffer), quantisation: null };
}

function fold(code: number, context: OperatorContext): Integers | null {
  if (code === shapeCode) return list(context.value(0).dims);
  const apply = folds.get(code);
  const inputs = Array.from({ length: context.inputCount }, (_, input) => input);
  if (apply === undefined || !inputs.every((input) => context.isStored(input))) return null;
  const tensors = inputs.map((input) => context.stored(input));
  if (!tensors.every(({ type, dims }) => (type === "int32" || type === "int64") && dims.length < 2)) return null;
  return apply(
    tensors.map((tensor) => ({ dims: tensor.dims, values: storedIntegers(tensor) })),
    context,
  );
}
