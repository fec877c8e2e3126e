/**
 * A small FlatBuffers reader (the binary format of TFLite files) for untrusted files: every offset and length is checked against the
 * file before use. See the FlatBuffers documentation, "Internals".
 */
import { AppError } from "@pareidolia/core/appError";

export function corruptTflite(what: string): AppError {
  return new AppError("CORRUPT_DATA", `This TFLite file cannot be read: ${what}.`);
}

export class FlatTable {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #position: number;

  private constructor(bytes: Uint8Array, view: DataView, position: number) {
    this.#bytes = bytes;
    this.#view = view;
    this.#position = position;
  }

  static root(bytes: Uint8Array): FlatTable {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const table = new FlatTable(bytes, view, 0);
    return new FlatTable(bytes, view, table.#uint32(0));
  }

  int8(slot: number): number {
    const at = this.#field(slot, 1);
    return at === null ? 0 : this.#view.getInt8(at);
  }

  int32(slot: number): number {
    const at = this.#field(slot, 4);
    return at === null ? 0 : this.#view.getInt32(at, true);
  }

  uint32(slot: number): number {
    const at = this.#field(slot, 4);
    return at === null ? 0 : this.#view.getUint32(at, true);
  }

  float32(slot: number): number {
    const at = this.#field(slot, 4);
    return at === null ? 0 : this.#view.getFloat32(at, true);
  }

  has(slot: number): boolean {
    return this.#field(slot, 1) !== null;
  }

  table(slot: number): FlatTable | null {
    const at = this.#field(slot, 4);
    return at === null ? null : new FlatTable(this.#bytes, this.#view, this.#follow(at));
  }

  tables(slot: number, max: number): FlatTable[] {
    const { start, length } = this.#vector(slot, 4, max);
    return Array.from({ length }, (_, index) => new FlatTable(this.#bytes, this.#view, this.#follow(start + 4 * index)));
  }

  int32s(slot: number, max: number): number[] {
    const { start, length } = this.#vector(slot, 4, max);
    return Array.from({ length }, (_, index) => this.#view.getInt32(start + 4 * index, true));
  }

  /** 64-bit integers, converted to doubles. */
  int64s(slot: number, max: number): number[] {
    const { start, length } = this.#vector(slot, 8, max);
    return Array.from({ length }, (_, index) => Number(this.#view.getBigInt64(start + 8 * index, true)));
  }

  float32s(slot: number, max: number): number[] {
    const { start, length } = this.#vector(slot, 4, max);
    return Array.from({ length }, (_, index) => this.#view.getFloat32(start + 4 * index, true));
  }

  /** A view into the file, not a copy. */
  bytes(slot: number): Uint8Array {
    const { start, length } = this.#vector(slot, 1, this.#bytes.length);
    return this.#bytes.subarray(start, start + length);
  }

  string(slot: number, max: number): string {
    return Buffer.from(this.bytes(slot).subarray(0, max)).toString("utf8");
  }

  /** Position of a field's value; null if absent. The virtual table maps slots to offsets. */
  #field(slot: number, size: number): number | null {
    const offsets = this.#position - this.#check(this.#position, 4).getInt32(this.#position, true);
    const tableSize = this.#check(offsets, 4).getUint16(offsets, true);
    const entry = 4 + 2 * slot;
    if (entry + 2 > tableSize) return null;
    const offset = this.#check(offsets + entry, 2).getUint16(offsets + entry, true);
    if (offset === 0) return null;
    this.#check(this.#position + offset, size);
    return this.#position + offset;
  }

  #vector(slot: number, size: number, max: number): { start: number; length: number } {
    const at = this.#field(slot, 4);
    if (at === null) return { start: 0, length: 0 };
    const position = this.#follow(at);
    const length = this.#uint32(position);
    if (length > max) throw corruptTflite(`a list has ${length} entries; the limit is ${max}`);
    this.#check(position + 4, length * size);
    return { start: position + 4, length };
  }

  #follow(at: number): number {
    return at + this.#uint32(at);
  }

  #uint32(at: number): number {
    return this.#check(at, 4).getUint32(at, true);
  }

  #check(at: number, size: number): DataView {
    if (at < 0 || at + size > this.#view.byteLength) throw corruptTflite("it has an offset beyond its end");
    return this.#view;
  }
}
