/**
 * Reads the verdicts of the newest full-budget report, to show them beside those of a quick one. Leaves out claims that the full budget
 * does not decide either.
 */
import { isDecided, type Verdict, verdicts } from "@pareidolia/core/verdicts";
import type { Claim, Judgement } from "./claims/claim.ts";
import { type Durations, durationsOf } from "./durations.ts";
import { type EarlierReport, readReports } from "./earlierReports.ts";
import type { FullBudget } from "./reportPage/reportHtml.ts";

export function fullBudgetOf(
  writtenAt: string,
  commit: string | null,
  judged: readonly { readonly claim: Pick<Claim, "id">; readonly judgement: Pick<Judgement, "verdict"> }[],
  durations: Durations,
): FullBudget {
  const decided = judged.filter(({ judgement }) => isDecided(judgement.verdict));
  return {
    writtenAt,
    commit,
    verdicts: Object.fromEntries(decided.map(({ claim, judgement }) => [claim.id, judgement.verdict])),
    ...durations,
  };
}

/** Null if no folder has a complete report of the full budget that can be read. */
export async function findFullBudget(folders: readonly string[]): Promise<FullBudget | null> {
  for (const report of await readReports(folders)) {
    const full = readFull(report);
    if (full !== null) return full;
  }
  return null;
}

/** Null for another budget, an incomplete report, or one whose claims were judged by another rule, which names no commit. */
function readFull(report: EarlierReport): FullBudget | null {
  const { budget, writtenAt, commit, claims, unfinished } = report;
  if (budget !== "full" || typeof commit !== "string" || !Array.isArray(claims)) return null;
  if (!Array.isArray(unfinished) || unfinished.length > 0) return null;
  const judged = claims.flatMap((claim: Readonly<Record<string, unknown>> | null) => {
    const verdict = verdicts.find((known) => known === claim?.["verdict"]);
    const id = claim?.["id"];
    return verdict === undefined || typeof id !== "string"
      ? []
      : [{ claim: { id }, judgement: { verdict } as { readonly verdict: Verdict } }];
  });
  return fullBudgetOf(writtenAt, commit, judged, durationsOf(report));
}
