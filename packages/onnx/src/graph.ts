/**
 * A network as data: the subset of ONNX's intermediate representation that this platform reads, writes and differentiates. Fields mean
 * what the ONNX IR specification (onnx.proto3) defines. Control flow, sparse tensors and functions are not supported.
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
  /** A Map, because a file may use any attribute name, even "constructor". */
  readonly attributes: ReadonlyMap<string, Attribute>;
}

/** A graph's input, output or intermediate value. A dimension is a number, or a symbolic name for a size known only at run time. */
export interface ValueInfo {
  readonly name: string;
  readonly type: Tensor["type"];
  readonly dims: readonly (number | string)[];
}

/** The operator set of the rules in `operators/`. `normalise` converts every graph to it. */
export const canonicalOpset = 18;

export interface Graph {
  readonly name: string;
  /** Default: `canonicalOpset`. */
  readonly opset?: number;
  /** In topological order. */
  readonly nodes: readonly GraphNode[];
  readonly initializers: readonly Tensor[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  /** Types and shapes of intermediate values, where known. Engines plan better with them. */
  readonly values?: readonly ValueInfo[];
}
