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
    this.#varint(field << 3);
    this.#signed(value);
  }

  float(field: number, value: number): void {
    this.#varint((field << 3) | 5);
    const raw = new Uint8Array(4);
    new DataView(raw.buffer).setFloat32(0, value, true);
    this.#append(raw);
  }

  string(field: number, value: string): void {
    this.bytes(field, text.encode(value));
  }

  /** `value` must not change before `finish`. */
  bytes(field: number, value: Uint8Array): void {
    this.#varint((field << 3) | 2);
    this.#varint(value.length);
    this.#append(value);
  }

  message(field: number, write: (writer: ProtoWriter) => void): void {
    const inner = new ProtoWriter();
    write(inner);
    this.#nest(field, inner);
  }

  packedIntegers(field: number, values: readonly number[]): void {
    const inner = new ProtoWriter();
    for (const value of values) inner.#signed(value);
    this.#nest(field, inner);
  }

  #nest(field: number, inner: ProtoWriter): void {
    this.#varint((field << 3) | 2);
    this.#varint(inner.#length);
    inner.#closePart();
    for (const part of inner.#parts) this.#append(part);
  }

  #signed(value: number | bigint): void {
    if (typeof value === "number" && value >= 0 && Number.isSafeInteger(value)) this.#varint(value);
    else this.#longVarint(BigInt.asUintN(64, BigInt(value)));
  }

  /** A non-negative safe integer. */
  #varint(value: number): void {
    let rest = value;
    while (rest > 127) {
      this.#byte((rest % 128) | 128);
      rest = Math.floor(rest / 128);
    }
    this.#byte(rest);
  }

  #longVarint(value: bigint): void {
    let rest = value;
    while (rest > 127n) {
      this.#byte(Number(rest & 127n) | 128);
      rest >>= 7n;
    }
    this.#byte(Number(rest));
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#recent[this.#recentLength++] = value;
    this.#length++;
  }

  #append(raw: Uint8Array): void {
    this.#length += raw.length;
    if (raw.length >= longBytes) {
      this.#closePart();
      this.#parts.push(raw);
      return;
    }
    this.#reserve(raw.length);
    this.#recent.set(raw, this.#recentLength);
    this.#recentLength += raw.length;
  }

  /** Makes room for `bytes` more in `#recent`. */
  #reserve(bytes: number): void {
    const needed = this.#recentLength + bytes;
    if (needed <= this.#recent.length) return;
    const grown = new Uint8Array(Math.max(needed, this.#recent.length * 2));
    grown.set(this.#recent.subarray(0, this.#recentLength));
    this.#recent = grown;
  }

  #closePart(): void {
    if (this.#recentLength === 0) return;
    this.#parts.push(this.#recent.slice(0, this.#recentLength));
    this.#recentLength = 0;
  }
}
