/** A verification as lines for a terminal. */
import type { DifferentPart, VerificationResult } from "@pareidolia/analysis/kinds/verification";

function formatValue(value: number | null): string {
  return value === null ? "none" : String(value);
}

function formatPart({ name, stored, computed }: DifferentPart): string {
  const gap = stored === null || computed === null ? "" : `, by ${Math.abs(stored - computed).toExponential(2)}`;
  return `  ${name}: stored ${formatValue(stored)}, computed ${formatValue(computed)}${gap}`;
}

function singular(unit: string): string {
  return unit === "trajectories" ? "trajectory" : unit.replace(/s$/, "");
}

function verdictOf({ verdict, steps, unit, engine, tolerance, largestDifference, difference }: VerificationResult): readonly string[] {
  const count = `${steps} ${steps === 1 ? singular(unit) : unit}`;
  if (verdict === "EQUAL") return [`equal: ${count}, bit for bit (${engine})`];
  if (verdict === "CLOSE")
    return [`close: ${count}, every confidence within ${tolerance} (largest difference ${largestDifference.toExponential(2)}; ${engine})`];
  if (difference === null) return ["different: the hash chain holds, but stored values were changed after the run stored them"];
  const more = difference.partCount - difference.parts.length;
  return [
    `different at ${singular(unit)} ${difference.step}: ${difference.reason}`,
    ...difference.parts.map(formatPart),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** Stored values that differ, and what was not checked. */
function notesOf({ findings, findingCount, notChecked }: VerificationResult): readonly string[] {
  const more = (findingCount ?? 0) - (findings ?? []).length;
  return [
    ...(findings ?? []).map(
      ({ column, place, stored, computed }) => `  ${column} of ${place}: stored ${stored ?? "none"}, computed ${computed ?? "none"}`,
    ),
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(notChecked ?? []).map((what) => `Not checked: ${what}.`),
  ];
}

export function reportVerification(key: string, result: VerificationResult): string {
  const { sameEnvironment, storedEngines, engine } = result;
  const elsewhere = sameEnvironment
    ? []
    : [`It was computed by ${storedEngines.join(" and ") || "an unknown engine"}, and now by ${engine}, so bits need not be equal.`];
  return `${[`${key}:`, ...verdictOf(result), ...notesOf(result), ...elsewhere].join("\n")}\n`;
}
