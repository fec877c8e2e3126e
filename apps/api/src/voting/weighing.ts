/** What the fields share that say how heavy a session is. */
import { AppError } from "@pareidolia/core/appError";
import { statementCost } from "../limits/costs.ts";

/** As four images of each role, which are encoded once. */
export const weighingCost = 4 * statementCost;

/** A study without its weight is better than none: images of a lost object store, or of a damaged file, fail where they are shown. */
export function nullIfUnreadable(error: unknown): null {
  if (error instanceof AppError) return null;
  throw error;
}
