/**
 * Reads an array of NumPy's format .npy, versions 1 to 3 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 * Arrays of Python objects are pickles, that is programs, and are refused. The declared shape has to match the file's size exactly, so a
 * file cannot make the reader allocate more than it contains.
 */
import { quote, unreadable } from "./foreignData.ts";
import { type Literal, readLiteral } from "./pythonLiteral.ts";

export interface NumpyArray {
  readonly shape: readonly number[];
  /** NumPy's type, such as `<f4`. */
  readonly type: string;
  readonly kind: "integer" | "float" | "boolean" | "text";
  /** Product of the shape. */
  readonly length: number;
  /** Elements from one index to the next, for each dimension. */
  readonly strides: readonly number[];
  /** The element at an offset, in elements. 64-bit integers beyond 2^53 lose precision. */
  number(at: number): number;
  text(at: number): string;
}

const magic = Buffer.from("\x93NUMPY", "latin1");
const maxHeaderLength = 64 * 1024;
const maxDimensions = 8;

export function isNpy(bytes: Uint8Array): boolean {
  return bytes.length >= magic.length && magic.compare(bytes, 0, magic.length) === 0;
}

/** @throws AppError CORRUPT_DATA for other types than numbers, booleans and texts, and for a size that the shape contradicts. */
export function readNpy(bytes: Uint8Array, name: string): NumpyArray {
  const of = quote(name);
  if (!isNpy(bytes) || bytes.length < 12) throw unreadable(`${of} is not a NumPy array`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) throw unreadable(`${of} has version ${version} of NumPy's format; 1 to 3 are known`);
  const headerAt = version === 1 ? 10 : 12;
  const headerBytes = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (headerBytes > maxHeaderLength || headerAt + headerBytes > bytes.length) throw unreadable(`the header of ${of} is too long`);
  const dataAt = headerAt + headerBytes;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + headerAt, headerBytes).toString(version === 3 ? "utf8" : "latin1");
  const header = readLiteral(text);
  if (!(header instanceof Map)) throw unreadable(`the header of ${of} is damaged`);
  const shape = readShape(header.get("shape"), of);
  const fortran = header.get("fortran_order") === true;
  const type = header.get("descr");
  if (typeof type !== "string") throw unreadable(`${of} has several fields per element; save each as an array of its own`);
  const element = elementOf(type, of);
  const length = shape.reduce((product, side) => product * side, 1);
  if (!Number.isSafeInteger(length) || length * element.bytes !== bytes.length - dataAt)
    throw unreadable(`${of} declares the shape (${shape.join(", ")}), which does not match its size`);
  return {
    shape,
    type,
    kind: element.kind,
    length,
    strides: stridesOf(shape, fortran),
    number: (at) => element.number(view, dataAt + at * element.bytes),
    text: (at) => element.text(view, dataAt + at * element.bytes),
  };
}

function readShape(shape: Literal | undefined, of: string): readonly number[] {
  if (!Array.isArray(shape) || shape.length > maxDimensions) throw unreadable(`the shape of ${of} is damaged`);
  for (const side of shape as readonly Literal[])
    if (typeof side !== "number" || !Number.isSafeInteger(side) || side < 0) throw unreadable(`the shape of ${of} is damaged`);
  return shape as readonly number[];
}

function stridesOf(shape: readonly number[], fortran: boolean): readonly number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let step = 0; step < shape.length; step++) {
    const dimension = fortran ? step : shape.length - 1 - step;
    strides[dimension] = stride;
    stride *= shape[dimension] as number;
  }
  return strides;
}

interface Element {
  readonly kind: NumpyArray["kind"];
  readonly bytes: number;
  number(view: DataView, at: number): number;
  text(view: DataView, at: number): string;
}

const readers: Readonly<Record<string, (view: DataView, at: number, little: boolean) => number>> = {
  b1: (view, at) => (view.getUint8(at) === 0 ? 0 : 1),
  u1: (view, at) => view.getUint8(at),
  i1: (view, at) => view.getInt8(at),
  u2: (view, at, little) => view.getUint16(at, little),
  i2: (view, at, little) => view.getInt16(at, little),
  u4: (view, at, little) => view.getUint32(at, little),
  i4: (view, at, little) => view.getInt32(at, little),
  u8: (view, at, little) => Number(view.getBigUint64(at, little)),
  i8: (view, at, little) => Number(view.getBigInt64(at, little)),
  f2: (view, at, little) => half(view.getUint16(at, little)),
  f4: (view, at, little) => view.getFloat32(at, little),
  f8: (view, at, little) => view.getFloat64(at, little),
};

/** IEEE 754 binary16. */
function half(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023];
  const sign = bits >> 15 === 0 ? 1 : -1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

function elementOf(type: string, of: string): Element {
  if (type.includes("O")) throw unreadable(`${of} contains Python objects, which are programs. Save it with allow_pickle=False`);
  const [, order, code, size] = /^([<>|=])([a-zA-Z])(\d{0,5})$/.exec(type) ?? [];
  const read = readers[`${code}${size}`];
  const little = order !== ">";
  if (read !== undefined) {
    const number = (view: DataView, at: number): number => read(view, at, little);
    const kind = code === "f" ? "float" : code === "b" ? "boolean" : "integer";
    return { kind, bytes: Number(size), number, text: (view, at) => String(number(view, at)) };
  }
  const characters = Number(size);
  if (code === "U" && characters > 0) {
    const text = (view: DataView, at: number): string => {
      let found = "";
      for (let index = 0; index < characters; index++) {
        const point = view.getUint32(at + 4 * index, little);
        if (point === 0) break;
        if (point > 0x10ffff) throw unreadable(`${of} has a character that does not exist`);
        found += String.fromCodePoint(point);
      }
      return found;
    };
    return { kind: "text", bytes: 4 * characters, number: () => Number.NaN, text };
  }
  if (code === "S" && characters > 0) {
    const text = (view: DataView, at: number): string =>
      Buffer.from(view.buffer, view.byteOffset + at, characters)
        .toString("utf8")
        .replace(/\0+$/, "");
    return { kind: "text", bytes: characters, number: () => Number.NaN, text };
  }
  throw unreadable(`${of} has elements of the type ${quote(type)}. Convert it to numbers or texts`);
}
