/** Creates experiments, numbered within their workspace, and archives them. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { assertUnlocked } from "../locks/assertUnlocked.ts";

export interface NewExperiment {
  readonly workspaceId: string;
  readonly createdById: string;
  readonly name: string;
  readonly description: string;
  readonly idempotencyKey: string | null;
}

/** Returns the experiment's id. @throws AppError as `createExperimentOnce`. */
export async function createExperiment(transaction: Transaction, input: NewExperiment): Promise<string> {
  return (await createExperimentOnce(transaction, input)).id;
}

/**
 * `created` is false if an earlier request created the experiment. A repeated request with the same key, name and description returns the id of the first.
 * @throws AppError CONFLICT when the key was used with another name or description.
 */
export async function createExperimentOnce(
  transaction: Transaction,
  input: NewExperiment,
): Promise<{ readonly id: string; readonly created: boolean }> {
  const { connection } = transaction;
  // Incrementing the number locks the workspace, so that requests with the same key run one after the other.
  const { lastExperimentNumber } = await connection.workspace.update({
    where: { id: input.workspaceId },
    data: { lastExperimentNumber: { increment: 1 } },
    select: { lastExperimentNumber: true },
  });
  if (input.idempotencyKey !== null) {
    const earlier = await connection.experiment.findUnique({
      where: { workspaceId_idempotencyKey: { workspaceId: input.workspaceId, idempotencyKey: input.idempotencyKey } },
    });
    if (earlier !== null) {
      if (earlier.trashedAt !== null)
        throw new AppError(
          "CONFLICT",
          `This idempotency key belongs to EXP-${earlier.number}, which is in the trash. Restore it, or use a new key.`,
          {
            field: "input.idempotencyKey",
          },
        );
      if (earlier.name !== input.name || earlier.description !== input.description)
        throw new AppError("CONFLICT", "This idempotency key was already used for another experiment.", { field: "input.idempotencyKey" });
      await connection.workspace.update({ where: { id: input.workspaceId }, data: { lastExperimentNumber: { decrement: 1 } } });
      return { id: earlier.id, created: false };
    }
  }
  const id = randomUUID();
  await connection.experiment.create({ data: { id, number: lastExperimentNumber, ...input } });
  return { id, created: true };
}

/** Idempotent: archiving an archived experiment keeps its date. Returns whether it changed. @throws AppError CONFLICT for a locked one. */
export async function setExperimentArchived(
  connection: Connection,
  input: { workspaceId: string; id: string; archived: boolean },
): Promise<boolean> {
  await assertUnlocked(connection, { workspaceId: input.workspaceId, experimentIds: [input.id] });
  const { count } = await connection.experiment.updateMany({
    where: { id: input.id, trashedAt: null, archivedAt: input.archived ? null : { not: null } },
    data: { archivedAt: input.archived ? new Date() : null },
  });
  return count > 0;
}
