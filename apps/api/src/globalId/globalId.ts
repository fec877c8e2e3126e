/**
 * Global IDs: base64url("Run:<id>"), opaque to clients and unique across all types. Experiments, runs, studies, sweeps, views, saved
 * comparisons and bulk queries also have a short key (EXP-12, RUN-142, STU-3, SWP-7, VIEW-7, CMP-4, BULK-3), which every argument accepts
 * in place of the ID. An image's key is the beginning of its hash (IMG-9f3a): at least four digits, and enough to identify the image.
 */
import { AppError } from "@pareidolia/core/appError";

/** The row of each GraphQL type with a global ID. Each `noun.module.ts` merges its own types in. */
export interface NodeRows {}

export type NodeType = keyof NodeRows;

export interface GlobalId {
  readonly type: NodeType;
  readonly id: string;
}

/** Types with a short key. */
type KeyedType = "BulkQuery" | "Experiment" | "Run" | "SavedComparison" | "Study" | "Sweep" | "View";

export interface NumberReference {
  readonly type: KeyedType;
  readonly number: number;
}

const keyTypes = {
  BULK: "BulkQuery",
  CMP: "SavedComparison",
  EXP: "Experiment",
  RUN: "Run",
  STU: "Study",
  SWP: "Sweep",
  VIEW: "View",
} as const;
const maxNumber = 2_147_483_647;
const maxIdLength = 200;

export function encodeGlobalId(type: NodeType, id: string): string {
  return Buffer.from(`${type}:${id}`).toString("base64url");
}

export function experimentKey(number: number): string {
  return `EXP-${number}`;
}

export function runKey(number: number): string {
  return `RUN-${number}`;
}

export function studyKey(number: number): string {
  return `STU-${number}`;
}

export function sweepKey(number: number): string {
  return `SWP-${number}`;
}

export function viewKey(number: number): string {
  return `VIEW-${number}`;
}

export function savedComparisonKey(number: number): string {
  return `CMP-${number}`;
}

export function bulkQueryKey(number: number): string {
  return `BULK-${number}`;
}

const digitsOfKey = 12;

export function shortImageKey(sha256: string): string {
  return `IMG-${sha256.slice(0, digitsOfKey)}`;
}

/** Parses an ID or a key, of an image to the digits that the key has; the caller checks the type. @throws AppError INVALID_INPUT naming `field`. */
export function parseReference(text: string, field: string): GlobalId | NumberReference {
  const key = /^(BULK|CMP|EXP|RUN|STU|SWP|VIEW)-([1-9]\d{0,9})$/i.exec(text);
  if (key !== null) {
    const number = Number(key[2]);
    if (number <= maxNumber) return { type: keyTypes[key[1]?.toUpperCase() as keyof typeof keyTypes], number };
  }
  const digits = /^IMG-([\da-f]{4,64})$/i.exec(text)?.[1];
  if (digits !== undefined) return { type: "Image", id: digits.toLowerCase() };
  if (text.length <= maxIdLength && /^[\w-]+$/.test(text)) {
    const decoded = /^(\w+):([\w.@-]+)$/.exec(Buffer.from(text, "base64url").toString("utf8"));
    const type = decoded?.[1] as NodeType | undefined;
    const id = decoded?.[2];
    if (type !== undefined && id !== undefined && encodeGlobalId(type, id) === text) return { type, id };
  }
  throw unknownReference(field);
}

export function unknownReference(field: string): AppError {
  return new AppError("INVALID_INPUT", "This is neither an ID from this API nor a key such as EXP-12, RUN-142, STU-3, SWP-7 or IMG-9f3a.", {
    field,
  });
}

/** Parses an ID or key of one type. @throws AppError INVALID_INPUT naming `field`. */
export function parseReferenceTo(type: NodeType, text: string, field: string): GlobalId | NumberReference {
  const reference = parseReference(text, field);
  if (reference.type !== type)
    throw new AppError("INVALID_INPUT", `This ID has type ${reference.type}. Give the ID of type ${type}.`, { field });
  return reference;
}

/** Parses an ID of a type without keys. @throws AppError INVALID_INPUT naming `field`. */
export function parseIdOf(type: Exclude<NodeType, KeyedType>, text: string, field: string): string {
  return (parseReferenceTo(type, text, field) as GlobalId).id;
}

/** Parses an ID of a type with keys, for an object that its key no longer finds. @throws AppError INVALID_INPUT naming `field`. */
export function parseIdOfKeyed(type: KeyedType, text: string, field: string): string {
  const reference = parseReferenceTo(type, text, field);
  if ("number" in reference) throw new AppError("INVALID_INPUT", "Give the ID; the key finds only what exists.", { field });
  return reference.id;
}
