/** Thrown during an inspection; converted to a RefusedModel at its end. */
import { AppError } from "@pareidolia/core/appError";
import type { RefusalCode } from "./modelReport.ts";

export class Refusal extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, reason: string) {
    super(reason);
    this.code = code;
  }
}

/** Converts any error that a hostile file can cause. Messages of AppErrors are kept; others are replaced. */
export function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof AppError) {
    if (error.code === "CORRUPT_DATA") return new Refusal("MALFORMED", error.message);
    if (error.field !== undefined) return new Refusal("MISDECLARED", error.message);
    return new Refusal("UNSUPPORTED", error.message);
  }
  return new Refusal("MALFORMED", "This file cannot be read as a network: it is not valid in its format.");
}
