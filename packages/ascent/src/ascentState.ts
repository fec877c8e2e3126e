/**
 * Serialises an ascent's state: the text PASC, the length of a JSON header (uint32, little-endian), the header, then for each pair
 * its pixels and memory as float32 (little-endian, like every platform of Node) and its stored images. The header identifies the
 * ascent and contains all other state; numbers survive JSON exactly.
 */
import { AppError } from "@pareidolia/core/appError";
import { type ByteImage, type ImageShape, pixelCount } from "@pareidolia/core/image";
import type { AscentEnd, AscentPair, Milestone, PairState, Snapshot, TracePoint } from "./ascentPair.ts";

interface PackedSnapshot {
  readonly step: number;
  readonly confidence: number;
  readonly storedConfidence: number;
  /** Index into the pair's stored images. Several snapshots may share an image. */
  readonly image: number;
}

interface PackedPair {
  readonly end: AscentEnd | null;
  readonly trace: readonly TracePoint[];
  readonly milestones: readonly (PackedSnapshot & { readonly level: number })[];
  readonly start: PackedSnapshot | null;
  readonly best: PackedSnapshot | null;
  readonly last: PackedSnapshot | null;
  readonly images: number;
}

interface Header {
  readonly identity: string;
  readonly step: number;
  readonly pairs: readonly PackedPair[];
}

const magic = [0x50, 0x41, 0x53, 0x43];
const prefix = 8;

export function packAscent(input: { identity: string; step: number; states: readonly PairState[] }): Uint8Array {
  const parts: Uint8Array[] = [];
  const pairs = input.states.map((state) => {
    const images: ByteImage[] = [];
    const pack = (snapshot: Snapshot): PackedSnapshot => {
      const known = images.findIndex((image) => sameBytes(image.pixels, snapshot.image.pixels));
      const image = known < 0 ? images.push(snapshot.image) - 1 : known;
      return { step: snapshot.step, confidence: snapshot.confidence, storedConfidence: snapshot.storedConfidence, image };
    };
    const milestones = state.milestones.map((milestone) => ({ level: milestone.level, ...pack(milestone) }));
    const start = state.start === null ? null : pack(state.start);
    const best = state.best === null ? null : pack(state.best);
    const last = state.last === null ? null : pack(state.last);
    if (state.end === null) for (const values of [state.pixels, ...state.memory]) parts.push(bytesOf(values));
    for (const image of images) parts.push(image.pixels);
    return { end: state.end, trace: state.trace, milestones, start, best, last, images: images.length };
  });
  const header = new TextEncoder().encode(JSON.stringify({ identity: input.identity, step: input.step, pairs } satisfies Header));
  const length = parts.reduce((sum, part) => sum + part.length, prefix + header.length);
  const bytes = new Uint8Array(length);
  bytes.set(magic);
  new DataView(bytes.buffer).setUint32(4, header.length, true);
  bytes.set(header, prefix);
  let at = prefix + header.length;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

export interface ExpectedAscent {
  readonly identity: string;
  readonly shape: ImageShape;
  readonly pairs: readonly AscentPair[];
  readonly memoryArrays: number;
}

/** @throws AppError CORRUPT_DATA for bytes that are not a state of the expected ascent. */
export function unpackAscent(bytes: Uint8Array, expected: ExpectedAscent): { step: number; states: PairState[] } {
  const header = readHeader(bytes, expected);
  const { shape, memoryArrays } = expected;
  const size = pixelCount(shape);
  let at = prefix + new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  const take = (count: number): Uint8Array<ArrayBuffer> => {
    if (at + count > bytes.length) throw corrupt("it is truncated");
    at += count;
    return Uint8Array.from(bytes.subarray(at - count, at));
  };
  const states = expected.pairs.map((pair, index): PairState => {
    const packed = header.pairs[index] as PackedPair;
    const floats = (): Float32Array => new Float32Array(take(size * 4).buffer);
    const pixels = packed.end === null ? floats() : new Float32Array(0);
    const memory = packed.end === null ? Array.from({ length: memoryArrays }, floats) : [];
    if (!pixels.every((value) => value >= 0 && value <= 255)) throw corrupt("a pixel is out of bounds");
    const { width, height, channels } = shape;
    const images = Array.from({ length: packed.images }, () => ({ width, height, channels, pixels: take(size) }));
    const unpack = ({ step, confidence, storedConfidence, image }: PackedSnapshot): Snapshot => {
      const found = images[image];
      if (found === undefined) throw corrupt("an image is missing");
      return { step, confidence, storedConfidence, image: found };
    };
    const milestones = packed.milestones.map((entry): Milestone => ({ level: entry.level, ...unpack(entry) }));
    const start = packed.start === null ? null : unpack(packed.start);
    const best = packed.best === null ? null : unpack(packed.best);
    const last = packed.last === null ? null : unpack(packed.last);
    return { pair, pixels, memory, end: packed.end, milestones, trace: [...packed.trace], start, best, last };
  });
  if (at !== bytes.length) throw corrupt("it is too long");
  return { step: header.step, states };
}

function readHeader(bytes: Uint8Array, expected: ExpectedAscent): Header {
  if (bytes.length < prefix || magic.some((value, index) => bytes[index] !== value)) throw corrupt("its signature is missing");
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  if (prefix + length > bytes.length) throw corrupt("it is truncated");
  let header: Partial<Header>;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(prefix, prefix + length))) as Partial<Header>;
  } catch (cause) {
    throw corrupt("its header cannot be read", cause);
  }
  const { identity, step, pairs } = header;
  if (identity !== expected.identity) throw corrupt("it belongs to other settings, classes or seeds");
  if (typeof step !== "number" || !Number.isInteger(step) || step < 0 || !Array.isArray(pairs) || pairs.length !== expected.pairs.length)
    throw corrupt("its header is invalid");
  for (const pair of pairs as Partial<PackedPair>[])
    if (
      !Array.isArray(pair.trace) ||
      !Array.isArray(pair.milestones) ||
      !Number.isInteger(pair.images) ||
      [pair.end, pair.start, pair.best, pair.last].includes(undefined)
    )
      throw corrupt("its header is invalid");
  return { identity, step, pairs: pairs as PackedPair[] };
}

function corrupt(reason: string, cause?: unknown): AppError {
  return new AppError("CORRUPT_DATA", `The saved state does not belong to this ascent: ${reason}.`, cause === undefined ? {} : { cause });
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

function sameBytes(first: Uint8Array, second: Uint8Array): boolean {
  return first === second || (first.length === second.length && first.every((value, index) => value === second[index]));
}
