/**
 * Writes the protobuf wire format (protobuf.dev, "Encoding"): varints, 32-bit floats and length-delimited fields. Long values such as
 * weights are referenced until `finish`, so a model is copied only once.
 */
const text = new TextEncoder();
const longBytes = 4096;

export class ProtoWriter {
  readonly #parts: Uint8Array[] = [];
  /** Bytes written since the last part. */
  #recent = new Uint8Array(256);
  #recentLength = 0;
  #length = 0;

  finish(): Uint8Array {
    this.#closePart();
    const bytes = new Uint8Array(this.#length);
    let offset = 0;
    for (const part of this.#parts) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
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

  /** `value` must not change before `finish`. */
  bytes(field: number, value: Uint8Array): void {
    this.#varint(BigInt((field << 3) | 2));
    this.#varint(BigInt(value.length));
    this.#append(value);
  }

  message(field: number, write: (writer: ProtoWriter) => void): void {
    const inner = new ProtoWriter();
    write(inner);
    this.#nest(field, inner);
  }

  packedIntegers(field: number, values: readonly number[]): void {
    const inner = new ProtoWriter();
    for (const value of values) inner.#varint(BigInt.asUintN(64, BigInt(value)));
    this.#nest(field, inner);
  }

  #nest(field: number, inner: ProtoWriter): void {
    this.#varint(BigInt((field << 3) | 2));
    this.#varint(BigInt(inner.#length));
    inner.#closePart();
    for (const part of inner.#parts) this.#append(part);
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

  #append(raw: Uint8Array | readonly number[]): void {
    this.#length += raw.length;
    if (raw instanceof Uint8Array && raw.length >= longBytes) {
      this.#closePart();
      this.#parts.push(raw);
      return;
    }
    const needed = this.#recentLength + raw.length;
    if (needed > this.#recent.length) {
      const grown = new Uint8Array(Math.max(needed, this.#recent.length * 2));
      grown.set(this.#recent.subarray(0, this.#recentLength));
      this.#recent = grown;
    }
    this.#recent.set(raw, this.#recentLength);
    this.#recentLength = needed;
  }

  #closePart(): void {
    if (this.#recentLength === 0) return;
    this.#parts.push(this.#recent.slice(0, this.#recentLength));
    this.#recentLength = 0;
  }
}
