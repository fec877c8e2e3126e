/** Reads the JSON body of a request under /auth. */
import { AppError } from "@pareidolia/core/appError";
import type { Request } from "express";
import type { z } from "zod";

/** @throws AppError INVALID_INPUT naming the first field at fault. */
export function readBody<Schema extends z.ZodType>(schema: Schema, request: Request): z.infer<Schema> {
  const parsed = schema.safeParse(request.body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AppError("INVALID_INPUT", issue?.message ?? "The request cannot be read.", { field: String(issue?.path[0] ?? "") });
}
