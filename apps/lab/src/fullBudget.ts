/**
 * Reads the verdicts of the newest full-budget report, to show them beside those of a quick one. Leaves out claims that the full budget
 * does not decide either.
 */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isDecided, type Verdict, verdicts } from "@pareidolia/core/verdicts";
import type { Claim, Judgement } from "./claims/claim.ts";
import type { FullBudget } from "./reportPage/reportHtml.ts";
import { unlessMissing } from "./unlessMissing.ts";

export function fullBudgetOf(
  writtenAt: string,
  commit: string | null,
  judged: readonly { readonly claim: Pick<Claim, "id">; readonly judgement: Pick<Judgement, "verdict"> }[],
): FullBudget {
  const decided = judged.filter(({ judgement }) => isDecided(judgement.verdict));
  return { writtenAt, commit, verdicts: Object.fromEntries(decided.map(({ claim, judgement }) => [claim.id, judgement.verdict])) };
}

/** Null if no folder has a complete report of the full budget that can be read. */
export async function findFullBudget(folders: readonly string[]): Promise<FullBudget | null> {
  const found: FullBudget[] = [];
  for (const folder of folders) {
    const names = (await unlessMissing(readdir(folder))) ?? [];
    for (const name of names) {
      const text = await unlessMissing(readFile(join(folder, name, "report.json"), "utf8"));
      const report = text === null ? null : readFull(text);
      if (report !== null) found.push(report);
    }
  }
  return found.sort((one, other) => (one.writtenAt < other.writtenAt ? 1 : -1))[0] ?? null;
}

/** Null for another budget, an incomplete report, or one whose claims were judged by another rule, which names no commit. */
function readFull(text: string): FullBudget | null {
  let report: unknown;
  try {
    report = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof report !== "object" || report === null) return null;
  const { budget, writtenAt, commit, claims, unfinished } = report as Readonly<Record<string, unknown>>;
  if (budget !== "full" || typeof writtenAt !== "string" || typeof commit !== "string" || !Array.isArray(claims)) return null;
  if (!Array.isArray(unfinished) || unfinished.length > 0) return null;
  const judged = claims.flatMap((claim: Readonly<Record<string, unknown>> | null) => {
    const verdict = verdicts.find((known) => known === claim?.["verdict"]);
    const id = claim?.["id"];
    return verdict === undefined || typeof id !== "string"
      ? []
      : [{ claim: { id }, judgement: { verdict } as { readonly verdict: Verdict } }];
  });
  return fullBudgetOf(writtenAt, commit, judged);
}
