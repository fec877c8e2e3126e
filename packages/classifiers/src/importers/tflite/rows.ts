/** RESHAPE and FULLY_CONNECTED. They may use the pixels of an image as rows; only these two can read such rows. */
import { areSizes, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import { countOf } from "../channelsLast/constants.ts";
import { withFusedActivation } from "./activations.ts";
import type { ImportOperator, OperatorContext } from "./importOperator.ts";

/** The input value, as a batch. */
function batchOf(context: OperatorContext): Value {
  const input = context.input(0);
  return "rowsOf" in input ? input.rowsOf : context.value(0);
}

/** To the shape that is stored or computed from shapes; otherwise to the file's dims. */
export const reshape: ImportOperator = (context) => {
  const input = batchOf(context);
  const dims = context.isStored(1) ? targetDims(context, countOf(input.dims)) : context.output.dims;
  if (dims[0] === 1) return context.network.reshape(context.name, input, dims);
  if (!areSizes(dims) || countOf(dims) !== countOf(input.dims))
    throw unsupported(`${context.name} cannot reshape ${input.dims.join(" x ")} to ${dims.join(" x ")}`);
  return { rowsOf: input };
};

/** One size may be -1 and is inferred. */
function targetDims(context: OperatorContext, count: number): readonly number[] {
  const target = context.integers(1);
  const known = countOf(target.filter((size) => size !== -1));
  return target.map((size) => (size === -1 ? count / known : size));
}

/** SQUEEZE and EXPAND_DIMS: the file has the dims of the result. */
export const reshapeToDeclared: ImportOperator = (context) => context.network.reshape(context.name, context.value(0), context.output.dims);

/** Weights are units x inputs. An input of any shape is read as rows of `inputs` values, channels last. */
export const fullyConnected: ImportOperator = (context) => {
  if ((context.options?.int8(1) ?? 0) !== 0) throw unsupported(`${context.name} has shuffled weights`);
  const keepsAxes = (context.options?.int8(2) ?? 0) !== 0;
  const weights = context.constant(1);
  const bias = context.has(2) ? context.constant(2).data : null;
  const [units = 0, inputs = 0] = weights.dims;
  const input = batchOf(context);
  const rows = countOf(input.dims) / inputs;
  const inPlace = input.dims.at(-1) === inputs;
  if (!Number.isInteger(rows) || (keepsAxes && !inPlace))
    throw unsupported(`${context.name} multiplies ${input.dims.join(" x ")} by ${weights.dims.join(" x ")}`);
  const flat = rows === 1 ? [1, inputs] : inPlace ? input.dims : [1, rows, inputs];
  const read = context.network.reshape(`${context.name}.flat`, input, flat);
  const result = withFusedActivation(context, 0, (name) => context.network.dense(name, read, weights, bias));
  if (rows === 1) return keepsAxes ? context.network.reshape(`${context.name}.kept`, result, [...input.dims.slice(0, -1), units]) : result;
  return keepsAxes && "name" in context.input(0) ? result : { rowsOf: result };
};
