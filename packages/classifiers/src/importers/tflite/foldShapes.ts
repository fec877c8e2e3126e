/**
 * Integers that a file computes from the shapes of its tensors, carried out here: converters write them for every size that the batch
 * goes into (a Keras Reshape, Conv2DTranspose or Dense on an image). The dims that the file itself gives to the results of such shapes
 * are not to be relied on: unknown sizes stand there as 1.
 */
import { unsupported } from "../channelsLast/channelsLastNetwork.ts";
import { storedIntegers } from "./dequantise.ts";
import type { OperatorPlace } from "./importOperator.ts";
import type { TfliteTensor } from "./readTflite.ts";
import { cutsOf } from "./stridedSlice.ts";

/** A number, or a list of them. */
interface Integers {
  readonly dims: readonly number[];
  readonly values: readonly number[];
}

type Fold = (inputs: readonly Integers[], place: OperatorPlace) => Integers;

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

const stridedSlice: Fold = ([source = list([])], place) => {
  const { cuts, dropped } = cutsOf(place, source.dims);
  const [cut] = cuts;
  // Of a list of one number the only place is kept without a cut.
  if (dropped.length > 0) return number(source.values[cut?.start ?? 0] ?? Number.NaN);
  if (cut === undefined) return source;
  return list(Array.from({ length: cut.count }, (_, index) => source.values[cut.start + index * cut.step] ?? Number.NaN));
};

const reduceProd: Fold = ([source = list([])], place) => {
  const product = source.values.reduce((sofar, value) => sofar * value, 1);
  return (place.options?.int8(0) ?? 0) === 0 ? number(product) : list([product]);
};

const pack: Fold = (inputs, place) => {
  if (inputs.some(({ dims }) => dims.length > 0)) throw unsupported(`${place.name} makes lists into a table`);
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

/** The integers that an operator makes, as if they were stored in the file; null where it makes something else. */
export function foldedShape(code: number, place: OperatorPlace): TfliteTensor | null {
  const folded = fold(code, place);
  if (folded === null) return null;
  if (!folded.values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31))
    throw unsupported(`${place.name} computes sizes that are no whole numbers`);
  const { name } = place.output;
  return { name, dims: folded.dims, type: "int32", data: new Uint8Array(Int32Array.from(folded.values).buffer), quantisation: null };
}

function fold(code: number, place: OperatorPlace): Integers | null {
  if (code === shapeCode) return list(place.value(0).dims);
  const apply = folds.get(code);
  const inputs = Array.from({ length: place.inputCount }, (_, input) => input);
  if (apply === undefined || !inputs.every((input) => place.isStored(input))) return null;
  const tensors = inputs.map((input) => place.stored(input));
  if (!tensors.every(({ type, dims }) => (type === "int32" || type === "int64") && dims.length < 2)) return null;
  return apply(
    tensors.map((tensor) => ({ dims: tensor.dims, values: storedIntegers(tensor) })),
    place,
  );
}
