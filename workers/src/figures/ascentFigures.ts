/** The figures of an ascent, computed from its trajectories, and what a trajectory says twice. */
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import type { TrajectoryEnd } from "@pareidolia/persistence/lab/trajectories/writeTrajectories";
import { TrajectoryEnds } from "../ascent/trajectoryEnds.ts";
import type { RunToCheck } from "./figuresToCheck.ts";
import { compareFigures, type Report } from "./finding.ts";

/** The curve is scored in other batches than the last image, so their last bits differ. */
const batchTolerance = 1e-4;

export async function checkAscent({ row, name, plan, parameters, rows, report }: RunToCheck<"ascent">): Promise<boolean> {
  const stored: TrajectoryEnd[] = [];
  for await (const trajectory of rows("trajectories")) {
    checkCurve(trajectory, nameOf(trajectory, name), report);
    const {
      configuration,
      class: target,
      start,
      step,
      ended,
      search_confidence: confidence,
      stored_confidence: storedConfidence,
      image,
    } = trajectory;
    stored.push({ configuration, class: target, start, step, ended, confidence, storedConfidence, imageSha256: image });
  }
  for await (const milestone of rows("milestones"))
    if (milestone.level === 0)
      compareFigures(report, `the start of ${nameOf(milestone, name)}`, { "milestones.step": [milestone.step, 0] });
    else if (milestone.stored_confidence < milestone.level - batchTolerance)
      report({
        column: "milestones.level",
        place: `a milestone of ${nameOf(milestone, name)}`,
        stored: milestone.level,
        computed: milestone.stored_confidence,
      });
  const ends = new TrajectoryEnds({ plan, parameters }, stored);
  const { figures, evaluations } = ends;
  compareFigures(report, name, {
    "runs.median": [row.median, figures.median],
    "runs.fooling_count": [row.fooling_count, figures.foolingCount],
  });
  const hasEnded = row.state === "SUCCEEDED";
  // Trajectories that a worker lost start again, and their evaluations count once.
  if (hasEnded || row.evaluations < evaluations) compareFigures(report, name, { "runs.evaluations": [row.evaluations, evaluations] });
  if (hasEnded || row.archive_hash !== null) compareFigures(report, name, { "runs.archive_hash": [row.archive_hash, ends.hash()] });
  return ends.isComplete;
}

function nameOf(
  { configuration, class: target, start }: Pick<RowOf<"trajectories">, "configuration" | "class" | "start">,
  run: string,
): string {
  return `the trajectory ${configuration}.${target}.${start} of ${run}`;
}

/** The curve ends with the last step, if that is recorded. */
function checkCurve(row: RowOf<"trajectories">, place: string, report: Report): void {
  const at = row.curve_steps.indexOf(row.step);
  const last = row.curve_steps.at(-1) ?? 0;
  if (last > row.step) report({ column: "trajectories.curve_steps", place, stored: last, computed: row.step });
  if (at < 0) return;
  compareFigures(report, place, {
    "trajectories.curve_search_confidences": [row.curve_search_confidences[at] ?? null, row.search_confidence],
  });
  const stored = row.curve_stored_confidences[at] ?? 0;
  if (Math.abs(stored - row.stored_confidence) > batchTolerance)
    report({ column: "trajectories.curve_stored_confidences", place, stored, computed: row.stored_confidence });
}
