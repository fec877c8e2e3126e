/**
 * Reads the input layers of a layer in a functional model. Keras 2 and tfjs write each call as a list of [layer, node, tensor, ...];
 * Keras 3 writes the call's arguments, where each tensor's history has the same three.
 */
import { unsupported } from "../channelsLast/channelsLastNetwork.ts";
import { ConfigObject, corruptTfjs } from "./configObject.ts";

const maxNesting = 8;

/**
 * A reference to the output of a layer. Node 0 is its first call. For a model, node 0 is the call on its own inputs and node 1 the first
 * call after it.
 */
export interface LayerReference {
  readonly layer: string;
  readonly node: number;
}

/** @throws AppError INVALID_INPUT for a layer that is called more than once. */
export function inboundLayers(layer: ConfigObject, name: string): readonly LayerReference[] {
  const [call, ...others] = layer.list("inbound_nodes");
  if (call === undefined || others.length > 0)
    throw unsupported(`layer "${name}" is used ${others.length + (call === undefined ? 0 : 1)} times`);
  if (Array.isArray(call)) return (call as unknown[]).map(referenceOf);
  const keywordCall = new ConfigObject(call, `layer "${name}"`);
  if (histories(keywordCall.value("kwargs") ?? [], 0).length > 0) throw unsupported(`layer "${name}" takes a tensor as a keyword argument`);
  return histories(keywordCall.list("args"), 0).map(referenceOf);
}

/** Reads `input_layers` or `output_layers`: a list of references, or a single one. */
export function listedLayers(references: readonly unknown[]): readonly LayerReference[] {
  return typeof references[0] === "string" && typeof references[1] === "number" ? [referenceOf(references)] : references.map(referenceOf);
}

/** Only the first tensor of a layer is supported. */
function referenceOf(reference: unknown): LayerReference {
  const [layer, node, tensor] = Array.isArray(reference) ? (reference as unknown[]) : [reference, 0, 0];
  if (typeof layer !== "string" || typeof node !== "number" || tensor !== 0) throw unsupported("a layer with several outputs");
  return { layer, node };
}

/** The histories of the tensors among these arguments, including in lists and objects. Other non-trivial arguments are refused. */
function histories(value: unknown, depth: number): readonly unknown[] {
  if (depth > maxNesting) throw corruptTfjs(`the arguments of a layer are nested deeper than ${maxNesting}`);
  if (Array.isArray(value)) return value.flatMap((argument: unknown) => histories(argument, depth + 1));
  if (value === null || typeof value === "boolean") return [];
  if (typeof value !== "object") throw unsupported(`a layer is called with ${JSON.stringify(value)?.slice(0, 60)}`);
  const { class_name: kind, config } = value as Record<string, unknown>;
  if (kind === "__keras_tensor__") return [new ConfigObject(config, "a tensor").list("keras_history")];
  return Object.values(value).flatMap((argument: unknown) => histories(argument, depth + 1));
}
