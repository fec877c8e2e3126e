/**
 * A network as data: the part of ONNX's intermediate representation that this platform reads, writes and differentiates.
 * Field meanings follow the ONNX IR specification (onnx.proto3); control flow, sparse tensors and functions are left out.
 */
export type Tensor = { readonly name: string; readonly dims: readonly number[] } & (
  | { readonly type: "float32"; readonly data: Float32Array }
  | { readonly type: "float64"; readonly data: Float64Array }
  /** Half precision as its 16 bits. */
  | { readonly type: "float16"; readonly data: Uint16Array }
  | { readonly type: "int64"; readonly data: BigInt64Array }
  | { readonly type: "int32"; readonly data: Int32Array }
  | { readonly type: "int16"; readonly data: Int16Array }
  | { readonly type: "int8"; readonly data: Int8Array }
  | { readonly type: "uint32"; readonly data: Uint32Array }
  | { readonly type: "uint16"; readonly data: Uint16Array }
  | { readonly type: "uint8"; readonly data: Uint8Array }
  /** One byte a value, 0 or 1. */
  | { readonly type: "bool"; readonly data: Uint8Array }
);

export type Attribute =
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "ints"; readonly value: readonly number[] }
  | { readonly kind: "floats"; readonly value: readonly number[] }
  | { readonly kind: "tensor"; readonly value: Tensor };

export interface GraphNode {
  readonly operator: string;
  readonly name: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** A Map, since a file may name an attribute as it likes, "constructor" too. */
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** A graph's input or output, or a value in between. A dimension is a number, or a word for a size that is known only when the graph runs. */
export interface ValueInfo {
  readonly name: string;
  readonly type: Tensor["type"];
  readonly dims: readonly (number | string)[];
}

/** The operator set that the operators in `operators/` are written for, and to which `normalise` brings a graph. */
export const canonicalOpset = 18;

export interface Graph {
  readonly name: string;
  /** The operator set whose rules the nodes follow; absent, `canonicalOpset`. */
  readonly opset?: number;
  /** In an order in which every node's inputs come before it. */
  readonly nodes: readonly GraphNode[];
  readonly initializers: readonly Tensor[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** What is known of values in between; an engine plans better with it. */
  readonly values?: readonly ValueInfo[];
}
