/** Writes FlatBuffers forwards (the format of TFLite files), for tests: each table follows the references to it. */

type Field =
  | { readonly byte: number }
  | { readonly int: number }
  | { readonly float: number }
  | { readonly table: Table }
  | { readonly tables: readonly Table[] }
  | { readonly ints: readonly number[] }
  | { readonly longs: readonly number[] }
  | { readonly floats: readonly number[] }
  | { readonly bytes: Uint8Array };
/** Fields by their slot in the schema. */
export type Table = Readonly<Record<number, Field>>;

export function writeFlatBuffer(root: Table, identifier: string): Uint8Array {
  const writer = new Writer();
  writer.skip(4);
  writer.text(identifier);
  writer.point(0, writer.table(root));
  return writer.finish();
}

class Writer {
  #bytes = Buffer.alloc(1024);
  #end = 0;

  finish(): Uint8Array {
    return Uint8Array.from(this.#bytes.subarray(0, this.#end));
  }

  skip(count: number): number {
    const start = this.#end;
    this.#end += count;
    while (this.#end > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes, Buffer.alloc(this.#bytes.length)]);
    return start;
  }

  text(text: string): void {
    const start = this.skip(text.length);
    this.#bytes.write(text, start, "latin1");
  }

  point(from: number, to: number): void {
    this.#bytes.writeUInt32LE(to - from, from);
  }

  /** Every field has four bytes, so that all are aligned. */
  table(fields: Table): number {
    const slots = Object.keys(fields).map(Number);
    const count = Math.max(-1, ...slots) + 1;
    this.#align(4, 0);
    const virtual = this.skip(4 + 2 * count);
    this.#align(4, 0);
    const start = this.skip(4 + 4 * slots.length);
    this.#bytes.writeInt32LE(start - virtual, start);
    this.#bytes.writeUInt16LE(4 + 2 * count, virtual);
    this.#bytes.writeUInt16LE(4 + 4 * slots.length, virtual + 2);
    for (const [index, slot] of slots.entries()) {
      const at = start + 4 + 4 * index;
      this.#bytes.writeUInt16LE(at - start, virtual + 4 + 2 * slot);
      this.#field(at, fields[slot] as Field);
    }
    return start;
  }

  #field(at: number, field: Field): void {
    if ("byte" in field) this.#bytes.writeInt8(field.byte, at);
    else if ("int" in field) this.#bytes.writeInt32LE(field.int, at);
    else if ("float" in field) this.#bytes.writeFloatLE(field.float, at);
    else this.point(at, this.#target(field));
  }

  #target(field: Exclude<Field, { byte: number } | { int: number } | { float: number }>): number {
    if ("table" in field) return this.table(field.table);
    if ("ints" in field) return this.#vector(field.ints, 4, (value, at) => this.#bytes.writeInt32LE(value, at));
    if ("floats" in field) return this.#vector(field.floats, 4, (value, at) => this.#bytes.writeFloatLE(value, at));
    if ("longs" in field) return this.#vector(field.longs, 8, (value, at) => this.#bytes.writeBigInt64LE(BigInt(value), at));
    if ("bytes" in field) return this.#vector(Array.from(field.bytes), 1, (value, at) => this.#bytes.writeUInt8(value, at), 16);
    const start = this.#vector(field.tables, 4, () => undefined);
    for (const [index, table] of field.tables.entries()) this.point(start + 4 + 4 * index, this.table(table));
    return start;
  }

  #vector<Value>(values: readonly Value[], size: number, write: (value: Value, at: number) => void, alignment = Math.max(size, 4)): number {
    this.#align(alignment, 4);
    const start = this.skip(4 + size * values.length);
    this.#bytes.writeUInt32LE(values.length, start);
    for (const [index, value] of values.entries()) write(value, start + 4 + size * index);
    return start;
  }

  /** Pads so that the position `before` bytes later is aligned. */
  #align(alignment: number, before: number): void {
    while ((this.#end + before) % alignment !== 0) this.skip(1);
  }
}
