/** Field and enum numbers of onnx.proto3 (ONNX IR version 8) that are used here, under its names. */
export const ModelField = { irVersion: 1, producerName: 2, graph: 7, opsetImport: 8 } as const;
/** Other ModelProto fields, which do not affect the computation: versions, domain, documentation, metadata, training, functions. */
export const otherModelFields: readonly number[] = [3, 4, 5, 6, 14, 20, 25, 26];
export const OpsetField = { domain: 1, version: 2 } as const;
export const GraphField = { node: 1, name: 2, initializer: 5, input: 11, output: 12, valueInfo: 13, sparseInitializer: 15 } as const;
export const NodeField = { input: 1, output: 2, name: 3, operator: 4, attribute: 5, domain: 7 } as const;
export const AttributeField = { name: 1, float: 2, int: 3, string: 4, tensor: 5, floats: 7, ints: 8, type: 20 } as const;
export const AttributeType = { float: 1, int: 2, string: 3, tensor: 4, floats: 6, ints: 7 } as const;
export const TensorField = {
  dims: 1,
  dataType: 2,
  floatData: 4,
  int32Data: 5,
  int64Data: 7,
  name: 8,
  rawData: 9,
  doubleData: 10,
  uint64Data: 11,
  externalData: 13,
  dataLocation: 14,
} as const;
export const ElementType = {
  float32: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  float64: 11,
  uint32: 12,
} as const;
/** Element types of onnx.proto3 that are not supported. */
export const OtherElementType = {
  string: 8,
  uint64: 13,
  complex64: 14,
  complex128: 15,
  bfloat16: 16,
  float8e4m3fn: 17,
  float8e4m3fnuz: 18,
  float8e5m2: 19,
  float8e5m2fnuz: 20,
  uint4: 21,
  int4: 22,
  float4e2m1: 23,
  float8e8m0: 24,
  uint2: 25,
  int2: 26,
} as const;
export const ValueInfoField = { name: 1, type: 2 } as const;
export const TypeField = { tensor: 1 } as const;
/** Value kinds other than tensors, by their field in TypeProto. */
export const otherValueKinds: ReadonlyMap<number, string> = new Map([
  [4, "a sequence"],
  [5, "a map"],
  [8, "a sparse tensor"],
  [9, "an optional value"],
]);
export const TensorTypeField = { elementType: 1, shape: 2 } as const;
export const ShapeField = { dim: 1 } as const;
export const DimField = { value: 1, parameter: 2 } as const;
