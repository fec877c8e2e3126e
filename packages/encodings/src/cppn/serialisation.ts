/**
 * Serialises a CPPN to little-endian bytes: u32 outputs, u32 nodes (without inputs), one byte per activation, u32 connections, and
 * u16 from, u16 to, f32 gene for each connection. As JSON:
 * { "inputs": ["x", "y", "d", "bias"], "outputs": 1, "nodes": ["sine", ...], "connections": [{ "from", "to", "gene" }] }.
 */
import { AppError } from "@pareidolia/core/appError";
import { type Activation, activations, type Connection, type CppnGenome, inputCount, inputNames } from "./genome.ts";
import { requireSizes, requireValid } from "./validation.ts";

const connectionBytes = 8;

export function serialiseCppn(genome: CppnGenome): Uint8Array {
  const { activations: nodes, connections } = genome;
  const bytes = new Uint8Array(12 + nodes.length + connections.length * connectionBytes);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, genome.outputs, true);
  view.setUint32(4, nodes.length, true);
  for (const [i, activation] of nodes.entries()) bytes[8 + i] = activations.indexOf(activation);
  let at = 8 + nodes.length;
  view.setUint32(at, connections.length, true);
  at += 4;
  for (const { from, to, gene } of connections) {
    view.setUint16(at, from, true);
    view.setUint16(at + 2, to, true);
    view.setFloat32(at + 4, gene, true);
    at += connectionBytes;
  }
  return bytes;
}

/** @throws AppError CORRUPT_DATA for bytes that `serialiseCppn` cannot have written for this number of outputs. */
export function parseCppn(bytes: Uint8Array, outputs: number): CppnGenome {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nodes = bytes.length < 12 ? 0 : view.getUint32(4, true);
  requireSizes("CORRUPT_DATA", inputCount + nodes, 0);
  let at = 8 + nodes;
  const count = bytes.length < at + 4 ? 0 : view.getUint32(at, true);
  requireSizes("CORRUPT_DATA", 0, count);
  at += 4;
  if (bytes.length !== at + count * connectionBytes)
    throw new AppError("CORRUPT_DATA", `The CPPN has ${bytes.length} bytes, which does not match its counts.`);
  const connections = Array.from({ length: count }, (_, i) => {
    const start = at + i * connectionBytes;
    return { from: view.getUint16(start, true), to: view.getUint16(start + 2, true), gene: view.getFloat32(start + 4, true) };
  });
  const named = Array.from({ length: nodes }, (_, i) => {
    const activation = activations[bytes[8 + i] as number];
    if (activation === undefined) throw new AppError("CORRUPT_DATA", `Node ${inputCount + i} has an unknown activation.`);
    return activation;
  });
  return requireValid({ outputs: view.getUint32(0, true), activations: named, connections }, outputs, "CORRUPT_DATA");
}

export function cppnToJson(genome: CppnGenome): unknown {
  return {
    inputs: [...inputNames],
    outputs: genome.outputs,
    nodes: [...genome.activations],
    connections: genome.connections.map(({ from, to, gene }) => ({ from, to, gene })),
  };
}

/** Reads an own property, never one of a prototype. */
function own(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
}

function requireList(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new AppError("INVALID_INPUT", `A CPPN needs a list of ${field}.`, { field });
  return value;
}

function requireNumber(value: unknown, field: string): number {
  if (typeof value !== "number") throw new AppError("INVALID_INPUT", `${field} must be a number.`, { field });
  return value;
}

function requireActivation(value: unknown, field: string): Activation {
  const activation = activations.find((candidate) => candidate === value);
  if (activation === undefined)
    throw new AppError("INVALID_INPUT", `${field} must be one of the activations ${activations.join(", ")}.`, { field });
  return activation;
}

/** @throws AppError INVALID_INPUT naming the invalid field. */
export function cppnFromJson(json: unknown, outputs: number): CppnGenome {
  const nodes = requireList(own(json, "nodes"), "nodes");
  const connections = requireList(own(json, "connections"), "connections");
  requireSizes("INVALID_INPUT", inputCount + nodes.length, connections.length);
  const genome = {
    outputs: requireNumber(own(json, "outputs"), "outputs"),
    activations: nodes.map((node, i) => requireActivation(node, `nodes.${i}`)),
    connections: connections.map((connection, i): Connection => {
      const read = (name: string) => requireNumber(own(connection, name), `connections.${i}.${name}`);
      return { from: read("from"), to: read("to"), gene: read("gene") };
    }),
  };
  return requireValid(genome, outputs, "INVALID_INPUT");
}
