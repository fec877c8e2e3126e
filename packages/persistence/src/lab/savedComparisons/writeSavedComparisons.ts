/** Saves, edits, deletes and restores comparisons. A deleted one can be restored for an hour; then a clean-up removes it. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { ComparisonEntries, ComparisonSnapshot } from "@pareidolia/core/comparisonSnapshot";
import type { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";

export const secondsToRestoreComparison = 60 * 60;

export interface NewSavedComparison {
  readonly title: string;
  readonly notes: string;
  readonly entries: ComparisonEntries;
  readonly generation: number;
  readonly baseline: number | null;
  readonly snapshot: ComparisonSnapshot;
  readonly idempotencyKey: string | null;
}

/**
 * `created` is false if an earlier request with the same key saved it.
 * @throws AppError CONFLICT if the key was used for another comparison.
 */
export async function createSavedComparison(
  connection: Connection,
  {
    scope: { workspaceId },
    createdById,
    comparison,
  }: { readonly scope: Scope; readonly createdById: string; readonly comparison: NewSavedComparison },
): Promise<{ readonly id: string; readonly created: boolean }> {
  const { entries, snapshot, idempotencyKey, ...rest } = comparison;
  // Locks the workspace, so that requests with the same key run one after the other.
  const { lastComparisonNumber: number } = await connection.workspace.update({
    where: { id: workspaceId },
    data: { lastComparisonNumber: { increment: 1 } },
    select: { lastComparisonNumber: true },
  });
  if (idempotencyKey !== null) {
    const earlier = await connection.savedComparison.findUnique({ where: { workspaceId_idempotencyKey: { workspaceId, idempotencyKey } } });
    if (earlier !== null && earlier.deletedAt !== null)
      throw new AppError("CONFLICT", "The comparison with this idempotency key was deleted. Restore it, or send a new key.", {
        field: "input.idempotencyKey",
      });
    if (earlier !== null && (earlier.createdById !== createdById || earlier.title !== rest.title))
      throw new AppError("CONFLICT", "This idempotency key was already used for another comparison.", { field: "input.idempotencyKey" });
    if (earlier !== null) return { id: earlier.id, created: false };
  }
  const id = randomUUID();
  const documents = { entries: entries as unknown as Prisma.JsonArray, snapshot: snapshot as unknown as Prisma.JsonObject };
  await connection.savedComparison.create({ data: { id, workspaceId, createdById, number, idempotencyKey, ...rest, ...documents } });
  const hashes = new Set(snapshot.rows.flatMap(({ images }) => images.flatMap((image) => image?.sha256 ?? [])));
  await connection.savedComparisonImage.createMany({
    data: [...hashes].map((imageSha256) => ({ savedComparisonId: id, imageSha256 })),
  });
  return { id, created: true };
}

/** Its title and notes, and locks it until the end of the transaction; null for one that is missing or deleted. */
export async function lockSavedComparison(
  connection: Connection,
  id: string,
): Promise<{ readonly title: string; readonly notes: string } | null> {
  const [row] = await connection.$queryRaw<{ readonly title: string; readonly notes: string }[]>`
    SELECT title, notes FROM saved_comparisons WHERE id = ${id} AND deleted_at IS NULL FOR UPDATE`;
  return row ?? null;
}

export async function editSavedComparison(
  connection: Connection,
  id: string,
  change: { readonly title: string; readonly notes: string },
): Promise<void> {
  await connection.savedComparison.update({ where: { id }, data: change });
}

/** False if it was deleted already. */
export async function deleteSavedComparison(connection: Connection, id: string): Promise<boolean> {
  return (await connection.savedComparison.updateMany({ where: { id, deletedAt: null }, data: { deletedAt: new Date() } })).count > 0;
}

export async function restoreSavedComparison(connection: Connection, id: string): Promise<void> {
  await connection.savedComparison.update({ where: { id }, data: { deletedAt: null } });
}
