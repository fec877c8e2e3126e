/** Errors of bundles that cannot be restored. */
import { AppError } from "@pareidolia/core/appError";

/** More seconds than a run takes, and more grey levels than a change of an image has. The database can add up such figures. */
export const maxFigure = 1e9;

/** @param what completes "This export cannot be restored: ..." */
export function notRestorable(what: string): AppError {
  return new AppError("CORRUPT_DATA", `This export cannot be restored: ${what}.`);
}

/** @throws AppError CORRUPT_DATA. */
export function requireRange(value: number, [least, most]: readonly [number, number], what: string): void {
  if (!(value >= least && value <= most))
    throw notRestorable(`${what.charAt(0).toLowerCase()}${what.slice(1)} is ${value}, which is out of range`);
}

/** A confidence, or another number from 0 to 1. @throws AppError CORRUPT_DATA. */
export function requireShare(value: number, what: string): void {
  requireRange(value, [0, 1], what);
}
