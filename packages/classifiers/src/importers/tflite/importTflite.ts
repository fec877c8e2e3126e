/**
 * A TFLite file as an ONNX graph of float32: quantised weights become the numbers they stand for, activations are not rounded, and
 * channels come first. The graph reads what the file's input stands for, so a quantised input's zero point and scale belong to the
 * model's pre-processing: mean = zero point, deviation = 1 / scale.
 */
import type { Graph } from "@pareidolia/onnx/graph";
import { ChannelsLastNetwork, unsupported } from "../channelsLast/channelsLastNetwork.ts";
import { countOf } from "../channelsLast/constants.ts";
import { dequantise } from "./dequantise.ts";
import { corruptTflite } from "./flatTable.ts";
import { foldedShape } from "./foldShapes.ts";
import { type Made, OperatorPlace } from "./importOperator.ts";
import { operatorName } from "./operatorNames.ts";
import { tfliteOperators } from "./operators.ts";
import { readTflite, type TfliteModel, type TfliteOperator, type TfliteTensor } from "./readTflite.ts";

/** Half a gigabyte of weights: many tensors may point to the same bytes. */
const mostValues = 2 ** 27;
const dequantizeCode = 6;

/** @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming what is not supported. */
export function importTflite(bytes: Uint8Array): Graph {
  const file = readTflite(bytes);
  checkSize(file);
  const model = withStoredWeights(file);
  const [input] = model.inputs;
  const [output] = model.outputs;
  if (input === undefined || output === undefined || model.inputs.length > 1 || model.outputs.length > 1)
    throw unsupported(`it has ${model.inputs.length} inputs and ${model.outputs.length} outputs, and a classifier has one of each`);

  const network = new ChannelsLastNetwork("tflite");
  const dims = model.tensors[input]?.dims ?? [];
  if (dims.length !== 4 || dims[0] !== 1)
    throw unsupported(`its input is ${dims.join(" x ")}, and an image is 1 x height x width x channels`);
  const building = { network, tensors: [...model.tensors], made: new Map<number, Made>([[input, network.input("image", dims)]]) };
  for (const operator of model.operators) addOperator(building, operator);
  const scores = building.made.get(output);
  if (scores === undefined) throw corruptTflite("nothing computes its output");
  if (!("name" in scores)) throw unsupported("its output has no batch as its first axis");
  return network.finish(scores);
}

interface Building {
  readonly network: ChannelsLastNetwork;
  readonly tensors: TfliteTensor[];
  readonly made: Map<number, Made>;
}

function addOperator({ network, tensors, made }: Building, operator: TfliteOperator): void {
  const { code, outputs } = operator;
  const [target] = outputs;
  if (target === undefined || new Set(outputs).size !== outputs.length || outputs.some((output) => output < 0 || made.has(output)))
    throw corruptTflite(`"${nameOf(tensors, target)}" is not computed once`);
  const place = new OperatorPlace({ network, tensors, operator, made });
  const folded = foldedShape(code, place);
  if (folded !== null) {
    tensors[target] = folded;
    return;
  }
  const add = tfliteOperators.get(code);
  if (add === undefined) throw unsupported(`it makes "${nameOf(tensors, target)}" by ${operatorName(code)}, which is not supported`);
  const results = [add(place)].flat();
  if (results.length !== outputs.length) throw corruptTflite(`${place.name} has ${outputs.length} results, not ${results.length}`);
  for (const [index, result] of results.entries()) made.set(outputs[index] ?? -1, result);
}

function checkSize(model: TfliteModel): void {
  const total = model.operators.flatMap((operator) => operator.inputs).reduce((sum, index) => sum + storedCount(model, index), 0);
  if (total > mostValues) throw unsupported(`it holds ${total} weights, and at most ${mostValues} are read`);
}

function nameOf(tensors: readonly TfliteTensor[], index: number | undefined): string {
  return tensors[index ?? -1]?.name || `tensor ${index}`;
}

function storedCount(model: TfliteModel, index: number): number {
  const tensor = model.tensors[index];
  return tensor === undefined || tensor.data.length === 0 ? 0 : countOf(tensor.dims);
}

/** Weights in half precision reach their operator through a DEQUANTIZE, which is carried out here. */
function withStoredWeights(model: TfliteModel): TfliteModel {
  const tensors = [...model.tensors];
  const operators = model.operators.filter(({ code, inputs, outputs }) => {
    const source = tensors[inputs[0] ?? -1];
    const target = tensors[outputs[0] ?? -1];
    if (code !== dequantizeCode || source === undefined || target === undefined || source.data.length === 0) return true;
    const { data } = dequantise(source);
    tensors[outputs[0] as number] = { ...target, type: "float32", quantisation: null, data: new Uint8Array(data.buffer) };
    return false;
  });
  return { ...model, tensors, operators };
}
