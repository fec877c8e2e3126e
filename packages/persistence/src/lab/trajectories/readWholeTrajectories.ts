/** Reads trajectories with their curves and milestones, to compare them with the same trajectories computed again. */
import type { Connection } from "../../server/database/database.ts";

export interface WholeTrajectory {
  readonly id: string;
  readonly ended: boolean;
  readonly step: number;
  readonly confidence: number;
  readonly imageSha256: string;
  readonly curveSteps: readonly number[];
  readonly curveConfidences: readonly number[];
  readonly curveStoredConfidences: readonly number[];
  readonly curveNorms: readonly number[];
  readonly milestones: readonly {
    readonly level: number;
    readonly step: number;
    readonly confidence: number;
    readonly storedConfidence: number;
    readonly imageSha256: string;
  }[];
}

/** In any order. */
export function findWholeTrajectories(connection: Connection, ids: readonly string[]): Promise<WholeTrajectory[]> {
  return connection.trajectory.findMany({ where: { id: { in: [...ids] } }, include: { milestones: true } });
}
