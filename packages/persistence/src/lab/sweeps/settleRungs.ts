/**
 * Decides the rungs of sweeps with successive halving: when all runs of a rung have reached it or ended, the best points continue and the
 * runs of the others end. A decision is stored and never changes. A run that arrives later, because it was resumed after a failure, follows
 * the decision about its point.
 */
import { toNines } from "@pareidolia/core/nines";
import { decideRung, type HalvingRule, type RankedPoint, type RungEntry } from "@pareidolia/core/sweep/halving";
import { parseSweepPlan } from "@pareidolia/core/sweep/sweepPlan";
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";

interface WaitingSweep {
  readonly id: string;
  readonly document: unknown;
}

interface RungRun {
  readonly id: string;
  readonly point: number;
  readonly state: string;
  readonly rung: number;
  readonly waits: boolean;
  readonly stoppedBy: string | null;
  /** At the end of an ended run. */
  readonly median: number | null;
  /** At the rung; null before it has reached it. */
  readonly atRung: number | null;
}

const endedStates = new Set(["SUCCEEDED", "FAILED", "CRASHED", "CANCELLED"]);

function findWaitingSweeps(connection: Connection): Promise<WaitingSweep[]> {
  return connection.$queryRaw<WaitingSweep[]>`
    SELECT s.id, s.plan AS document FROM sweeps s
    WHERE s.state = 'RUNNING' AND s.id IN (SELECT r.sweep_id FROM ${liveRuns} r WHERE r.rung_reached_at IS NOT NULL AND r.state = 'QUEUED')
    ORDER BY s.id`;
}

/** The lowest rung at which runs of the sweep wait; null without one. */
async function findLowestRung(connection: Connection, sweepId: string): Promise<number | null> {
  const [row] = await connection.$queryRaw<{ rung: number | null }[]>`
    SELECT min(r.rung) AS rung FROM ${liveRuns} r WHERE r.sweep_id = ${sweepId} AND r.rung_reached_at IS NOT NULL AND r.state = 'QUEUED'`;
  return row?.rung ?? null;
}

function readRuns(connection: Connection, sweepId: string, rung: number): Promise<RungRun[]> {
  return connection.$queryRaw<RungRun[]>`
    SELECT r.id, r.sweep_point AS point, r.state::text, r.rung, r.rung_reached_at IS NOT NULL AS waits, r.stopped_by AS "stoppedBy", r.median,
      result.median AS "atRung"
    FROM ${liveRuns} r LEFT JOIN rung_results result ON result.run_id = r.id AND result.rung = ${rung}
    WHERE r.sweep_id = ${sweepId} ORDER BY r.number`;
}

export async function readRungDecisions(connection: Connection, sweepId: string, rung: number): Promise<RankedPoint[]> {
  return connection.$queryRaw<RankedPoint[]>`
    SELECT point, nines, runs, rank, kept FROM rung_decisions WHERE sweep_id = ${sweepId} AND rung = ${rung} ORDER BY rank`;
}

/** A run whose own plan ends before the rung counts with its last value. */
function resultOf({ atRung, state, stoppedBy, median }: RungRun): number[] {
  const value = atRung ?? (state === "SUCCEEDED" && stoppedBy !== "HALVING" ? median : null);
  return value === null ? [] : [toNines(value)];
}

/** Null while a run has neither reached the rung nor ended. */
function entriesOf(runs: readonly RungRun[], rung: number): readonly RungEntry[] | null {
  const isOpen = (run: RungRun): boolean => !endedStates.has(run.state) && !(run.state === "QUEUED" && run.waits) && run.rung <= rung;
  if (runs.some(isOpen)) return null;
  const points = [...new Set(runs.map(({ point }) => point))].sort((a, b) => a - b);
  return points.map((point) => ({ point, results: runs.filter((run) => run.point === point).flatMap(resultOf) }));
}

async function writeDecisions(connection: Connection, sweepId: string, rung: number, ranked: readonly RankedPoint[]): Promise<void> {
  await connection.rungDecision.createMany({ data: ranked.map((entry) => ({ sweepId, rung, ...entry })) });
}

function reasonOf(
  { nines, rank }: RankedPoint,
  { rung, entered, kept }: { readonly rung: number; readonly entered: number; readonly kept: number },
): string {
  const text = nines === null ? "without a result" : `with ${nines.toFixed(2)} nines`;
  return `Stopped at rung ${rung + 1}: its point came ${rank} of ${entered}, ${text}; the best ${kept} continue.`;
}

async function promote(connection: Connection, runIds: readonly string[], rung: number): Promise<void> {
  await connection.$executeRaw`
    UPDATE runs SET rung = ${rung + 1}, rung_reached_at = NULL, updated_at = now()
    WHERE id = ANY (${[...runIds]}) AND rung = ${rung} AND state = 'QUEUED' AND rung_reached_at IS NOT NULL`;
}

/** Ends waiting runs. Their archives are complete up to the rung. */
async function stop(connection: Connection, stopped: readonly { readonly id: string; readonly reason: string }[]): Promise<void> {
  await connection.$queryRaw`
    WITH chosen AS (
      SELECT id, reason FROM jsonb_to_recordset(${JSON.stringify(stopped)}::jsonb) AS c (id text, reason text)
    ), ended AS (
      UPDATE runs r SET state = 'SUCCEEDED', stopped_by = 'HALVING', rung_reached_at = NULL, ended_at = now(), updated_at = now(),
        event_seq = event_seq + 1
      FROM chosen WHERE r.id = chosen.id AND r.state = 'QUEUED' AND r.rung_reached_at IS NOT NULL
      RETURNING r.id, r.event_seq AS seq, chosen.reason
    ), freed AS (
      DELETE FROM run_checkpoints WHERE run_id IN (SELECT id FROM ended)
    ), event AS (
      INSERT INTO run_events (run_id, seq, kind, payload)
      SELECT id, seq, 'STATE', jsonb_build_object('from', 'QUEUED', 'to', 'SUCCEEDED', 'reason', reason) FROM ended
      RETURNING run_id, seq
    )
    SELECT pg_notify('pareidolia_run_events', run_id || ':' || seq)::text FROM event`;
}

/** Decides the rung if it is complete, and applies its decision to the runs that wait at it. False if nothing changed. */
async function settleRung(connection: Connection, sweepId: string, rung: number, rule: HalvingRule): Promise<boolean> {
  const runs = await readRuns(connection, sweepId, rung);
  const waiting = runs.filter((run) => run.state === "QUEUED" && run.waits && run.rung === rung);
  let decisions = await readRungDecisions(connection, sweepId, rung);
  if (decisions.length === 0) {
    const before = rung === 0 ? null : await readRungDecisions(connection, sweepId, rung - 1);
    const continuing = before === null ? null : new Set(before.flatMap(({ point, kept }) => (kept ? [point] : [])));
    const entered = runs.filter(({ point }) => continuing === null || continuing.has(point));
    const entries = entriesOf(entered, rung);
    if (entries === null) return false;
    decisions = [...decideRung(entries, rule.eta)];
    await writeDecisions(connection, sweepId, rung, decisions);
  }
  const byPoint = new Map(decisions.map((decision) => [decision.point, decision]));
  const isKept = ({ point }: RungRun): boolean => byPoint.get(point)?.kept === true;
  const size = { rung, entered: decisions.length, kept: decisions.filter(({ kept }) => kept).length };
  const reasonFor = ({ point }: RungRun): string => {
    const decision = byPoint.get(point);
    return decision === undefined ? `Stopped at rung ${rung + 1}: its point was not ranked.` : reasonOf(decision, size);
  };
  await promote(
    connection,
    waiting.filter(isKept).map(({ id }) => id),
    rung,
  );
  await stop(
    connection,
    waiting.filter((run) => !isKept(run)).map((run) => ({ id: run.id, reason: reasonFor(run) })),
  );
  return waiting.length > 0;
}

/** The caller holds the lock of admissions, so no two transactions decide the same rung. */
export async function settleRungs(connection: Connection): Promise<void> {
  for (const { id, document } of await findWaitingSweeps(connection)) {
    const { halving } = parseSweepPlan(document).earlyStopping;
    const rung = halving === null ? null : await findLowestRung(connection, id);
    if (halving !== null && rung !== null) await settleRung(connection, id, rung, halving);
  }
}
