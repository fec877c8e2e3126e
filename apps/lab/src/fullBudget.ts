/**
 * Collects the verdicts of full-budget reports, to show them beside those of a quick one. For each claim, the newest report that decides it
 * counts, so a full budget can be measured in parts. Leaves out claims that the full budget does not decide either, and claims whose
 * experiments have not finished.
 */
import { isDecided, type Verdict, verdicts } from "@pareidolia/core/verdicts";
import type { Claim, Judgement } from "./claims/claim.ts";
import { claims as registry } from "./claims/registry.ts";
import { type Durations, durationsOf } from "./durations.ts";
import { type EarlierReport, readReports } from "./earlierReports.ts";

/** What one report of the full budget decides. */
export interface FullBudgetPart extends Durations {
  /** ISO 8601. */
  readonly writtenAt: string;
  /** Null if unknown. */
  readonly commit: string | null;
  readonly seeds: readonly number[];
  /** The last generation, if the command chose it; otherwise null, for that of each experiment. */
  readonly generations: number | null;
  /** By claim, only those that the full budget decides: its images are ripe, or its budget is the paper's. */
  readonly verdicts: Readonly<Record<string, Verdict>>;
}

/** The parts, the newest first. Each claim is in one part. */
export type FullBudget = readonly FullBudgetPart[];

export function verdictIn(fullBudget: FullBudget, claimId: string): Verdict | null {
  return fullBudget.find(({ verdicts: decided }) => claimId in decided)?.verdicts[claimId] ?? null;
}

type Made = Pick<FullBudgetPart, "writtenAt" | "commit" | "seeds" | "generations">;

export function fullBudgetOf(
  made: Made,
  judged: readonly { readonly claim: Pick<Claim, "id" | "experiments">; readonly judgement: Pick<Judgement, "verdict"> }[],
  { unfinished, ...durations }: Durations & { readonly unfinished: readonly unknown[] },
): FullBudgetPart {
  const isFinished = (experiments: readonly string[]): boolean => !experiments.some((id) => unfinished.includes(id));
  const decided = judged.filter(({ claim, judgement }) => isDecided(judgement.verdict) && isFinished(claim.experiments));
  return {
    ...made,
    verdicts: Object.fromEntries(decided.map(({ claim, judgement }) => [claim.id, judgement.verdict])),
    ...durations,
  };
}

/** Also reads the parts that an earlier quick report lists. Empty without a report of the full budget that decides a claim. */
export async function findFullBudget(folders: readonly string[]): Promise<FullBudget> {
  const found = (await readReports(folders)).flatMap(partsIn).sort((one, other) => (one.writtenAt < other.writtenAt ? 1 : -1));
  const parts: FullBudgetPart[] = [];
  for (const part of found) {
    const isNew = ([id]: readonly [string, Verdict]): boolean => verdictIn(parts, id) === null;
    const decided = Object.entries(part.verdicts).filter(isNew);
    if (decided.length > 0) parts.push({ ...part, verdicts: Object.fromEntries(decided) });
  }
  return parts;
}

/** Empty for a report whose claims were judged by another rule, which names no commit. */
function partsIn(report: EarlierReport): FullBudget {
  const { budget, claims, unfinished, fullBudget } = report;
  if (budget !== "full") return Array.isArray(fullBudget) ? fullBudget.flatMap(readPart) : [];
  const made = readMade(report);
  if (made === null || !Array.isArray(claims) || !Array.isArray(unfinished)) return [];
  const judged = claims.flatMap((claim: Readonly<Record<string, unknown>> | null) => knownVerdict(claim?.["id"], claim?.["verdict"]));
  return [fullBudgetOf(made, judged, { ...durationsOf(report), unfinished })];
}

function readPart(part: Readonly<Record<string, unknown>> | null): FullBudget {
  const made = readMade(part ?? {});
  if (part === null || made === null) return [];
  const { machine, coreSeconds } = part;
  const judged = Object.entries(part["verdicts"] ?? {}).flatMap(([id, verdict]) => knownVerdict(id, verdict));
  const experiments = Object.entries(coreSeconds ?? {}).map(([id, seconds]) => ({ id, coreSeconds: seconds, failure: null }));
  return [fullBudgetOf(made, judged, { ...durationsOf({ machine, experiments }), unfinished: [] })];
}

function readMade({ writtenAt, commit, seeds, generations = null }: Readonly<Record<string, unknown>>): Made | null {
  if (typeof writtenAt !== "string" || typeof commit !== "string") return null;
  if (!Array.isArray(seeds) || !seeds.every((seed) => Number.isInteger(seed))) return null;
  return { writtenAt, commit, seeds, generations: typeof generations === "number" ? generations : null };
}

function knownVerdict(id: unknown, verdict: unknown): readonly { readonly claim: Claim; readonly judgement: Pick<Judgement, "verdict"> }[] {
  const known = verdicts.find((one) => one === verdict);
  const claim = registry.find((one) => one.id === id);
  return known === undefined || claim === undefined ? [] : [{ claim, judgement: { verdict: known } }];
}
