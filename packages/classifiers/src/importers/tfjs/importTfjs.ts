/**
 * A layers model of tfjs (model.json and its shards, written by tfjs or by the converter from Keras) as an ONNX graph: Sequential
 * and functional models, nested ones too, in the trained state. Each layer is used once.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Graph } from "@pareidolia/onnx/graph";
import { ChannelsLastNetwork, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import type { Constant } from "../channelsLast/constants.ts";
import { ConfigObject, corruptTfjs } from "./configObject.ts";
import { LayerPlace } from "./layerPlace.ts";
import { tfjsLayers } from "./layers.ts";
import { readWeights, shardPaths } from "./readWeights.ts";

const mostJson = 64 * 2 ** 20;
const mostNested = 8;

/** The files that go with a model.json, as paths below its folder: plain names that do not lead out of it. */
export function tfjsShards(modelJson: Uint8Array): readonly string[] {
  return shardPaths(parse(modelJson));
}

/** @throws AppError CORRUPT_DATA for a broken file or a missing shard, INVALID_INPUT naming the layer that is not supported. */
export function importTfjs(modelJson: Uint8Array, shards: ReadonlyMap<string, Uint8Array>): Graph {
  const file = parse(modelJson);
  const weights = readWeights(file, shards);
  const topology = file.object("modelTopology");
  const model = topology.has("model_config") ? topology.object("model_config") : topology;
  const network = new ChannelsLastNetwork("tfjs");
  const image = network.input("image", inputDims(model));
  return network.finish(addModel({ network, weights, depth: 0 }, model, image));
}

function parse(modelJson: Uint8Array): ConfigObject {
  if (modelJson.length > mostJson) throw corruptTfjs(`it is larger than ${mostJson} bytes`);
  let file: unknown;
  try {
    file = JSON.parse(
      Buffer.from(modelJson)
        .toString("utf8")
        .replace(/^\uFEFF/, ""),
    );
  } catch (cause) {
    throw new AppError("CORRUPT_DATA", "This model.json is not JSON.", { cause });
  }
  const model = new ConfigObject(file, "model.json");
  const format = model.text("format", "layers-model");
  if (format !== "layers-model") throw unsupported(`a ${format} of tfjs; convert the network to ONNX, or save it as a layers model`);
  return model;
}

interface Building {
  readonly network: ChannelsLastNetwork;
  readonly weights: ReadonlyMap<string, Constant>;
  readonly depth: number;
}

function layersOf(model: ConfigObject): readonly ConfigObject[] {
  const config = model.isList("config") ? model : model.object("config");
  return config.objects(model.isList("config") ? "config" : "layers");
}

function isModel(layer: ConfigObject): boolean {
  return ["Sequential", "Model", "Functional"].includes(layer.text("class_name"));
}

function inputDims(model: ConfigObject): readonly number[] {
  const [first] = layersOf(model);
  if (first === undefined) throw corruptTfjs("it has no layers");
  if (isModel(first)) return inputDims(first);
  const config = first.object("config");
  const key = config.has("batch_shape") ? "batch_shape" : "batch_input_shape";
  const dims = config.sizes(key);
  if (config.list(key).slice(1).includes(null)) throw unsupported("it reads images of any size; save it for one");
  if (dims.length !== 4) throw unsupported(`its input is ${dims.join(" x ")}, and an image is 1 x height x width x channels`);
  return [1, ...dims.slice(1)];
}

function addModel(building: Building, model: ConfigObject, input: Value): Value {
  if (building.depth > mostNested) throw unsupported(`models are nested deeper than ${mostNested}`);
  const kind = model.text("class_name");
  if (kind === "Sequential") return layersOf(model).reduce((value, layer) => addLayer(building, layer, [value]), input);
  if (kind === "Model" || kind === "Functional") return addFunctional(building, model.object("config"), input);
  throw unsupported(`a model of the class ${kind}`);
}

function addFunctional(building: Building, config: ConfigObject, input: Value): Value {
  const entrances = config.list("input_layers").map(tensorName);
  const exits = config.list("output_layers").map(tensorName);
  const [entrance] = entrances;
  const [exit] = exits;
  if (entrance === undefined || exit === undefined || entrances.length > 1 || exits.length > 1)
    throw unsupported(`it has ${entrances.length} inputs and ${exits.length} outputs, and a classifier has one of each`);
  const values = new Map<string, Value>([[entrance, input]]);
  // The file lists layers in an order in which each comes after its inputs.
  for (const layer of config.objects("layers")) {
    const name = layer.text("name");
    if (name === entrance) continue;
    const [sources, ...again] = layer.list("inbound_nodes");
    if (!Array.isArray(sources) || again.length > 0)
      throw unsupported(`layer "${name}" is used ${again.length + 1} times, or is written as Keras 3 does`);
    const inputs = sources.map((source) => {
      const value = values.get(tensorName(source));
      if (value === undefined) throw corruptTfjs(`layer "${name}" comes before its input`);
      return value;
    });
    values.set(name, addLayer(building, layer, inputs));
  }
  const output = values.get(exit);
  if (output === undefined) throw corruptTfjs(`its output "${exit}" is no layer`);
  return output;
}

/** A tensor is written as [layer, node, tensor, ...]: the first of each is all that is supported. */
function tensorName(reference: unknown): string {
  const [name, node, tensor] = Array.isArray(reference) ? (reference as unknown[]) : [reference, 0, 0];
  if (typeof name !== "string" || node !== 0 || tensor !== 0) throw unsupported("a layer is used more than once, or gives several tensors");
  return name;
}

function addLayer(building: Building, layer: ConfigObject, inputs: readonly Value[]): Value {
  const kind = layer.text("class_name");
  const config = layer.isList("config") ? null : layer.object("config");
  const [first] = inputs;
  if (first === undefined) throw unsupported(`a layer of the class ${kind} has no input`);
  if (isModel(layer)) return addModel({ ...building, depth: building.depth + 1 }, layer, first);
  if (kind === "InputLayer") return first;
  const add = tfjsLayers.get(kind);
  const name = config?.text("name") ?? kind;
  if (add === undefined || config === null) throw unsupported(`layer "${name}" of the class ${kind} is not supported`);
  return add(new LayerPlace({ network: building.network, name, config, inputs, weights: building.weights }));
}
