/** The input of an analysis, and the hash by which equal requests share a row. */
import { createHash } from "node:crypto";

/** The resolved input of an analysis. */
export type AnalysisInput = Readonly<Record<string, string | number | boolean | null | readonly (string | number)[]>>;

export function hashAnalysisInput(kind: string, input: AnalysisInput): string {
  return createHash("sha256")
    .update(JSON.stringify([kind, input]))
    .digest("hex");
}
