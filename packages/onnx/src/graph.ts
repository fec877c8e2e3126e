/**
 * A network as data: the part of ONNX's intermediate representation that this platform reads, writes and differentiates.
 * Field meanings follow the ONNX IR specification (onnx.proto3); control flow, sparse tensors and functions are left out.
 */
export type Tensor = { readonly name: string; readonly dims: readonly number[] } & (
  | { readonly type: "float32"; readonly data: Float32Array }
  | { readonly type: "int64"; readonly data: BigInt64Array }
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

/** A graph's input or output. A dimension is a number, or a word for a size that is known only when the graph runs. */
export interface ValueInfo {
  readonly name: string;
  readonly type: Tensor["type"];
  readonly dims: readonly (number | string)[];
}

export interface Graph {
  readonly name: string;
  /** In an order in which every node's inputs come before it. */
  readonly nodes: readonly GraphNode[];
  readonly initializers: readonly Tensor[];
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
}
