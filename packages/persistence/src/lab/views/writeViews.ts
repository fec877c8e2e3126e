/** Saves, changes, deletes and restores views. A deleted view can be restored for an hour; then a clean-up removes it. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { maxViews, type ViewList, type ViewState } from "./readViews.ts";

export const secondsToRestoreView = 60 * 60;

export interface NewView extends ViewState {
  readonly list: ViewList;
  readonly name: string;
  readonly shared: boolean;
  readonly idempotencyKey: string | null;
}

const stateOf = ({ search, columns, groupBy, sort }: ViewState) => ({ search, columns: [...columns], groupBy: [...groupBy], sort });

/**
 * `created` is false if an earlier request with the same key saved it.
 * @throws AppError CONFLICT if the key was used for another view, or the workspace has too many.
 */
export async function createView(
  connection: Connection,
  { scope: { workspaceId }, createdById, view }: { readonly scope: Scope; readonly createdById: string; readonly view: NewView },
): Promise<{ readonly id: string; readonly created: boolean }> {
  const { list, name, shared, idempotencyKey } = view;
  // Locks the workspace, so that requests with the same key run one after the other.
  const { lastViewNumber: number } = await connection.workspace.update({
    where: { id: workspaceId },
    data: { lastViewNumber: { increment: 1 } },
    select: { lastViewNumber: true },
  });
  if (idempotencyKey !== null) {
    const earlier = await connection.view.findUnique({ where: { workspaceId_idempotencyKey: { workspaceId, idempotencyKey } } });
    if (earlier !== null && (earlier.createdById !== createdById || earlier.name !== name))
      throw new AppError("CONFLICT", "This idempotency key was already used for another view.", { field: "input.idempotencyKey" });
    if (earlier !== null) return { id: earlier.id, created: false };
  }
  if ((await connection.view.count({ where: { workspaceId } })) >= maxViews)
    throw new AppError("CONFLICT", `A workspace has at most ${maxViews} views. Delete some first.`);
  const id = randomUUID();
  await connection.view.create({ data: { id, workspaceId, createdById, number, list, name, shared, idempotencyKey, ...stateOf(view) } });
  return { id, created: true };
}

export interface ViewChange {
  readonly name: string;
  readonly shared: boolean;
  readonly state: ViewState;
}

/** False if the view was deleted. */
export async function changeView(connection: Connection, id: string, { name, shared, state }: ViewChange): Promise<boolean> {
  const { count } = await connection.view.updateMany({ where: { id, deletedAt: null }, data: { name, shared, ...stateOf(state) } });
  return count > 0;
}

/** Private again, it no longer opens the lists of other members. */
export async function removeOthersDefaults(connection: Connection, id: string, ownerId: string): Promise<void> {
  await connection.defaultView.deleteMany({ where: { viewId: id, userId: { not: ownerId } } });
}

export async function deleteView(connection: Connection, id: string): Promise<boolean> {
  return (await connection.view.updateMany({ where: { id, deletedAt: null }, data: { deletedAt: new Date() } })).count > 0;
}

export async function restoreView(connection: Connection, id: string): Promise<void> {
  await connection.view.update({ where: { id }, data: { deletedAt: null } });
}

/** With which view the list opens for the member; null for none. */
export async function setDefaultView(
  connection: Connection,
  { scope: { workspaceId }, userId, list, viewId }: { scope: Scope; userId: string; list: ViewList; viewId: string | null },
): Promise<void> {
  const key = { workspaceId, userId, list };
  if (viewId === null) {
    await connection.defaultView.deleteMany({ where: key });
    return;
  }
  await connection.defaultView.upsert({
    where: { workspaceId_userId_list: key },
    create: { ...key, viewId },
    update: { viewId },
  });
}
