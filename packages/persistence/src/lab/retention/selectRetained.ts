/** Selects the runs and experiments on which a retention rule acts. Locked ones, also with their experiment, are never selected. */

import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";
import { type RetentionConditions, statesOf } from "./retentionRule.ts";

export interface RetentionItem {
  readonly id: string;
  readonly subject: "RUN" | "EXPERIMENT";
  readonly number: number;
  readonly name: string;
  /** When the run ended, or was trashed: from then on the days count. */
  readonly since: Date;
}

/** Elites that lost their niche, unless the run was trimmed. */
export const replacedElites = Prisma.sql`SELECT FROM elites e WHERE e.run_id = r.id AND e.replaced_at IS NOT NULL`;

const isUnlocked = Prisma.sql`r.locked_at IS NULL AND NOT EXISTS (SELECT FROM experiments x WHERE x.id = r.experiment_id AND x.locked_at IS NOT NULL)`;

function runConditions(rule: RetentionConditions): Prisma.Sql {
  const { action, days, states, kinds, archived, withoutTag, keepPinned } = rule;
  const permitted = statesOf[action];
  const chosen = states.length === 0 ? permitted : permitted.filter((state) => states.includes(state));
  const conditions = [
    Prisma.sql`r.state = ANY (${[...chosen]}::text[]::"RunState"[])`,
    Prisma.sql`coalesce(r.ended_at, r.updated_at) < now() - ${days} * interval '1 day'`,
    isUnlocked,
  ];
  if (kinds.length > 0) conditions.push(Prisma.sql`r.kind = ANY (${[...kinds]})`);
  if (archived !== null) conditions.push(archived ? Prisma.sql`r.archived_at IS NOT NULL` : Prisma.sql`r.archived_at IS NULL`);
  if (withoutTag !== null)
    conditions.push(
      Prisma.sql`NOT EXISTS (SELECT FROM run_tags k JOIN tags t ON t.id = k.tag_id WHERE k.run_id = r.id AND t.name = ${withoutTag})`,
    );
  if (keepPinned) conditions.push(Prisma.sql`NOT EXISTS (SELECT FROM pins p WHERE p.run_id = r.id)`);
  if (action === "TRIM_RUNS") conditions.push(Prisma.sql`r.kind = 'evolution' AND EXISTS (${replacedElites})`);
  return Prisma.join(conditions, " AND ");
}

function selectTrashed(workspaceId: string, days: number): Prisma.Sql {
  const isOld = (row: "r" | "x"): Prisma.Sql =>
    Prisma.sql`${Prisma.raw(row)}.trashed_at < now() - ${days} * interval '1 day' AND ${Prisma.raw(row)}.discarded_at IS NULL`;
  return Prisma.sql`
    SELECT r.id, 'RUN' AS subject, r.number, r.name, r.trashed_at AS since FROM runs r
    WHERE r.workspace_id = ${workspaceId} AND ${isOld("r")} AND NOT r.trashed_with_experiment AND r.state <> 'RUNNING' AND ${isUnlocked}
      AND NOT EXISTS (SELECT FROM experiments x WHERE x.id = r.experiment_id AND ${isOld("x")})
    UNION ALL SELECT x.id, 'EXPERIMENT', x.number, x.name, x.trashed_at FROM experiments x
    WHERE x.workspace_id = ${workspaceId} AND ${isOld("x")}
      AND NOT EXISTS (SELECT FROM runs r WHERE r.experiment_id = x.id AND r.state = 'RUNNING')`;
}

function selectRuns(workspaceId: string, rule: RetentionConditions): Prisma.Sql {
  return Prisma.sql`
    SELECT r.id, 'RUN' AS subject, r.number, r.name, coalesce(r.ended_at, r.updated_at) AS since FROM ${liveRuns} r
    WHERE r.workspace_id = ${workspaceId} AND ${runConditions(rule)}`;
}

export interface RetentionSubject {
  readonly workspaceId: string;
  readonly rule: RetentionConditions;
}

function selectItems({ workspaceId, rule }: RetentionSubject): Prisma.Sql {
  return rule.action === "DELETE_TRASHED" ? selectTrashed(workspaceId, rule.days) : selectRuns(workspaceId, rule);
}

/** The first `limit` items, oldest first. */
export function findRetentionItems(
  connection: Connection,
  { limit, ...subject }: RetentionSubject & { readonly limit: number },
): Promise<RetentionItem[]> {
  return connection.$queryRaw<RetentionItem[]>`
    SELECT i.id, i.subject, i.number, i.name, i.since FROM (${selectItems(subject)}) i ORDER BY i.since, i.number, i.subject LIMIT ${limit}`;
}

export async function countRetentionItems(connection: Connection, subject: RetentionSubject): Promise<number> {
  const [row] = await connection.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM (${selectItems(subject)}) i`;
  return row?.count ?? 0;
}
