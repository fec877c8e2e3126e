/** The next rung of a run whose sweep has successive halving: there the run leaves its worker and waits for the others. */
import { type RunKind, resourceOf, resourceUnitOf } from "@pareidolia/core/runKinds/registry";
import { resourceOfRung } from "@pareidolia/core/sweep/halving";
import type { RunOutcome } from "@pareidolia/persistence/lab/runs/commitRun";
import { findRung } from "@pareidolia/persistence/lab/sweeps/reachRung";
import { findSweeps } from "@pareidolia/persistence/lab/sweeps/readSweeps";
import type { RunSession } from "../runs/runSession.ts";

export interface NextRung {
  /** From 0. */
  readonly rung: number;
  /** In the resource of the run's kind. */
  readonly at: number;
  /** With which the run leaves its worker there. */
  readonly outcome: RunOutcome;
}

/** Null if the run is in no sweep with successive halving, if its sweep is cancelled, or if it ends before its next rung. */
export async function findNextRung({ run, context }: RunSession): Promise<NextRung | null> {
  const { connection } = context.database;
  const [sweep] = run.sweepId === null ? [] : await findSweeps(connection, [run.sweepId]);
  // The rungs of a cancelled sweep are never decided.
  const rule = sweep == null || sweep.state === "CANCELLED" ? null : sweep.plan.earlyStopping.halving;
  const rung = rule === null ? null : await findRung(connection, run.id);
  const end = resourceOf<RunKind>(run);
  if (rule === null || rung === null || end === null) return null;
  const at = resourceOfRung(rule, rung);
  if (at >= end) return null;
  const reason = `Waits at rung ${rung + 1}, after ${at.toLocaleString("en")} ${resourceUnitOf(run.kind)}, for the other runs of its sweep.`;
  return { rung, at, outcome: { state: "QUEUED", rung, reason } };
}
