/** Validates text from clients. */
import { AppError } from "@pareidolia/core/appError";
import { findUnfitCharacter, isVisible } from "@pareidolia/core/lineText";

const maxSearchLength = 200;
const maxKeyLength = 200;

/** Trims the text. @throws AppError INVALID_INPUT naming `field`. */
export function checkText(text: string, options: { field: string; label: string; longest: number }): string {
  const trimmed = text.trim();
  if (trimmed.length > options.longest)
    throw new AppError("INVALID_INPUT", `${options.label} must not exceed ${options.longest} characters.`, { field: options.field });
  if (!isStorable(trimmed))
    throw new AppError("INVALID_INPUT", `${options.label} contains a character that cannot be stored.`, { field: options.field });
  return trimmed;
}

/** For a name or a title: empty if nothing in it is visible. @throws AppError INVALID_INPUT naming `field`. */
export function checkLine(text: string, options: { field: string; label: string; longest: number }): string {
  const checked = checkText(text, options);
  if (!isVisible(checked)) return "";
  const unfit = findUnfitCharacter(checked);
  if (unfit !== null)
    throw new AppError("INVALID_INPUT", `${options.label} contains the invisible character ${unfit}. Remove it.`, { field: options.field });
  return checked;
}

/** Postgres cannot store NUL characters or unpaired surrogates. */
export function isStorable(text: string): boolean {
  return !text.includes("\0") && !/\p{Surrogate}/u.test(text);
}

/** A name for an exact match; undefined without a filter. @throws AppError INVALID_INPUT naming `field`. */
export function readName(name: string | null | undefined, field: string): string | undefined {
  if (name == null) return undefined;
  if (isStorable(name) && name.length <= maxSearchLength) return name;
  throw new AppError("INVALID_INPUT", "No object can have this name: it is too long or contains a character that cannot be stored.", {
    field,
  });
}

/** Alternative names for an exact match; undefined without a filter. @throws AppError INVALID_INPUT naming `field`. */
export function readNames(names: readonly string[] | null | undefined, field: string): readonly string[] | undefined {
  return names?.map((name, i) => readName(name, `${field}.${i}`) as string);
}

/** The trimmed search text; undefined without a filter. @throws AppError INVALID_INPUT naming `filter.search`. */
export function readSearch(text: string | null | undefined): string | undefined {
  if (text == null) return undefined;
  const search = checkText(text, { field: "filter.search", label: "A search", longest: maxSearchLength });
  return search === "" ? undefined : search;
}

export function readIdempotencyKey(key: string | null | undefined): string | null {
  if (key == null) return null;
  const checked = checkText(key, { field: "input.idempotencyKey", label: "An idempotency key", longest: maxKeyLength });
  if (checked === "") throw new AppError("INVALID_INPUT", "An idempotency key cannot be empty.", { field: "input.idempotencyKey" });
  return checked;
}
