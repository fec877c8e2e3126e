/**
 * The trajectories on an ascent's page, merged from loaded pages and events, and the image of a trajectory at a step. A repeated or late
 * event changes nothing.
 */
import type { TrajectoryRowFragment } from "../../graphql/generated/graphql.ts";

export type TrajectoryRow = TrajectoryRowFragment;

export function mergeTrajectories(known: readonly TrajectoryRow[], arriving: readonly TrajectoryRow[]): readonly TrajectoryRow[] {
  if (arriving.length === 0) return known;
  const byId = new Map(known.map((row) => [row.id, row]));
  for (const row of arriving) {
    const current = byId.get(row.id);
    if (current === undefined || row.step > current.step || (row.step === current.step && (row.ended || !current.ended)))
      byId.set(row.id, row);
  }
  return [...byId.values()].sort((a, b) => a.class - b.class || a.start - b.start);
}

export interface Shown {
  readonly step: number;
  readonly image: TrajectoryRow["image"];
  /** The step at which the image was stored, at or before `step`. */
  readonly imageStep: number;
  readonly searchConfidence: number;
  readonly storedConfidence: number;
}

/** The last image stored at or before a step, with its confidences; the first image before any was stored. A null step is the end. */
export function imageAtStep(row: TrajectoryRow, step: number | null): Shown {
  if (step === null || step >= row.step)
    return {
      step: row.step,
      image: row.image,
      imageStep: row.step,
      searchConfidence: row.searchConfidence,
      storedConfidence: row.storedConfidence,
    };
  const stored = row.milestones.findLast((each) => each.step <= step) ?? row.milestones[0];
  return stored
    ? {
        step,
        image: stored.image,
        imageStep: stored.step,
        searchConfidence: stored.searchConfidence,
        storedConfidence: stored.storedConfidence,
      }
    : { step, image: row.image, imageStep: row.step, searchConfidence: row.searchConfidence, storedConfidence: row.storedConfidence };
}

export function lastStep(rows: readonly TrajectoryRow[]): number {
  return rows.reduce((last, row) => Math.max(last, row.step), 0);
}

interface Extent {
  /** Whether the rows are all stored trajectories. */
  readonly complete: boolean;
  /** The number of trajectories when the run is finished. */
  readonly expected: number;
}

/** Whether all rows have ended and, if they are all stored trajectories, no further trajectory is expected. */
export function allEnded(rows: readonly Pick<TrajectoryRow, "ended">[], { complete, expected }: Extent): boolean {
  return rows.length > 0 && rows.every(({ ended }) => ended) && (!complete || rows.length >= expected);
}

/** The median step at which a level was reached, over the trajectories that reached it; null if none did. */
export function medianStep(rows: readonly Pick<TrajectoryRow, "milestones">[], level: number): { reached: number; step: number | null } {
  const steps = rows
    .flatMap(({ milestones }) => milestones.filter((milestone) => milestone.level === level).map(({ step }) => step))
    .sort((a, b) => a - b);
  const [low, high] = [steps[Math.floor((steps.length - 1) / 2)], steps[Math.floor(steps.length / 2)]];
  return { reached: steps.length, step: low === undefined || high === undefined ? null : (low + high) / 2 };
}
