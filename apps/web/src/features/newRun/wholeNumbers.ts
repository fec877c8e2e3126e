/** Parses whole numbers typed into a field. */
import type { Limits } from "@pareidolia/core/runKinds/runKind";
import { formatCount } from "../marks/numbers.ts";

export interface WholeNumberRule extends Limits {
  readonly even?: boolean;
}

/** The number, or null if the text breaks the rule. */
export function readWholeNumber(text: string, { minimum, maximum, even = false }: WholeNumberRule): number | null {
  const value = /^\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
  return value >= minimum && value <= maximum && !(even && value % 2 === 1) ? value : null;
}

/** The error for invalid text: the full rule in one sentence. */
export function wholeNumberError({ minimum, maximum, even = false }: WholeNumberRule): string {
  return `${even ? "An even number" : "A whole number"} from ${formatCount(minimum)} to ${formatCount(maximum)}.`;
}
