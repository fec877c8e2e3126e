/** Reads a number as a researcher types it. */

export interface NumberBounds {
  readonly minimum: number;
  readonly maximum: number;
  /** Default true. */
  readonly whole?: boolean;
  /** What an empty field means; without it, a number is required. */
  readonly empty?: string;
}

/** Undefined for text that is not a number within the bounds; null for an empty field, where that means something. */
export function readNumber(text: string, { minimum, maximum, whole = true, empty }: NumberBounds): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return empty === undefined ? undefined : null;
  const value = Number(trimmed);
  return Number.isFinite(value) && value >= minimum && value <= maximum && (!whole || Number.isInteger(value)) ? value : undefined;
}
