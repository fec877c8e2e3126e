/**
 * Imports a tfjs layers model (model.json and its shards, written by tfjs or the Keras converter) as an ONNX graph: Sequential and
 * functional models, also nested, in inference mode. Each layer may be used once.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Graph } from "@pareidolia/onnx/graph";
import type { SidecarFiles } from "@pareidolia/onnx/proto/externalFiles";
import { ChannelsLastNetwork, unsupported, type Value } from "../channelsLast/channelsLastNetwork.ts";
import { ConfigObject, corruptTfjs } from "./configObject.ts";
import { inboundLayers, type LayerReference, listedLayers } from "./inboundLayers.ts";
import { LayerContext } from "./layerContext.ts";
import { tfjsLayers } from "./layers.ts";
import { LayerWeights } from "./layerWeights.ts";
import { readWeights } from "./readWeights.ts";

const maxJsonBytes = 64 * 2 ** 20;
const maxNesting = 8;

/** @throws AppError CORRUPT_DATA for a broken file or a missing shard, INVALID_INPUT naming the unsupported layer. */
export function importTfjs(modelJson: Uint8Array, shards: SidecarFiles): Graph {
  const file = parse(modelJson);
  const weights = readWeights(file, shards);
  const topology = file.object("modelTopology");
  const model = topology.has("model_config") ? topology.object("model_config") : topology;
  const network = new ChannelsLastNetwork("tfjs");
  const image = network.input("image", inputDims(model));
  const isKeras3 = topology.text("keras_version", "2").startsWith("3.");
  const building = { network, weights: new LayerWeights(weights), isKeras3, scopes: [], counter: { layers: 0 } };
  return network.finish(addModel(building, model, image));
}

function parse(modelJson: Uint8Array): ConfigObject {
  if (modelJson.length > maxJsonBytes) throw corruptTfjs(`it is larger than ${maxJsonBytes} bytes`);
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
  if (format !== "layers-model") throw unsupported(`a tfjs ${format}; convert the network to ONNX or save it as a layers model`);
  return model;
}

interface Building {
  readonly network: ChannelsLastNetwork;
  readonly weights: LayerWeights;
  readonly isKeras3: boolean;
  /** Names of the enclosing nested models and of this one. */
  readonly scopes: readonly string[];
  /** Counts all layers. Graph names include the number, because nested models may reuse layer names. */
  readonly counter: { layers: number };
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
  if (config.list(key).slice(1).includes(null)) throw unsupported("it accepts images of any size; save it with a fixed size");
  if (dims.length !== 4) throw unsupported(`its input is ${dims.join(" x ")}, not 1 x height x width x channels`);
  return [1, ...dims.slice(1)];
}

function addModel(building: Building, model: ConfigObject, input: Value): Value {
  if (building.scopes.length > maxNesting) throw unsupported(`models are nested deeper than ${maxNesting}`);
  const kind = model.text("class_name");
  if (kind === "Sequential") return layersOf(model).reduce((value, layer) => addLayer(building, layer, [value]), input);
  if (kind === "Model" || kind === "Functional") return addFunctional(building, model.object("config"), input);
  throw unsupported(`a model of class ${kind}`);
}

function addFunctional(building: Building, config: ConfigObject, input: Value): Value {
  const entrances = listedLayers(config.list("input_layers"));
  const exits = listedLayers(config.list("output_layers"));
  const [entrance] = entrances;
  const [exit] = exits;
  if (entrance === undefined || exit === undefined || entrances.length > 1 || exits.length > 1)
    throw unsupported(`it has ${entrances.length} inputs and ${exits.length} outputs; a classifier has one of each`);
  const values = new Map<string, Value>([[entrance.layer, input]]);
  const models = new Set<string>();
  const valueOf = ({ layer, node }: LayerReference): Value | undefined => {
    if (node !== 0 && !(node === 1 && models.has(layer))) throw unsupported(`layer "${layer}" is used more than once`);
    return values.get(layer);
  };
  // Layers are listed after their inputs.
  for (const layer of config.objects("layers")) {
    const name = layer.text("name");
    if (name === entrance.layer) continue;
    if (values.has(name)) throw corruptTfjs(`two layers of one model are named "${name}"`);
    const inputs = inboundLayers(layer, name).map((source) => {
      const value = valueOf(source);
      if (value === undefined) throw corruptTfjs(`layer "${name}" comes before its input`);
      return value;
    });
    if (isModel(layer)) models.add(name);
    values.set(name, addLayer(building, layer, inputs));
  }
  const output = valueOf(exit);
  if (output === undefined) throw corruptTfjs(`its output "${exit.layer}" is not a layer`);
  return output;
}

function addLayer(building: Building, layer: ConfigObject, inputs: readonly Value[]): Value {
  const kind = layer.text("class_name");
  const config = layer.isList("config") ? null : layer.object("config");
  const [first] = inputs;
  if (first === undefined) throw unsupported(`a layer of class ${kind} has no input`);
  if (isModel(layer)) return addModel({ ...building, scopes: [...building.scopes, config?.text("name", kind) ?? kind] }, layer, first);
  if (kind === "InputLayer") return first;
  const add = tfjsLayers.get(kind);
  const name = config?.text("name") ?? kind;
  if (add === undefined || config === null) throw unsupported(`layer "${name}" of class ${kind} is not supported`);
  building.counter.layers++;
  return add(new LayerContext({ ...building, name, graphName: `layer${building.counter.layers}.${name}`, config, inputs }));
}
