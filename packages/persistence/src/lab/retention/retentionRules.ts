/** Reads and writes the retention rules of workspaces. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import { lockWorkspace } from "../../access/accounts/lockWorkspace.ts";
import type { RetentionRule } from "../../generated/client.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import type { Scope } from "../../server/scope/scope.ts";
import type { RetentionConditions, RetentionRuleRecord } from "./retentionRule.ts";

function toRecord({ idempotencyKey: _key, actedBytes, ...row }: RetentionRule): RetentionRuleRecord {
  return { ...row, actedBytes: Number(actedBytes) };
}

const oldestFirst = [{ createdAt: "asc" }, { id: "asc" }] as const;

export async function listRetentionRules(connection: Connection, { workspaceId }: Scope): Promise<RetentionRuleRecord[]> {
  const rows = await connection.retentionRule.findMany({ where: { workspaceId }, orderBy: [...oldestFirst] });
  return rows.map(toRecord);
}

export async function findRetentionRules(connection: Connection, ids: readonly string[]): Promise<(RetentionRuleRecord | null)[]> {
  const rows = await connection.retentionRule.findMany({ where: { id: { in: [...ids] } } });
  return inOrderOf(ids, rows.map(toRecord), ({ id }) => id);
}

/** For the clean-up: the rules that are on, in workspaces that are not deleted. */
export async function findEnabledRules(connection: Connection): Promise<RetentionRuleRecord[]> {
  const rows = await connection.retentionRule.findMany({
    where: { enabled: true, workspace: { deletedAt: null } },
    orderBy: [{ workspaceId: "asc" }, ...oldestFirst],
  });
  return rows.map(toRecord);
}

/** After how many days the workspace's trash is deleted for good; null without such a rule. */
export async function findTrashDays(connection: Connection, { workspaceId }: Scope): Promise<number | null> {
  const rules = await connection.retentionRule.aggregate({
    where: { workspaceId, action: "DELETE_TRASHED", enabled: true },
    _min: { days: true },
  });
  return rules._min.days;
}

export interface NewRetentionRule extends RetentionConditions {
  readonly workspaceId: string;
  readonly createdById: string;
  readonly enabled: boolean;
  readonly idempotencyKey: string | null;
}

/** Rules of a workspace at most, so that a clean-up stays short. */
const maxRules = 20;

const dataOf = ({ states, kinds, ...rule }: RetentionConditions) => ({ ...rule, states: [...states], kinds: [...kinds] });

/**
 * `created` is false if an earlier request with the same key created the rule.
 * @throws AppError CONFLICT when the workspace has 20 rules.
 */
export async function createRetentionRule(
  { connection }: Transaction,
  rule: NewRetentionRule,
): Promise<{ readonly id: string; readonly created: boolean }> {
  const { workspaceId, idempotencyKey } = rule;
  await lockWorkspace(connection, workspaceId);
  if (idempotencyKey !== null) {
    const earlier = await connection.retentionRule.findUnique({ where: { workspaceId_idempotencyKey: { workspaceId, idempotencyKey } } });
    if (earlier !== null) return { id: earlier.id, created: false };
  }
  if ((await connection.retentionRule.count({ where: { workspaceId } })) >= maxRules)
    throw new AppError("CONFLICT", `A workspace has at most ${maxRules} retention rules. Delete one first.`);
  const id = randomUUID();
  await connection.retentionRule.create({ data: { id, ...rule, ...dataOf(rule) } });
  return { id, created: true };
}

/** @throws AppError NOT_FOUND */
export async function changeRetentionRule(
  { connection }: Transaction,
  id: string,
  change: RetentionConditions & { readonly enabled: boolean },
): Promise<void> {
  const { action, days, archived, withoutTag, keepPinned, enabled } = change;
  const { states, kinds } = dataOf(change);
  const data = { action, days, archived, withoutTag, keepPinned, enabled, states, kinds };
  const { count } = await connection.retentionRule.updateMany({ where: { id }, data });
  if (count === 0) throw new AppError("NOT_FOUND", "There is no such retention rule.");
}

/** @throws AppError NOT_FOUND */
export async function deleteRetentionRule({ connection }: Transaction, id: string): Promise<void> {
  const { count } = await connection.retentionRule.deleteMany({ where: { id } });
  if (count === 0) throw new AppError("NOT_FOUND", "There is no such retention rule.");
}

export interface AppliedRule {
  readonly failure: string | null;
  readonly items: number;
  readonly rows: number;
  readonly bytes: number;
}

/** An application without anything to do keeps the figures of the last one that had. */
export async function recordApplied(connection: Connection, id: string, { failure, items, rows, bytes }: AppliedRule): Promise<void> {
  const now = new Date();
  const figures = items === 0 ? {} : { actedAt: now, actedItems: items, actedRows: rows, actedBytes: BigInt(Math.round(bytes)) };
  await connection.retentionRule.updateMany({ where: { id }, data: { appliedAt: now, failure, ...figures } });
}
