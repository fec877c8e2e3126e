/**
 * Reads tensor data from separate files (onnx.proto3, `TensorProto.external_data`). PyTorch's default export writes such files:
 * `net.onnx` holds the graph, `net.onnx.data` the weights. Locations, offsets and lengths come from the untrusted model, so each is
 * checked against the supplied files.
 */
import { AppError } from "@pareidolia/core/appError";
import { isPlainPath } from "@pareidolia/core/plainPath";
import type { ProtoReader } from "./protoReader.ts";

/** By path relative to the model's folder. */
export type SidecarFiles = Pick<ReadonlyMap<string, Uint8Array>, "get" | "keys">;

interface ExternalRange {
  readonly tensor: string;
  readonly entries: ReadonlyMap<string, string>;
  /** Expected size, from the tensor's shape and type. */
  readonly bytes: number;
}

const EntryField = { key: 1, value: 2 } as const;
/** Four keys are defined: `location`, `offset`, `length` and `checksum`. The checksum is not verified. */
const maxEntries = 8;
const wholeNumber = /^\d{1,15}$/;

export class ExternalFiles {
  readonly #files: SidecarFiles;
  /** Bytes read from each file so far. */
  readonly #bytesRead = new Map<string, number>();

  constructor(files: SidecarFiles) {
    this.#files = files;
  }

  /** The bytes of one tensor. @throws AppError INVALID_INPUT naming a file that is missing, CORRUPT_DATA for an invalid range. */
  read({ tensor, entries, bytes }: ExternalRange): Uint8Array {
    const location = entries.get("location");
    if (location === undefined) throw corrupt(`tensor ${tensor} has external data without a location`);
    if (!isPlainPath(location)) throw corrupt(`tensor ${tensor} has external data at ${quoted(location)}, which is not a plain file name`);
    const file = this.#files.get(location);
    if (file === undefined) throw missing(location);
    const offset = readNumber(tensor, "offset", entries.get("offset") ?? "0");
    const length = readNumber(tensor, "length", entries.get("length") ?? String(bytes));
    if (length !== bytes) throw corrupt(`tensor ${tensor} needs ${bytes} bytes, but reads ${length} from ${quoted(location)}`);
    if (offset + length > file.length)
      throw corrupt(`tensor ${tensor} ends at byte ${offset + length} of ${quoted(location)}, which has ${file.length}`);
    // Without this limit, many tensors over the same bytes could use many times the file's size in memory.
    const total = (this.#bytesRead.get(location) ?? 0) + length;
    if (total > file.length) throw corrupt(`its tensors read more than the ${file.length} bytes of ${quoted(location)}`);
    this.#bytesRead.set(location, total);
    return file.subarray(offset, offset + length);
  }

  /** Rejects unrelated files. @throws AppError CORRUPT_DATA for a file that no tensor reads. */
  requireAllUsed(): void {
    for (const path of this.#files.keys()) if (!this.#bytesRead.has(path)) throw corrupt(`no tensor refers to the file ${quoted(path)}`);
  }
}

/** Reads one key and its value. */
export function readExternalEntry(reader: ProtoReader, entries: Map<string, string>): void {
  let key = "";
  let value = "";
  for (let field = reader.nextField(); field !== null; field = reader.nextField()) {
    if (field === EntryField.key) key = reader.string();
    else if (field === EntryField.value) value = reader.string();
    else reader.skip();
  }
  if (entries.has(key)) throw corrupt(`a tensor has the external data entry ${quoted(key)} twice`);
  if (entries.size === maxEntries) throw corrupt(`a tensor has more than ${maxEntries} external data entries`);
  entries.set(key, value);
}

function readNumber(tensor: string, what: string, text: string): number {
  if (!wholeNumber.test(text)) throw corrupt(`the ${what} of tensor ${tensor} is not a whole number: ${quoted(text)}`);
  return Number(text);
}

function quoted(text: string): string {
  return JSON.stringify(text.length <= 80 ? text : `${text.slice(0, 77)}...`);
}

function missing(location: string): AppError {
  return new AppError(
    "INVALID_INPUT",
    `The weights of this ONNX file are in ${quoted(location)}, which is missing. Add that file, or pack both into one ZIP archive.`,
  );
}

function corrupt(problem: string): AppError {
  return new AppError("CORRUPT_DATA", `This ONNX file cannot be used: ${problem}.`);
}
