/**
 * Reads the protobuf wire format field by field. The input is untrusted: a length past the end, an endless varint or an unknown wire
 * type is CORRUPT_DATA, so a truncated or hostile file fails before anything is built from it.
 */
import { AppError } from "@pareidolia/core/appError";

const text = new TextDecoder("utf-8", { fatal: true });

export class ProtoReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #offset = 0;
  #wireType = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The number of the next field, or null at the end. The caller then reads its value or skips it. */
  nextField(): number | null {
    if (this.#offset === this.#bytes.length) return null;
    const key = Number(this.#varint());
    this.#wireType = key & 7;
    return Math.floor(key / 8);
  }

  bigint(): bigint {
    this.#expect(0);
    return BigInt.asIntN(64, this.#varint());
  }

  integer(): number {
    const value = Number(this.bigint());
    if (!Number.isSafeInteger(value)) throw corrupt("an integer is too large");
    return value;
  }

  float(): number {
    this.#expect(5);
    return this.#view.getFloat32(this.#advance(4), true);
  }

  bytes(): Uint8Array {
    this.#expect(2);
    const length = Number(this.#varint());
    const start = this.#advance(length);
    return this.#bytes.subarray(start, start + length);
  }

  string(): string {
    try {
      return text.decode(this.bytes());
    } catch (cause) {
      throw cause instanceof AppError ? cause : corrupt("a name is not UTF-8", cause);
    }
  }

  message(): ProtoReader {
    return new ProtoReader(this.bytes());
  }

  /** Reads a repeated integer field, packed or one by one. Appends to `values`, up to `max` in total. */
  integersInto(values: bigint[], max: number): void {
    if (this.#wireType === 0) append(values, this.bigint(), max);
    else for (const inner of this.#packed()) append(values, BigInt.asIntN(64, inner.#varint()), max);
  }

  floatsInto(values: number[], max: number): void {
    if (this.#wireType === 5) append(values, this.float(), max);
    else for (const inner of this.#packed()) append(values, inner.#view.getFloat32(inner.#advance(4), true), max);
  }

  doublesInto(values: number[], max: number): void {
    if (this.#wireType === 1) append(values, this.#view.getFloat64(this.#advance(8), true), max);
    else for (const inner of this.#packed()) append(values, inner.#view.getFloat64(inner.#advance(8), true), max);
  }

  /** Yields a reader positioned at each packed value. */
  *#packed(): Generator<ProtoReader> {
    const inner = this.message();
    while (inner.#offset < inner.#bytes.length) yield inner;
  }

  skip(): void {
    if (this.#wireType === 0) this.#varint();
    else if (this.#wireType === 1) this.#advance(8);
    else if (this.#wireType === 2) this.bytes();
    else if (this.#wireType === 5) this.#advance(4);
    else throw corrupt(`wire type ${this.#wireType} is unknown`);
  }

  #varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#advance(1)] as number;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw corrupt("a number never ends");
  }

  #expect(wireType: number): void {
    if (this.#wireType !== wireType) throw corrupt("a field does not have the type of its schema");
  }

  #advance(length: number): number {
    const start = this.#offset;
    if (!(length <= this.#bytes.length - start)) throw corrupt("it ends within a field");
    this.#offset = start + length;
    return start;
  }
}

function append<Value>(values: Value[], value: Value, max: number): void {
  if (values.length === max) throw corrupt(`a list has more than ${max} values`);
  values.push(value);
}

function corrupt(problem: string, cause?: unknown): AppError {
  return new AppError("CORRUPT_DATA", `This is not a readable ONNX file: ${problem}.`, { cause });
}
