/** Whole numbers as they are typed into a field. */
import { formatCount } from "../marks/numbers.ts";

export function readWholeNumber(text: string, minimum: number, maximum: number): number | null {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= minimum && value <= maximum ? value : null;
}

/** One sentence that says all that it must be. */
export function wholeNumberWords(minimum: number, maximum: number): string {
  return `A whole number from ${formatCount(minimum)} to ${formatCount(maximum)}.`;
}
