/** The IDX format of the MNIST files (LeCun, Cortes, Burges): a magic number, big-endian sizes, then one byte per value. */
import { AppError } from "@pareidolia/core/appError";

export interface IdxFile {
  readonly dims: readonly number[];
  readonly values: Uint8Array;
}

/** @throws AppError CORRUPT_DATA unless the file has exactly the number of unsigned bytes that its header declares. */
export function parseIdx(bytes: Uint8Array): IdxFile {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) throw corrupt("it is shorter than its header");
  const rank = view.getUint8(3);
  if (view.getUint16(0) !== 0 || view.getUint8(2) !== 8 || rank < 1 || rank > 3) throw corrupt("its magic number is wrong");
  const header = 4 + rank * 4;
  if (bytes.length < header) throw corrupt("it is shorter than its header");
  const dims = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + axis * 4));
  const expected = dims.reduce((product, size) => product * size, 1);
  const values = bytes.subarray(header);
  if (values.length !== expected) throw corrupt(`its header declares ${expected} values, but ${values.length} follow`);
  return { dims, values };
}

function corrupt(problem: string): AppError {
  return new AppError("CORRUPT_DATA", `This is not a readable IDX file: ${problem}.`);
}
