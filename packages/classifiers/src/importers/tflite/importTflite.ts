/**
 * Imports a TFLite file as a float32 ONNX graph, channels first. Quantised weights are dequantised, and activations are not rounded. The
 * graph takes dequantised inputs, so a quantised input's zero point and scale belong to the model's pre-processing: mean = zero point,
 * deviation = 1 / scale.
 */
import type { Graph } from "@pareidolia/onnx/graph";
import { ChannelsLastNetwork, unsupported } from "../channelsLast/channelsLastNetwork.ts";
import { countOf } from "../channelsLast/constants.ts";
import { dequantise } from "./dequantise.ts";
import { corruptTflite } from "./flatTable.ts";
import { foldedShape } from "./foldShapes.ts";
import { OperatorContext, type OperatorResult } from "./importOperator.ts";
import { operatorName } from "./operatorNames.ts";
import { tfliteOperators } from "./operators.ts";
import { readTflite, type TfliteModel, type TfliteOperator, type TfliteTensor } from "./readTflite.ts";

/** Half a gigabyte of weights. Many tensors may point to the same bytes. */
const maxValues = 2 ** 27;
const dequantizeCode = 6;

/** @throws AppError CORRUPT_DATA for a broken file, INVALID_INPUT naming an unsupported part. */
export function importTflite(bytes: Uint8Array): Graph {
  const file = readTflite(bytes);
  checkSize(file);
  const model = withStoredWeights(file);
  const [input] = model.inputs;
  const [output] = model.outputs;
  if (input === undefined || output === undefined || model.inputs.length > 1 || model.outputs.length > 1)
    throw unsupported(`it has ${model.inputs.length} inputs and ${model.outputs.length} outputs; a classifier has one of each`);

  const network = new ChannelsLastNetwork("tflite");
  const dims = model.tensors[input]?.dims ?? [];
  if (dims.length !== 4 || dims[0] !== 1) throw unsupported(`its input is ${dims.join(" x ")}, not 1 x height x width x channels`);
  const building = {
    network,
    tensors: [...model.tensors],
    results: new Map<number, OperatorResult>([[input, network.input("image", dims)]]),
  };
  for (const operator of model.operators) addOperator(building, operator);
  const scores = building.results.get(output);
  if (scores === undefined) throw corruptTflite("its output is not computed");
  if (!("name" in scores)) throw unsupported("the first axis of its output is not the batch");
  return network.finish(scores);
}

interface Building {
  readonly network: ChannelsLastNetwork;
  readonly tensors: TfliteTensor[];
  readonly results: Map<number, OperatorResult>;
}

function addOperator({ network, tensors, results }: Building, operator: TfliteOperator): void {
  const { code, outputs } = operator;
  const [target] = outputs;
  if (target === undefined || new Set(outputs).size !== outputs.length || outputs.some((output) => output < 0 || results.has(output)))
    throw corruptTflite(`"${nameOf(tensors, target)}" is computed more than once or overwrites an input`);
  const context = new OperatorContext({ network, tensors, operator, results });
  const folded = foldedShape(code, context);
  if (folded !== null) {
    tensors[target] = folded;
    return;
  }
  const add = tfliteOperators.get(code);
  if (add === undefined) throw unsupported(`the operator ${operatorName(code)} of "${nameOf(tensors, target)}" is not supported`);
  const added = [add(context)].flat();
  if (added.length !== outputs.length) throw corruptTflite(`${context.name} has ${outputs.length} outputs instead of ${added.length}`);
  for (const [index, result] of added.entries()) results.set(outputs[index] ?? -1, result);
}

function checkSize(model: TfliteModel): void {
  const total = model.operators.flatMap((operator) => operator.inputs).reduce((sum, index) => sum + storedCount(model, index), 0);
  if (total > maxValues) throw unsupported(`it has ${total} weights; the limit is ${maxValues}`);
}

function nameOf(tensors: readonly TfliteTensor[], index: number | undefined): string {
  return tensors[index ?? -1]?.name || `tensor ${index}`;
}

function storedCount(model: TfliteModel, index: number): number {
  const tensor = model.tensors[index];
  return tensor === undefined || tensor.data.length === 0 ? 0 : countOf(tensor.dims);
}

/** Folds the DEQUANTIZE of half-precision weights. */
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
