/**
 * The format of a pack: the length of its table (uint32, little-endian), the table (a JSON list of [key, length]) and the concatenated
 * objects. Each key contains its object's hash, so the intact objects of a damaged pack can be recognised.
 */
import { type FileHandle, open } from "node:fs/promises";
import { hasContentOf } from "./objectStore.ts";

export interface PackedObject {
  readonly file: string;
  readonly start: number;
  readonly length: number;
}

export interface PackContents {
  readonly objects: ReadonlyMap<string, PackedObject>;
  /** Null for an intact pack. */
  readonly damage: { readonly problem: string; readonly lost: readonly string[] } | null;
}

type Table = readonly (readonly [key: string, length: number])[];

const headLength = 4;
const maxTableSize = 64 * 1024 * 1024;
const entryPattern = /\["([^"\\]+)",(\d+)\]/g;

export function packHead(objects: readonly { readonly key: string; readonly bytes: Uint8Array }[]): Buffer {
  const table = Buffer.from(JSON.stringify(objects.map(({ key, bytes }) => [key, bytes.length])));
  const head = Buffer.alloc(headLength);
  head.writeUInt32LE(table.length);
  return Buffer.concat([head, table]);
}

function isTable(value: unknown): value is Table {
  const isEntry = (entry: unknown): boolean =>
    Array.isArray(entry) && typeof entry[0] === "string" && Number.isSafeInteger(entry[1]) && entry[1] >= 0;
  return Array.isArray(value) && value.every(isEntry);
}

function parseTable(text: string): Table | null {
  try {
    const table: unknown = JSON.parse(text);
    return isTable(table) ? table : null;
  } catch {
    return null;
  }
}

/** Fewer bytes than `length` if the file ends first. */
async function readAt(handle: FileHandle, start: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, length - done, start + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return bytes.subarray(0, done);
}

/** Null if the file ends before the object does, or if the bytes do not match the key. */
export async function readPacked(key: string, { file, start, length }: PackedObject): Promise<Uint8Array | null> {
  const handle = await open(file, "r");
  try {
    const bytes = await readAt(handle, start, length);
    return bytes.length === length && hasContentOf(key, bytes) ? new Uint8Array(bytes) : null;
  } finally {
    await handle.close();
  }
}

function place(file: string, table: Table, start: number): Map<string, PackedObject> {
  const objects = new Map<string, PackedObject>();
  let at = start;
  for (const [key, length] of table) {
    if (!objects.has(key)) objects.set(key, { file, start: at, length });
    at += length;
  }
  return objects;
}

/** Reads every object of a pack with a wrong length, and keeps those with the right hash. */
async function salvage(file: string, table: Table, start: number, problem: string): Promise<PackContents> {
  const objects = new Map<string, PackedObject>();
  const lost: string[] = [];
  for (const [key, packed] of place(file, table, start))
    if ((await readPacked(key, packed)) === null) lost.push(key);
    else objects.set(key, packed);
  return { objects, damage: { problem, lost } };
}

/** @throws the file system's error when the file cannot be read at all. */
export async function readPack(file: string): Promise<PackContents> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const head = await readAt(handle, 0, headLength);
    const length = head.length === headLength ? head.readUInt32LE() : 0;
    if (length === 0 || length > maxTableSize)
      return { objects: new Map(), damage: { problem: "Its start is overwritten or truncated.", lost: [] } };
    const text = (await readAt(handle, headLength, length)).toString("utf8");
    const table = parseTable(text);
    if (table === null) {
      const lost = [...text.matchAll(entryPattern)].map(([, key]) => key as string);
      return { objects: new Map(), damage: { problem: "Its list of objects is truncated or overwritten.", lost } };
    }
    const start = headLength + length;
    const whole = table.reduce((sum, [, bytes]) => sum + bytes, start);
    if (size === whole) return { objects: place(file, table, start), damage: null };
    return await salvage(file, table, start, `It has ${size} bytes instead of ${whole}.`);
  } finally {
    await handle.close();
  }
}
