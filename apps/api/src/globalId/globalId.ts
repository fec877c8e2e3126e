/**
 * Ids as clients see them: base64url("Run:<id>"), opaque and unique over all types. Experiments and runs also have
 * a key for people (EXP-12, RUN-142), which every argument takes in place of the id.
 */
import { AppError } from "@pareidolia/core/appError";

/** The row behind each GraphQL type that has a global id. Each `noun.module.ts` merges its own types in. */
export interface NodeRows {}

export type NodeType = keyof NodeRows;

export interface GlobalId {
  readonly type: NodeType;
  readonly id: string;
}

export interface NumberReference {
  readonly type: "Experiment" | "Run";
  readonly number: number;
}

const keyTypes = { EXP: "Experiment", RUN: "Run" } as const;
const largestNumber = 2_147_483_647;
const longestId = 200;

export function encodeGlobalId(type: NodeType, id: string): string {
  return Buffer.from(`${type}:${id}`).toString("base64url");
}

export function experimentKey(number: number): string {
  return `EXP-${number}`;
}

export function runKey(number: number): string {
  return `RUN-${number}`;
}

/** Reads an id or a key; the caller checks the type. @throws AppError INVALID_INPUT on anything else. */
export function parseReference(text: string, field: string): GlobalId | NumberReference {
  const key = /^(EXP|RUN)-([1-9]\d{0,9})$/i.exec(text);
  if (key !== null) {
    const number = Number(key[2]);
    if (number <= largestNumber) return { type: keyTypes[key[1]?.toUpperCase() as keyof typeof keyTypes], number };
  }
  if (text.length <= longestId && /^[\w-]+$/.test(text)) {
    const decoded = /^(\w+):([\w.@-]+)$/.exec(Buffer.from(text, "base64url").toString("utf8"));
    const type = decoded?.[1] as NodeType | undefined;
    const id = decoded?.[2];
    if (type !== undefined && id !== undefined && encodeGlobalId(type, id) === text) return { type, id };
  }
  throw unknownReference(field);
}

export function unknownReference(field: string): AppError {
  return new AppError("INVALID_INPUT", "This API did not issue this id, and it is not a key such as EXP-12 or RUN-142.", { field });
}

/** Reads an id or key of one type. @throws AppError INVALID_INPUT naming `field`. */
export function parseReferenceTo(type: NodeType, text: string, field: string): GlobalId | NumberReference {
  const reference = parseReference(text, field);
  if (reference.type !== type)
    throw new AppError("INVALID_INPUT", `This is the id of another type (${reference.type}), not of type ${type}.`, { field });
  return reference;
}

/** Reads an id of a type that has no keys. @throws AppError INVALID_INPUT naming `field`. */
export function parseIdOf(type: Exclude<NodeType, "Experiment" | "Run">, text: string, field: string): string {
  return (parseReferenceTo(type, text, field) as GlobalId).id;
}
