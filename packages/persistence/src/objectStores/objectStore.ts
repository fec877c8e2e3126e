/**
 * The port to the place of large, immutable bytes. Keys are content-addressed, so an object is written once
 * and never changed; writing the same again is fine, and nothing can be replaced.
 */
import { createHash } from "node:crypto";
import type { Readable } from "node:stream";
import { AppError } from "@pareidolia/core/appError";

export interface ObjectStore {
  /**
   * Stores `bytes` for good before it resolves.
   * @throws AppError CONFLICT when other bytes are stored under this key; UNAVAILABLE when the store cannot be written.
   */
  put(key: string, bytes: Uint8Array, options: { readonly contentType: string }): Promise<void>;
  /**
   * Stores all of them for good before it resolves, or none; where a store has this, it is cheaper than putting each alone.
   * @throws AppError INVALID_INPUT when a key is not the hash of its bytes; UNAVAILABLE when the store cannot be written.
   */
  putMany?(objects: readonly { readonly key: string; readonly bytes: Uint8Array }[]): Promise<void>;
  /** @throws AppError NOT_FOUND when nothing is stored under this key; UNAVAILABLE when the store cannot be read. */
  get(key: string): Promise<Uint8Array>;
  find(key: string): Promise<Uint8Array | null>;
  has(key: string): Promise<boolean>;
  /** @throws AppError NOT_FOUND, before anything is streamed. */
  openReadStream(key: string): Promise<Readable>;
}

const keyPattern = /^(?:images\/[0-9a-f]{64}\.png|(?:genomes|files)\/[0-9a-f]{64})$/;

/** @throws AppError INVALID_INPUT for anything but `images/<sha256>.png`, `genomes/<sha256>` and `files/<sha256>`: no path gets past this. */
export function requireObjectKey(key: string): void {
  if (!keyPattern.test(key))
    throw new AppError("INVALID_INPUT", "An object's key is images/<sha256>.png, genomes/<sha256> or files/<sha256>.");
}

/** @throws AppError INVALID_INPUT unless the key is an object's, and its hash that of the bytes. */
export function requireContentKey(key: string, bytes: Uint8Array): void {
  requireObjectKey(key);
  if (!key.includes(createHash("sha256").update(bytes).digest("hex")))
    throw new AppError("INVALID_INPUT", `${key} does not name the SHA-256 of the bytes that are to be stored under it.`);
}

export function imageKey(sha256: string): string {
  return `images/${sha256}.png`;
}

export function genomeKey(sha256: string): string {
  return `genomes/${sha256}`;
}

/** Of what people sent and what a worker keeps beside pictures: networks and the state of a search. */
export function fileKey(sha256: string): string {
  return `files/${sha256}`;
}

export function missingObject(key: string): AppError {
  return new AppError("NOT_FOUND", `Nothing is stored under ${key}.`);
}

export function occupiedObject(key: string): AppError {
  return new AppError("CONFLICT", `Other bytes are stored under ${key} already, and objects are never replaced.`);
}
