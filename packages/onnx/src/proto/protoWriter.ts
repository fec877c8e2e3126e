/** Writes the protobuf wire format (protobuf.dev, "Encoding"): varints, 32-bit floats and length-delimited fields. */
const text = new TextEncoder();

export class ProtoWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  /** A non-negative integer, or a negative one as protobuf's ten-byte int64. */
  integer(field: number, value: number | bigint): void {
    this.#varint(BigInt(field << 3));
    this.#varint(BigInt.asUintN(64, BigInt(value)));
  }

  float(field: number, value: number): void {
    this.#varint(BigInt((field << 3) | 5));
    const raw = new Uint8Array(4);
    new DataView(raw.buffer).setFloat32(0, value, true);
    this.#append(raw);
  }

  string(field: number, value: string): void {
    this.bytes(field, text.encode(value));
  }

  bytes(field: number, value: Uint8Array): void {
    this.#varint(BigInt((field << 3) | 2));
    this.#varint(BigInt(value.length));
    this.#append(value);
  }

  message(field: number, write: (writer: ProtoWriter) => void): void {
    const inner = new ProtoWriter();
    write(inner);
    this.bytes(field, inner.finish());
  }

  packedIntegers(field: number, values: readonly number[]): void {
    const inner = new ProtoWriter();
    for (const value of values) inner.#varint(BigInt.asUintN(64, BigInt(value)));
    this.bytes(field, inner.finish());
  }

  #varint(value: bigint): void {
    const raw: number[] = [];
    let rest = value;
    while (rest > 127n) {
      raw.push(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    raw.push(Number(rest));
    this.#append(raw);
  }

  #append(raw: ArrayLike<number>): void {
    const needed = this.#length + raw.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(raw, this.#length);
    this.#length = needed;
  }
}
