/** RESHAPE and FULLY_CONNECTED, which may have the places of an image as rows: then nothing but those two reads them. */
import { areSizes, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import { countOf } from "../channelsLast/constants.ts";
import { withFusedActivation } from "./activations.ts";
import type { ImportOperator, OperatorPlace } from "./importOperator.ts";

/** What the rows belong to, or the value itself. */
function whole(place: OperatorPlace): Value {
  const made = place.made(0);
  return "rowsOf" in made ? made.rowsOf : place.value(0);
}

/** To the shape that is stored or follows from shapes; the file's own dims are for where neither is. */
export const reshape: ImportOperator = (place) => {
  const input = whole(place);
  const dims = place.isStored(1) ? wantedDims(place, countOf(input.dims)) : place.output.dims;
  if (dims[0] === 1) return place.network.reshape(place.name, input, dims);
  if (!areSizes(dims) || countOf(dims) !== countOf(input.dims))
    throw unsupported(`${place.name} turns ${input.dims.join(" x ")} into ${dims.join(" x ")}`);
  return { rowsOf: input };
};

/** One size may be -1: whatever is left. */
function wantedDims(place: OperatorPlace, count: number): readonly number[] {
  const wanted = place.integers(1);
  const known = countOf(wanted.filter((size) => size !== -1));
  return wanted.map((size) => (size === -1 ? count / known : size));
}

/** SQUEEZE and EXPAND_DIMS alike: the result's dims are in the file. */
export const reshapeAsSaid: ImportOperator = (place) => place.network.reshape(place.name, place.value(0), place.output.dims);

/** Weights are units x inputs. An input of any shape is read in rows of `inputs`, channels last. */
export const fullyConnected: ImportOperator = (place) => {
  if ((place.options?.int8(1) ?? 0) !== 0) throw unsupported(`${place.name} has shuffled weights`);
  const keepsAxes = (place.options?.int8(2) ?? 0) !== 0;
  const weights = place.constant(1);
  const bias = place.has(2) ? place.constant(2).data : null;
  const [units = 0, inputs = 0] = weights.dims;
  const input = whole(place);
  const rows = countOf(input.dims) / inputs;
  const inPlace = input.dims.at(-1) === inputs;
  if (!Number.isInteger(rows) || (keepsAxes && !inPlace))
    throw unsupported(`${place.name} multiplies ${input.dims.join(" x ")} by ${weights.dims.join(" x ")}`);
  const flat = rows === 1 ? [1, inputs] : inPlace ? input.dims : [1, rows, inputs];
  const read = place.network.reshape(`${place.name}.flat`, input, flat);
  const result = withFusedActivation(place, 0, (name) => place.network.dense(name, read, weights, bias));
  if (rows === 1) return keepsAxes ? place.network.reshape(`${place.name}.kept`, result, [...input.dims.slice(0, -1), units]) : result;
  return keepsAxes && "name" in place.made(0) ? result : { rowsOf: result };
};
