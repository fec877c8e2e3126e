/**
 * Cursors: opaque to clients, and validated when a client returns one. A cursor contains the name of its ordering and its row's values of
 * that ordering, so a cursor of another list or ordering is rejected.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Position } from "@pareidolia/persistence/server/database/keyset";
import { z } from "zod";
import { isStorable } from "../text.ts";

/** "time" is an ISO timestamp in UTC. */
export type CursorValue = "time" | "number" | "integer" | "text";

/** An ordering's name, and the types of the values in its positions. */
export interface CursorShape {
  readonly name: string;
  readonly values: readonly CursorValue[];
}

const valueOfType = { timestamptz: "time", integer: "integer", "double precision": "number", text: "text" } as const;

/** The shape of positions whose columns have these types. */
export function cursorShapeOf(name: string, types: readonly (keyof typeof valueOfType)[]): CursorShape {
  return { name, values: types.map((type) => valueOfType[type]) };
}

const maxCursorLength = 2000;

const checks: Readonly<Record<CursorValue, z.ZodType<string | number>>> = {
  // Postgres has no year 0.
  time: z.iso.datetime({ precision: 3 }).refine((text) => !text.startsWith("0000")),
  number: z.number(),
  integer: z.int32(),
  text: z.string().max(500).refine(isStorable),
};

export function encodeCursor(shape: CursorShape, position: Position): string {
  return Buffer.from(JSON.stringify([shape.name, ...position])).toString("base64url");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @throws AppError INVALID_INPUT naming `field`. */
export function decodeCursor(shape: CursorShape, cursor: string, field: string): Position {
  const content = cursor.length <= maxCursorLength ? parseJson(Buffer.from(cursor, "base64url").toString("utf8")) : null;
  if (Array.isArray(content) && content.length === shape.values.length + 1 && content[0] === shape.name) {
    const position = content.slice(1).map((value: unknown, i) => checks[shape.values[i] as CursorValue].safeParse(value));
    if (position.every((value) => value.success)) return position.map((value) => value.data as string | number);
  }
  throw new AppError("INVALID_INPUT", "This cursor is not valid for this list and order.", { field });
}
