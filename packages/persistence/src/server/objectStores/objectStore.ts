/**
 * The port to the store of large, immutable objects. Keys are content-addressed: an object never changes, writing it again does no harm,
 * and its hash reveals damaged bytes.
 */
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { AppError } from "@pareidolia/core/appError";
import type { PostedFiles } from "./postedFiles.ts";
import type { ReceivedFile } from "./receivedFile.ts";

/** A file of the store that has lost objects or may have. */
export interface DamagedFile {
  /** Relative to the store. */
  readonly file: string;
  /** A human-readable sentence. */
  readonly problem: string;
  /** Keys of its objects that are not stored elsewhere, as far as they can still be read from the file. */
  readonly lost: readonly string[];
}

export interface StoredObject {
  readonly key: string;
  readonly byteLength: number;
  /** When it was last stored. */
  readonly storedAt: Date;
}

export interface Amount {
  readonly count: number;
  readonly byteLength: number;
}

/**
 * A store rewrites an older object when a process puts it again. Clean-ups delete only objects that no row names and that are older than
 * `cleanUpGraceMilliseconds`, so a process has 12 hours after a put to write the row.
 */
export const trustedMilliseconds = 12 * 60 * 60 * 1000;
/** How long clean-ups keep unused objects, uploads and temporary files. */
export const cleanUpGraceMilliseconds = 2 * trustedMilliseconds;

export interface ObjectStore {
  /** Human-readable location of the objects. */
  readonly place: string;
  /** Files that were sent and not checked yet. */
  readonly posted: PostedFiles;
  /**
   * Stores `bytes` durably before it resolves.
   * @throws AppError INVALID_INPUT when the key is not the hash of the bytes; UNAVAILABLE when the store cannot be written.
   */
  put(key: string, bytes: Uint8Array, options: { readonly contentType: string }): Promise<void>;
  /**
   * Stores all objects durably before it resolves, or none. On some stores, this is cheaper than single puts.
   * @throws AppError INVALID_INPUT when a key is not the hash of its bytes; UNAVAILABLE when the store cannot be written.
   */
  putMany?(objects: readonly { readonly key: string; readonly bytes: Uint8Array }[]): Promise<void>;
  /**
   * The bytes, checked against the hash in their key.
   * @throws AppError NOT_FOUND when nothing is stored under this key, or only damaged bytes; UNAVAILABLE when the store cannot be read.
   */
  get(key: string): Promise<Uint8Array>;
  /** Like `get`, but null when nothing is stored under this key. */
  find(key: string): Promise<Uint8Array | null>;
  has(key: string): Promise<boolean>;
  /** Checks objects of up to 16 MB against their hash first. @throws AppError NOT_FOUND, before anything is streamed. */
  openReadStream(key: string): Promise<Readable>;
  /**
   * Streams `body` into the store as a file, without holding it in memory. Nothing is stored when it fails.
   * @throws AppError INVALID_INPUT when `body` is longer than `longest` bytes; UNAVAILABLE when the store cannot be written.
   */
  receiveFile(body: AsyncIterable<Uint8Array>, options: { readonly longest: number }): Promise<ReceivedFile>;
  /** Every stored object, except those of damaged files. An object that is stored twice appears twice. */
  list(): AsyncIterable<StoredObject>;
  /** Deletes objects, except those stored after `storedBefore`, and returns how many. Absent objects are no error. */
  deleteObjects(keys: readonly string[], options: { readonly storedBefore: Date }): Promise<Amount>;
  /** Counts temporary files of writes that never finished, and deletes them unless `dryRun`. */
  clearLeftovers(options: { readonly writtenBefore: Date; readonly dryRun: boolean }): Promise<Amount>;
  /** Writes a few bytes and reads them back, without a retry. @throws AppError UNAVAILABLE on failure. */
  probe(): Promise<void>;
  /** The text by which processes recognise a shared store; null before it is written. */
  readMarker(): Promise<string | null>;
  /** Without `replace`, an existing marker stays. */
  writeMarker(marker: string, options: { readonly replace: boolean }): Promise<void>;
  /** The heads of the audit logs, in a file that changes; null before they are written. */
  readAuditHeads(): Promise<string | null>;
  /** Durably, and as a whole: a reader, and a process that crashes meanwhile, find the earlier text or this one. */
  replaceAuditHeads(text: string): Promise<void>;
  /** The damaged files known so far. */
  findDamage(): Promise<readonly DamagedFile[]>;
  /** Copies the intact objects out of damaged files, moves these files aside and returns where each is now. */
  setDamageAside(): Promise<readonly string[]>;
}

/**
 * The largest file of a user, in bytes. The largest classification networks of the ONNX Model Zoo that runs commonly target have 244 MB.
 */
export const maxFileSize = 256 * 1024 * 1024;

/** Larger objects are streamed without a check, which would read the whole object first. */
export const maxChecked = 16 * 1024 * 1024;

const keyPattern = /^(?:images\/[0-9a-f]{64}\.png|(?:genomes|files)\/[0-9a-f]{64})$/;

export function isObjectKey(text: string): boolean {
  return keyPattern.test(text);
}

/**
 * Rejects every other path. @throws AppError INVALID_INPUT for anything but `images/<sha256>.png`, `genomes/<sha256>` and `files/<sha256>`.
 */
export function requireObjectKey(key: string): void {
  if (!isObjectKey(key))
    throw new AppError("INVALID_INPUT", "The key of an object is images/<sha256>.png, genomes/<sha256> or files/<sha256>.");
}

/** Whether the key contains the hash of the bytes. */
export function hasContentOf(key: string, bytes: Uint8Array): boolean {
  return key.includes(createHash("sha256").update(bytes).digest("hex"));
}

/** @throws AppError INVALID_INPUT unless the key is valid and contains the hash of the bytes. */
export function requireContentKey(key: string, bytes: Uint8Array): void {
  requireObjectKey(key);
  if (!hasContentOf(key, bytes)) throw new AppError("INVALID_INPUT", `${key} does not contain the SHA-256 of its bytes.`);
}

export function imageKey(sha256: string): string {
  return `images/${sha256}.png`;
}

export function genomeKey(sha256: string): string {
  return `genomes/${sha256}`;
}

/** For uploads and for files of workers other than images, such as networks. */
export function fileKey(sha256: string): string {
  return `files/${sha256}`;
}

/** The hash in an object's key. */
export function hashOf(key: string): string {
  return /[0-9a-f]{64}/.exec(key)?.[0] ?? "";
}

export function tooLong(longest: number): AppError {
  return new AppError("INVALID_INPUT", `A file may be at most ${longest / 1024 / 1024} MB.`, { field: "body" });
}

/** The key is only for logs: clients see the message without the cause. */
export function missingObject(key: string): AppError {
  const cause = new Error(`Nothing is stored under ${key}.`);
  return new AppError("NOT_FOUND", "The stored file is missing. Restore it from a backup of the object store.", { cause });
}

export function damagedObject(): AppError {
  return new AppError("NOT_FOUND", "The stored file is damaged. The operator of this server can restore it from a copy.");
}
