/**
 * From which layers a layer of a functional model reads. Keras 2 and tfjs write each call of it as a list of [layer, node, tensor, ...];
 * Keras 3 writes the arguments of the call, in which the same three stand as the history of a tensor.
 */
import { unsupported } from "../channelsLast/channelsLastNetwork.ts";
import { ConfigObject, corruptTfjs } from "./configObject.ts";

const mostNested = 8;

/** A reference to what a layer gives: node 0 is its first call, after that of a model on its own inputs. */
export interface LayerReference {
  readonly layer: string;
  readonly node: number;
}

/** @throws AppError INVALID_INPUT for a layer that is called more than once. */
export function inboundLayers(layer: ConfigObject, name: string): readonly LayerReference[] {
  const [call, ...again] = layer.list("inbound_nodes");
  if (call === undefined || again.length > 0)
    throw unsupported(`layer "${name}" is used ${again.length + (call === undefined ? 0 : 1)} times`);
  if (Array.isArray(call)) return (call as unknown[]).map(referenceOf);
  const given = new ConfigObject(call, `layer "${name}"`);
  if (histories(given.value("kwargs") ?? [], 0).length > 0) throw unsupported(`layer "${name}" is given a value by name`);
  return histories(given.list("args"), 0).map(referenceOf);
}

/** What `input_layers` and `output_layers` list: references, or one alone. */
export function listedLayers(references: readonly unknown[]): readonly LayerReference[] {
  return typeof references[0] === "string" && typeof references[1] === "number" ? [referenceOf(references)] : references.map(referenceOf);
}

/** The second and further tensors of a layer are not supported. */
function referenceOf(reference: unknown): LayerReference {
  const [layer, node, tensor] = Array.isArray(reference) ? (reference as unknown[]) : [reference, 0, 0];
  if (typeof layer !== "string" || typeof node !== "number" || tensor !== 0) throw unsupported("a layer gives several tensors");
  return { layer, node };
}

/** Of the tensors among these arguments, in lists and by names too. Anything else that says something is refused. */
function histories(given: unknown, depth: number): readonly unknown[] {
  if (depth > mostNested) throw corruptTfjs(`the arguments of a layer are nested deeper than ${mostNested}`);
  if (Array.isArray(given)) return given.flatMap((one: unknown) => histories(one, depth + 1));
  if (given === null || typeof given === "boolean") return [];
  if (typeof given !== "object") throw unsupported(`a layer is called with ${JSON.stringify(given)?.slice(0, 60)}`);
  const { class_name: kind, config } = given as Record<string, unknown>;
  if (kind === "__keras_tensor__") return [new ConfigObject(config, "a tensor").list("keras_history")];
  return Object.values(given).flatMap((one: unknown) => histories(one, depth + 1));
}
