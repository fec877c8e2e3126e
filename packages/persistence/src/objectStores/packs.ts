/**
 * Many small objects in one file, since a file of its own costs an object ten times what its bytes do. A pack is written
 * once, whole and flushed, before any of its objects is reported as stored. It begins with the length of its table
 * (uint32, little-endian) and the table, a JSON list of [key, length]; the objects follow end to end.
 * Other processes add packs, so whoever misses a key looks into the packs that it has not read yet.
 */
import { randomUUID } from "node:crypto";
import { open, readdir } from "node:fs/promises";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import type { DurableFiles } from "./durableFiles.ts";

export interface PackedObject {
  readonly file: string;
  readonly start: number;
  readonly length: number;
}

const extension = ".pack";
const largestTable = 64 * 1024 * 1024;

type Table = readonly (readonly [key: string, length: number])[];

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

async function readTable(file: string): Promise<{ table: Table; start: number }> {
  const damaged = () => new AppError("CORRUPT_DATA", `The pack ${file} is damaged. Bring it back from a copy.`);
  const handle = await open(file, "r");
  try {
    const head = Buffer.alloc(4);
    if ((await handle.read(head, 0, 4, 0)).bytesRead !== 4) throw damaged();
    const length = head.readUInt32LE();
    const { size } = await handle.stat();
    if (length > largestTable || 4 + length > size) throw damaged();
    const text = Buffer.alloc(length);
    await handle.read(text, 0, length, 4);
    const table = parseTable(text.toString("utf8"));
    if (table === null || table.reduce((sum, [, bytes]) => sum + bytes, 4 + length) !== size) throw damaged();
    return { table, start: 4 + length };
  } finally {
    await handle.close();
  }
}

export class Packs {
  readonly #folder: string;
  readonly #files: DurableFiles;
  readonly #objects = new Map<string, PackedObject>();
  readonly #read = new Set<string>();
  #reading: Promise<void> = Promise.resolve();
  #nextReading: Promise<void> | null = null;

  constructor(folder: string, files: DurableFiles) {
    this.#folder = folder;
    this.#files = files;
  }

  /** Where an object lies, if a pack read so far holds it. */
  known(key: string): PackedObject | undefined {
    return this.#objects.get(key);
  }

  /** Where an object lies, once every pack that is there now has been read. */
  async find(key: string): Promise<PackedObject | undefined> {
    const known = this.#objects.get(key);
    if (known !== undefined) return known;
    await this.#readNew();
    return this.#objects.get(key);
  }

  /** Stores the objects in a new pack. */
  async add(objects: readonly { readonly key: string; readonly bytes: Uint8Array }[]): Promise<void> {
    const table = Buffer.from(JSON.stringify(objects.map(({ key, bytes }) => [key, bytes.length])));
    const head = Buffer.alloc(4);
    head.writeUInt32LE(table.length);
    const name = `${randomUUID()}${extension}`;
    const whole = Buffer.concat([head, table, ...objects.map(({ bytes }) => bytes)]);
    await this.#files.write(path.join(this.#folder, name), [whole]);
    this.#take(
      name,
      objects.map(({ key, bytes }) => [key, bytes.length]),
      4 + table.length,
    );
  }

  #take(name: string, table: Table, start: number): void {
    this.#read.add(name);
    let at = start;
    for (const [key, length] of table) {
      if (!this.#objects.has(key)) this.#objects.set(key, { file: path.join(this.#folder, name), start: at, length });
      at += length;
    }
  }

  /** One reading for all who ask while another is under way: theirs begins after they asked. */
  #readNew(): Promise<void> {
    this.#nextReading ??= this.#reading
      .catch(() => undefined)
      .then(() => {
        this.#nextReading = null;
        this.#reading = this.#readOnce();
        return this.#reading;
      });
    return this.#nextReading;
  }

  async #readOnce(): Promise<void> {
    const names = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    });
    for (const name of names) {
      if (!name.endsWith(extension) || this.#read.has(name)) continue;
      const { table, start } = await readTable(path.join(this.#folder, name));
      this.#take(name, table, start);
    }
  }
}
