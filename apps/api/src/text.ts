/** Checks of words that people type. */
import { AppError } from "@pareidolia/core/appError";

const longestSearch = 200;
const longestKey = 200;

/** @throws AppError INVALID_INPUT naming `field`. */
export function checkText(text: string, options: { field: string; label: string; longest: number }): string {
  const trimmed = text.trim();
  if (trimmed.length > options.longest)
    throw new AppError("INVALID_INPUT", `${options.label} has at most ${options.longest} characters.`, { field: options.field });
  if (trimmed.includes("\0"))
    throw new AppError("INVALID_INPUT", `${options.label} holds a character that cannot be stored.`, { field: options.field });
  return trimmed;
}

/** Undefined where nothing is looked for. */
export function readSearch(text: string | null | undefined): string | undefined {
  if (text == null) return undefined;
  const search = checkText(text, { field: "filter.search", label: "A search", longest: longestSearch });
  return search === "" ? undefined : search;
}

export function readIdempotencyKey(key: string | null | undefined): string | null {
  if (key == null) return null;
  const checked = checkText(key, { field: "input.idempotencyKey", label: "An idempotency key", longest: longestKey });
  if (checked === "") throw new AppError("INVALID_INPUT", "An idempotency key cannot be empty.", { field: "input.idempotencyKey" });
  return checked;
}
