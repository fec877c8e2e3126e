/** Writes an experiment under the next number of its workspace, and puts it away or takes it out again. */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../database/database.ts";

export interface NewExperiment {
  readonly workspaceId: string;
  readonly createdById: string;
  readonly name: string;
  readonly description: string;
  readonly idempotencyKey: string | null;
}

/**
 * Returns the experiment's id; the same key with the same words again returns the first one's.
 * @throws AppError CONFLICT when the key was used for other words.
 */
export async function createExperiment(transaction: Transaction, input: NewExperiment): Promise<string> {
  const { connection } = transaction;
  // Taking the number locks the workspace, so that two requests with one key come one after the other.
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
      if (earlier.name !== input.name || earlier.description !== input.description)
        throw new AppError("CONFLICT", "This idempotency key already made another experiment.", { field: "input.idempotencyKey" });
      await connection.workspace.update({ where: { id: input.workspaceId }, data: { lastExperimentNumber: { decrement: 1 } } });
      return earlier.id;
    }
  }
  const id = randomUUID();
  await connection.experiment.create({ data: { id, number: lastExperimentNumber, ...input } });
  return id;
}

/** Idempotent: an experiment that is put away already keeps its date. */
export async function setExperimentArchived(connection: Connection, input: { id: string; archived: boolean }): Promise<void> {
  await connection.experiment.updateMany({
    where: { id: input.id, archivedAt: input.archived ? null : { not: null } },
    data: { archivedAt: input.archived ? new Date() : null },
  });
}
