/**
 * Results computed by earlier versions of the program, which releases keep. All versions count alike, but their statistics differ, so only
 * the counts of an earlier release can be checked.
 */
import type { Evidence } from "./results/evidence.ts";
import { computeResult, type ResultKindId, resultVersion } from "./studyResults.ts";

export interface ComparableResults {
  /** The version that computed the published result, if it is an earlier one: only its counts can be compared. */
  readonly earlierVersion: number | null;
  /** The comparable part of the published result, and the same part recomputed. */
  readonly published: unknown;
  readonly recomputed: unknown;
}

/** Fields that count voters, votes and answers, and whose meaning has not changed. */
const countFields: ReadonlySet<string> = new Set([
  "votes",
  "agreeing",
  "missing",
  "units",
  "confusion",
  "targets",
  "answered",
  "finished",
  "insider",
]);

export function recomputeResult(id: ResultKindId, evidence: Evidence, document: unknown): ComparableResults {
  const recomputed: unknown = JSON.parse(JSON.stringify(computeResult(id, evidence)));
  const version = typeof document === "object" && document !== null ? (document as { version?: unknown }).version : undefined;
  if (typeof version !== "number" || !(version >= 1 && version < resultVersion))
    return { earlierVersion: null, published: document, recomputed };
  return { earlierVersion: version, ...countsOf(document, recomputed) };
}

/** The counts that both documents have, at any depth. */
function countsOf(published: unknown, recomputed: unknown): { readonly published: unknown; readonly recomputed: unknown } {
  if (typeof published !== "object" || published === null || typeof recomputed !== "object" || recomputed === null)
    return { published: null, recomputed: null };
  const [one, other] = [published as Readonly<Record<string, unknown>>, recomputed as Readonly<Record<string, unknown>>];
  const kept = Object.keys(one)
    .filter((name) => Object.hasOwn(other, name))
    .map((name) => {
      const pair = countFields.has(name) ? { published: one[name], recomputed: other[name] } : countsOf(one[name], other[name]);
      return [name, pair] as const;
    });
  const take = (of: "published" | "recomputed"): unknown => Object.fromEntries(kept.map(([name, pair]) => [name, pair[of]]));
  return { published: take("published"), recomputed: take("recomputed") };
}
