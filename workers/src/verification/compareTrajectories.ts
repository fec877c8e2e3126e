/** Compares everything that is stored of trajectories with the same trajectories, ascended again: their curves and milestones. */
import { verificationTolerance } from "@pareidolia/analysis/kinds/verification";
import { findWholeTrajectories, type WholeTrajectory } from "@pareidolia/persistence/lab/trajectories/readWholeTrajectories";
import type { StoredTrajectory } from "@pareidolia/persistence/lab/trajectories/writeTrajectories";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { trajectoryIdOf } from "@pareidolia/persistence/server/database/deterministicIds";
import { compareFigures, compareLists, type Report } from "../figures/finding.ts";

export interface TrajectoriesToCompare {
  readonly connection: Connection;
  readonly runId: string;
  /** Such as RUN-12. */
  readonly name: string;
  readonly report: Report;
}

export async function compareTrajectories(
  computed: readonly StoredTrajectory[],
  { connection, runId, name, report }: TrajectoriesToCompare,
): Promise<void> {
  const ids = computed.map((trajectory) => trajectoryIdOf(runId, trajectory));
  const rows = new Map((await findWholeTrajectories(connection, ids)).map((row) => [row.id, row]));
  for (const [at, trajectory] of computed.entries()) {
    const row = rows.get(ids[at] as string);
    const { configuration, class: target, start } = trajectory;
    if (row?.ended === true) compareOne(row, trajectory, `the trajectory ${configuration}.${target}.${start} of ${name}`, report);
  }
}

function compareOne(row: WholeTrajectory, { last, curve, milestones }: StoredTrajectory, place: string, report: Report): void {
  compareFigures(report, place, {
    "trajectories.step": [row.step, last.step],
    "trajectories.search_confidence": [row.confidence, last.confidence],
    "trajectories.image": [row.imageSha256, last.image.sha256],
  });
  const list = (column: Parameters<typeof compareLists>[1]["column"], stored: readonly number[], again: readonly number[]): void =>
    compareLists(report, { column, place }, stored, again);
  list(
    "trajectories.curve_steps",
    row.curveSteps,
    curve.map(({ step }) => step),
  );
  list(
    "trajectories.curve_search_confidences",
    row.curveConfidences,
    curve.map(({ confidence }) => confidence),
  );
  list(
    "trajectories.curve_norms",
    row.curveNorms,
    curve.map(({ norm }) => norm),
  );
  list(
    "trajectories.curve_stored_confidences",
    row.curveStoredConfidences,
    curve.map(({ storedConfidence }) => storedConfidence),
  );
  for (const level of new Set([...row.milestones, ...milestones].map((milestone) => milestone.level))) {
    const stored = row.milestones.find((milestone) => milestone.level === level);
    const again = milestones.find((milestone) => milestone.level === level);
    const reached = `level ${level} of ${place}`;
    compareFigures(report, reached, {
      "milestones.level": [stored === undefined ? null : level, again === undefined ? null : level],
      "milestones.step": [stored?.step ?? null, again?.step ?? null],
      "milestones.search_confidence": [stored?.confidence ?? null, again?.confidence ?? null],
      "milestones.image": [stored?.imageSha256 ?? null, again?.image.sha256 ?? null],
    });
    const [there, here] = [stored?.storedConfidence ?? 0, again?.storedConfidence ?? 0];
    if (Math.abs(there - here) > verificationTolerance)
      report({ column: "milestones.stored_confidence", place: reached, stored: there, computed: here });
  }
}
