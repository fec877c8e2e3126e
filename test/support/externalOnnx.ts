/** The valid network of `onnxVariants.ts` as PyTorch exports it by default: the graph in one file, the weights in a second one. */
import type { Graph, Tensor } from "@pareidolia/onnx/graph";
import { encodeModel } from "@pareidolia/onnx/proto/encodeModel";
import { ProtoReader } from "@pareidolia/onnx/proto/protoReader";
import { ProtoWriter } from "@pareidolia/onnx/proto/protoWriter";
import { validGraph, weights } from "./onnxVariants.ts";

export const dataName = "net.onnx.data";

export interface ExternalTensor {
  readonly tensor?: Tensor;
  /** Entries of its external data; null omits them all. */
  readonly entries?: Readonly<Record<string, string>> | null;
  /** 1 means external data. */
  readonly dataLocation?: number;
  /** Writes additional fields. */
  readonly write?: (tensor: ProtoWriter) => void;
}

export const dataOf = ({ data }: Tensor): Uint8Array => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** The graph's file. Fields are in numeric order, as protobuf writes them: 13 (external data) before 14 (its location). */
export function graphFile(tensors: readonly ExternalTensor[] = [{}], graph: Graph = validGraph()): Uint8Array {
  const stored = new ProtoWriter();
  for (const { tensor = weights(), entries, dataLocation = 1, write } of tensors)
    stored.message(5, (inner) => {
      inner.packedIntegers(1, tensor.dims);
      inner.integer(2, 1);
      inner.string(8, tensor.name);
      write?.(inner);
      const dataEntries: Readonly<Record<string, string>> =
        entries === null ? {} : { location: dataName, offset: "0", length: String(dataOf(tensor).length), ...entries };
      for (const [key, value] of Object.entries(dataEntries))
        inner.message(13, (entry) => {
          entry.string(1, key);
          entry.string(2, value);
        });
      if (dataLocation !== 0) inner.integer(14, dataLocation);
    });
  return withFields(encodeModel({ ...graph, initializers: [] }), stored.finish());
}

/** An ONNX file with additional fields in its graph. */
function withFields(file: Uint8Array, fields: Uint8Array): Uint8Array {
  const writer = new ProtoWriter();
  const reader = new ProtoReader(file);
  for (let field = reader.nextField(); field !== null; field = reader.nextField())
    if (field === 1) writer.integer(1, reader.integer());
    else if (field === 7) writer.bytes(7, Buffer.concat([reader.bytes(), fields]));
    else writer.bytes(field, reader.bytes());
  return writer.finish();
}

export const weightFile = (data: Uint8Array = dataOf(weights()), name = dataName): ReadonlyMap<string, Uint8Array> =>
  new Map([[name, data]]);
