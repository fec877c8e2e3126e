/** Reads the weights of a tfjs model: a manifest in model.json lists the position of each weight in shards, which are separate files. */
import { isPlainPath } from "@pareidolia/core/plainPath";
import { halfPrecision } from "@pareidolia/onnx/halfPrecision";
import type { SidecarFiles } from "@pareidolia/onnx/proto/externalFiles";
import { type Constant, countOf } from "../channelsLast/constants.ts";
import { type ConfigObject, corruptTfjs } from "./configObject.ts";

const maxValues = 2 ** 27;
const sizes: Readonly<Record<string, number>> = { float32: 4, int32: 4, uint8: 1, bool: 1, float16: 2, uint16: 2 };

/** The shards of a model.json, as paths relative to its folder. @throws AppError CORRUPT_DATA for a path outside the folder. */
function shardPaths(model: ConfigObject): readonly string[] {
  const paths = model.objects("weightsManifest").flatMap((group) =>
    group.list("paths").map((path) => {
      if (typeof path !== "string" || !isPlainPath(path))
        throw corruptTfjs(`a shard's path is not a plain file name: ${JSON.stringify(path).slice(0, 100)}`);
      return path;
    }),
  );
  if (new Set(paths).size !== paths.length) throw corruptTfjs("it names a shard twice");
  return paths;
}

/** @throws AppError CORRUPT_DATA for a shard that is missing, unreferenced or inconsistent with its description. */
export function readWeights(model: ConfigObject, shards: SidecarFiles): ReadonlyMap<string, Constant> {
  const paths = shardPaths(model);
  for (const path of shards.keys())
    if (!paths.includes(path)) throw corruptTfjs(`its model.json does not refer to the file ${JSON.stringify(path)}`);
  const content = new Map(paths.map((path) => [path, readShard(shards, path)]));
  const weights = new Map<string, Constant>();
  let total = 0;
  for (const group of model.objects("weightsManifest")) {
    const bytes = Buffer.concat(group.list("paths").map((path) => content.get(path as string) as Uint8Array));
    let offset = 0;
    for (const entry of group.objects("weights")) {
      const name = entry.text("name");
      const dims = entry.sizes("shape");
      const count = countOf(dims);
      total += count;
      if (total > maxValues) throw corruptTfjs(`it has more than ${maxValues} weights`);
      if (weights.has(name)) throw corruptTfjs(`it has two weights named "${name}"; give each layer a unique name`);
      const stored = storageOf(entry, name);
      const length = count * stored.size;
      if (offset + length > bytes.length)
        throw corruptTfjs(`weight "${name}" declares ${dims.join(" x ")} values, but its shards end earlier`);
      weights.set(name, { dims, data: stored.read(new DataView(bytes.buffer, bytes.byteOffset + offset, length), count) });
      offset += length;
    }
  }
  return weights;
}

function readShard(shards: SidecarFiles, path: string): Uint8Array {
  const content = shards.get(path);
  if (content === undefined) throw corruptTfjs(`its weights "${path}" are missing; pack model.json and its weights into one ZIP archive`);
  return content;
}

function storageOf(entry: ConfigObject, name: string): { size: number; read: (view: DataView, count: number) => Float32Array } {
  const quantisation = entry.has("quantization") ? entry.object("quantization") : null;
  const type = quantisation === null ? entry.text("dtype") : quantisation.text("dtype");
  const size = sizes[type];
  if (size === undefined) throw corruptTfjs(`weight "${name}" has the unsupported type ${type}`);
  const linear = quantisation !== null && type !== "float16";
  const [scale, minimum] = linear ? [quantisation.number("scale"), quantisation.number("min")] : [1, 0];
  return { size, read: (view, count) => Float32Array.from({ length: count }, (_, at) => minimum + scale * readValue(view, type, at)) };
}

function readValue(view: DataView, type: string, at: number): number {
  if (type === "float32") return view.getFloat32(4 * at, true);
  if (type === "int32") return view.getInt32(4 * at, true);
  if (type === "uint16") return view.getUint16(2 * at, true);
  if (type === "float16") return halfPrecision(view.getUint16(2 * at, true));
  return view.getUint8(at);
}
