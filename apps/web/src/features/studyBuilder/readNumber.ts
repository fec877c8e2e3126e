/** Reads a number as a researcher types it. */

export interface NumberBounds {
  readonly minimum: number;
  readonly maximum: number;
  /** Default true. */
  readonly whole?: boolean;
  /** What an empty field means; without it, a number is required. */
  readonly empty?: string;
}

const figures = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 6 });

/** What is wrong with text that `readNumber` refuses. @param kept the number that the plan has until the text is corrected. */
export function numberProblem({ minimum, maximum, whole = true, empty }: NumberBounds, kept: number | null): string {
  const wanted = `${whole ? "A whole number" : "A number"} from ${figures.format(minimum)} to ${figures.format(maximum)}.`;
  return `${wanted} Until then, the plan keeps ${kept === null ? `“${empty ?? "none"}”` : figures.format(kept)}.`;
}

/** Undefined for text that is not a number within the bounds; null for an empty field, where that means something. */
export function readNumber(text: string, { minimum, maximum, whole = true, empty }: NumberBounds): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return empty === undefined ? undefined : null;
  const value = Number(trimmed);
  return Number.isFinite(value) && value >= minimum && value <= maximum && (!whole || Number.isInteger(value)) ? value : undefined;
}
