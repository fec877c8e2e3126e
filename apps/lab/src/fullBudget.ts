/**
 * Reads the verdicts of the newest full-budget report, to show them beside those of a quick one. Leaves out claims that the full budget
 * does not decide either, and claims whose experiments have not finished.
 */
import { isDecided, type Verdict, verdicts } from "@pareidolia/core/verdicts";
import type { Claim, Judgement } from "./claims/claim.ts";
import { claims as registry } from "./claims/registry.ts";
import { type Durations, durationsOf } from "./durations.ts";
import { type EarlierReport, readReports } from "./earlierReports.ts";
import type { FullBudget } from "./reportPage/reportHtml.ts";

export function fullBudgetOf(
  writtenAt: string,
  commit: string | null,
  judged: readonly { readonly claim: Pick<Claim, "id" | "experiments">; readonly judgement: Pick<Judgement, "verdict"> }[],
  { unfinished, ...durations }: Durations & { readonly unfinished: readonly unknown[] },
): FullBudget {
  const isFinished = (experiments: readonly string[]): boolean => !experiments.some((id) => unfinished.includes(id));
  const decided = judged.filter(({ claim, judgement }) => isDecided(judgement.verdict) && isFinished(claim.experiments));
  return {
    writtenAt,
    commit,
    verdicts: Object.fromEntries(decided.map(({ claim, judgement }) => [claim.id, judgement.verdict])),
    ...durations,
  };
}

/** Null if no folder has a report of the full budget that can be read and decides a claim. */
export async function findFullBudget(folders: readonly string[]): Promise<FullBudget | null> {
  for (const report of await readReports(folders)) {
    const full = readFull(report);
    if (full !== null && Object.keys(full.verdicts).length > 0) return full;
  }
  return null;
}

/** Null for another budget, or a report whose claims were judged by another rule, which names no commit. */
function readFull(report: EarlierReport): FullBudget | null {
  const { budget, writtenAt, commit, claims, unfinished } = report;
  if (budget !== "full" || typeof commit !== "string" || !Array.isArray(claims)) return null;
  if (!Array.isArray(unfinished)) return null;
  const judged = claims.flatMap((claim: Readonly<Record<string, unknown>> | null) => {
    const verdict = verdicts.find((known) => known === claim?.["verdict"]);
    const known = registry.find(({ id }) => id === claim?.["id"]);
    return verdict === undefined || known === undefined ? [] : [{ claim: known, judgement: { verdict } as { readonly verdict: Verdict } }];
  });
  return fullBudgetOf(writtenAt, commit, judged, { ...durationsOf(report), unfinished });
}
