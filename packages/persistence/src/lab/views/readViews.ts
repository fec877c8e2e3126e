/** Reads saved views: searches with columns, grouping and order. A private view is its owner's only. */

import type { View } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import type { Scope } from "../../server/scope/scope.ts";

export const viewLists = ["RUNS", "EXPERIMENTS", "IMAGES"] as const;
export type ViewList = (typeof viewLists)[number];

/** Everything by which a list is shown. */
export interface ViewState {
  /** In the search language. */
  readonly search: string;
  readonly columns: readonly string[];
  readonly groupBy: readonly string[];
  /** A column, with a minus sign before it if the order is descending. */
  readonly sort: string;
}

export interface ViewRecord extends ViewState {
  readonly id: string;
  readonly workspaceId: string;
  /** Its owner. */
  readonly createdById: string;
  /** Within the workspace, from 1. */
  readonly number: number;
  readonly list: ViewList;
  readonly name: string;
  /** Whether all members see it. */
  readonly shared: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Views of a workspace at most, deleted ones included, so that menus stay short. */
export const maxViews = 500;

function toRecord({ idempotencyKey: _key, deletedAt: _deleted, ...row }: View): ViewRecord {
  return row;
}

/** The member's own views and the shared ones, by name. */
export async function listViews(
  connection: Connection,
  { scope, userId, list }: { readonly scope: Scope; readonly userId: string; readonly list: ViewList },
): Promise<ViewRecord[]> {
  const rows = await connection.view.findMany({
    where: { workspaceId: scope.workspaceId, list, deletedAt: null, OR: [{ shared: true }, { createdById: userId }] },
    orderBy: [{ name: "asc" }, { number: "asc" }],
    take: maxViews,
  });
  return rows.map(toRecord);
}

/** Private ones of any owner, too. */
export async function findViews(connection: Connection, ids: readonly string[]): Promise<(ViewRecord | null)[]> {
  const rows = await connection.view.findMany({ where: { id: { in: [...ids] }, deletedAt: null } });
  return inOrderOf(ids, rows.map(toRecord), ({ id }) => id);
}

export async function findViewsByNumber(
  connection: Connection,
  { workspaceId }: Scope,
  numbers: readonly number[],
): Promise<(ViewRecord | null)[]> {
  const rows = await connection.view.findMany({ where: { workspaceId, number: { in: [...numbers] }, deletedAt: null } });
  return inOrderOf(numbers, rows.map(toRecord), ({ number }) => number);
}

/** A view that was deleted after the time; null for any other. */
export async function findDeletedView(connection: Connection, id: string, after: Date): Promise<ViewRecord | null> {
  const row = await connection.view.findFirst({ where: { id, deletedAt: { gt: after } } });
  return row === null ? null : toRecord(row);
}

/** The views with which the member's lists open, deleted ones left out. */
export async function findDefaultViews(
  connection: Connection,
  { scope, userId }: { readonly scope: Scope; readonly userId: string },
): Promise<ReadonlySet<string>> {
  const rows = await connection.defaultView.findMany({ where: { workspaceId: scope.workspaceId, userId }, select: { viewId: true } });
  return new Set(rows.map(({ viewId }) => viewId));
}

/** Which of the names are tags of the workspace. */
export async function findTagNames(connection: Connection, { workspaceId }: Scope, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await connection.tag.findMany({ where: { workspaceId, name: { in: [...names] } }, select: { name: true } });
  return new Set(rows.map(({ name }) => name));
}
