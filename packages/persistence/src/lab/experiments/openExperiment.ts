/** Experiments in which runs may start: neither locked, nor archived, nor in the trash. */
import { AppError } from "@pareidolia/core/appError";
import type { Connection } from "../../server/database/database.ts";
import { assertUnlocked } from "../locks/assertUnlocked.ts";

interface Place {
  readonly workspaceId: string;
  readonly experimentId: string;
}

const open = ({ experimentId }: Place) => ({ id: experimentId, archivedAt: null, trashedAt: null });

function requireFound(count: number): void {
  if (count === 0) throw new AppError("CONFLICT", "This experiment is archived or in the trash. Restore it to start runs in it.");
}

/** @throws AppError CONFLICT if runs may not start in it. */
export async function requireOpenExperiment(connection: Connection, place: Place): Promise<void> {
  await assertUnlocked(connection, { workspaceId: place.workspaceId, experimentIds: [place.experimentId] });
  requireFound(await connection.experiment.count({ where: open(place) }));
}

/** The same, in the transaction that starts runs in it: holds the experiment, and renews its time of change. */
export async function holdOpenExperiment(connection: Connection, place: Place): Promise<void> {
  await assertUnlocked(connection, { workspaceId: place.workspaceId, experimentIds: [place.experimentId] });
  requireFound((await connection.experiment.updateMany({ where: open(place), data: { updatedAt: new Date() } })).count);
}
