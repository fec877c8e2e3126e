/**
 * The three times of a run `r`, in seconds, its evaluations and its speed. Every list, page and file that shows them reads these expressions:
 *
 * - waited: from its creation until a worker first took it
 * - computed: how long workers had it, up to its last checkpoint while it runs
 * - elapsed: from its first start to its end, pauses and queues in between included; until it ends, to its last checkpoint
 *
 * They do not depend on the present time, so a run is at the same place on each page of a list.
 */
import type { RunKind } from "@pareidolia/core/runKinds/registry";
import { Prisma } from "../../generated/client.ts";

/** Null before its start, and for a run that was imported with an earlier start. */
export const waitedSeconds = Prisma.sql`CASE WHEN coalesce(r.started_at, r.ended_at) >= r.created_at
  THEN extract(epoch FROM coalesce(r.started_at, r.ended_at) - r.created_at)::double precision END`;

export const computedSeconds = Prisma.sql`r.compute_seconds`;

/** When it ended, or when its worker last saved it or left it. */
export const lastSaved = Prisma.sql`coalesce(r.ended_at, r.counted_at, r.updated_at)`;

/** Null before its start. */
export const elapsedSeconds = Prisma.sql`extract(epoch FROM ${lastSaved} - r.started_at)::double precision`;

/**
 * The evaluations that its own workers made: without those that a fork has from its original, and without those that an attack or a trajectory
 * skipped by ending early, which `runs.evaluations` counts so that the progress reaches 1.
 */
const madeEvaluations: Readonly<Record<RunKind, Prisma.Sql>> = {
  evolution: Prisma.sql`r.evaluations - coalesce(r.forked_from_generation + 1, 0) * (r.plan->>'offspring')::double precision`,
  ascent: Prisma.sql`(SELECT sum(t.step + 1) FROM trajectories t WHERE t.run_id = r.id)::double precision`,
  perturbation: Prisma.sql`(SELECT sum(p.steps) FROM perturbations p WHERE p.run_id = r.id)::double precision`,
  retraining: Prisma.sql`r.evaluations - coalesce(r.forked_from_generation, 0)
    * round((r.plan->>'evaluationGoal')::double precision / ((r.plan->>'iterations')::double precision + 1))`,
  imported: Prisma.sql`NULL::double precision`,
};

const made = Prisma.sql`CASE r.kind ${Prisma.join(
  Object.entries(madeEvaluations).map(([kind, count]) => Prisma.sql`WHEN ${kind} THEN ${count}`),
  " ",
)} END`;

/**
 * The evaluations of a run so far, with those that a fork has from its original: images scored by an evolution or a chain, gradients computed
 * by an ascent or an attack.
 */
export const evaluations = Prisma.sql`(CASE WHEN r.kind IN ('ascent', 'perturbation') THEN coalesce(${made}, 0)
  ELSE r.evaluations END + r.evaluations_under_way)::double precision`;

/** Of the maximum number of evaluations, those made and those that an early end made unnecessary. */
export const settledEvaluations = Prisma.sql`(r.evaluations::double precision + r.evaluations_under_way)`;

/** Evaluations per second of computing, over the whole run; null before its first checkpoint. */
export const meanSpeed = Prisma.sql`nullif(${made}, 0) / nullif(r.compute_seconds, 0)`;

/** Evaluations per second: between the last two checkpoints while the run is running, otherwise the mean over its computing. */
export const speed = Prisma.sql`CASE WHEN r.state = 'RUNNING' THEN r.speed ELSE ${meanSpeed} END`;

/** Adds the seconds since they were last counted, when a worker saves a run or leaves it. For SET in an update of `runs r`. */
export const countSeconds = Prisma.sql`compute_seconds = r.compute_seconds + coalesce(extract(epoch FROM now() - r.counted_at), 0),
  counted_at = now()`;
