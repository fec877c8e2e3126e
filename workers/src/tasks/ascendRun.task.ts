/**
 * Carries out a gradient ascent: batch after batch of classes and starts climbs together, step by step. What has been reached
 * is stored about every second; what it takes to go on in the middle of a batch less often, and whenever the run is let go.
 */

import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { stepAscent } from "@pareidolia/ascent/runAscent";
import { toFloatImage } from "@pareidolia/core/image";
import { median } from "@pareidolia/evolution/statistics";
import type { JobData } from "@pareidolia/jobs/jobs";
import { commitProgress, type ProgressOutcome, readRunCheckpoint } from "@pareidolia/persistence/runs/commitProgress";
import { trajectoryIdOf } from "@pareidolia/persistence/runs/deterministicIds";
import { writeManifest } from "@pareidolia/persistence/runs/lease";
import { readTrajectoryEnds, type TrajectoryEnd, writeTrajectories } from "@pareidolia/persistence/runs/writeTrajectories";
import { type Climb, climbsOf, hashTrajectories, openAscent, openBatches, restoreAscent } from "../ascent/ascentBatches.ts";
import { storeTrajectories } from "../ascent/storeTrajectories.ts";
import { retrying } from "../retrying.ts";
import { carryOutRun, type HeldRun, modelOf, outcomeOf, type RunContext } from "../runs/carryOutRun.ts";
import { foolingConfidence } from "../runs/fooling.ts";
import { extendManifest } from "../runs/manifest.ts";
import { openSource } from "../runs/openSource.ts";

/** States are some megabytes each. */
const secondsBetweenStates = 30;

function evaluationsOf(ends: readonly TrajectoryEnd[], budget: number): number {
  // One that has ended early spends no more: its whole budget counts as done.
  return ends.reduce((sum, end) => sum + (end.ended ? budget : end.step + 1), 0);
}

async function ascend({ run, lease, held, retry }: HeldRun, context: RunContext): Promise<ProgressOutcome> {
  const { database, objectStore, queue, leaseSeconds, stop, log } = context;
  const { connection } = database;
  const classifier = await context.openClassifier(modelOf(run));
  await retrying(() => writeManifest(connection, lease, extendManifest(run, classifier)), retry);
  const source = run.sourceSha256 === null ? null : await openSource(run.sourceSha256, classifier.input, objectStore);
  const image = source === null ? null : toFloatImage(source);
  const climbs = climbsOf(run);
  const budget = Number(run.parameters["iterations"]);
  let ends: readonly TrajectoryEnd[] = await retrying(() => readTrajectoryEnds(connection, run.id), retry);
  const checkpoint = await retrying(() => readRunCheckpoint(connection, run.id), retry);
  const batches = openBatches(climbs, classifier.input, ends);
  let evaluations = evaluationsOf(ends, budget);
  let since = performance.now();

  const save = async (
    under: { readonly batch: readonly Climb[]; readonly ascent: GradientAscent } | null,
    outcome: ProgressOutcome | null,
    withState: boolean,
  ): Promise<void> => {
    const trajectories = under === null ? [] : await storeTrajectories(under.batch, under.ascent, { classifier, objectStore, retry });
    const known = new Map(ends.map((end) => [`${end.class}:${end.start}`, end]));
    for (const { last, milestones: _, curve: __, ...climb } of trajectories)
      known.set(`${climb.class}:${climb.start}`, {
        ...climb,
        step: last.step,
        storedConfidence: last.storedConfidence,
        imageSha256: last.image.sha256,
      });
    const now = [...known.values()].sort((a, b) => a.class - b.class || a.start - b.start);
    const done = evaluationsOf(now, budget);
    const seconds = (performance.now() - since) / 1000;
    const confidences = now.map(({ storedConfidence }) => storedConfidence);
    const commit = () =>
      database.transaction(async (transaction) => {
        await commitProgress(
          transaction,
          {
            ...lease,
            leaseSeconds,
            evaluations: done,
            speed: done > evaluations && seconds > 0 ? (done - evaluations) / seconds : null,
            median: confidences.length === 0 ? null : median(confidences),
            foolingCount: confidences.filter((confidence) => confidence >= foolingConfidence).length,
            resultHash: outcome?.state === "SUCCEEDED" ? hashTrajectories(now) : null,
            checkpoint: withState && under !== null ? under.ascent.serialise() : undefined,
            changed: trajectories.length === 0 ? null : { trajectoryIds: trajectories.map((one) => trajectoryIdOf(run.id, one)) },
            outcome,
          },
          (inside) => writeTrajectories(inside, { runId: run.id, modelId: run.modelId, trajectories }),
        );
        if (outcome?.state === "QUEUED") await queue.enqueue(transaction.executor, "carryOutRun", { runId: run.id });
      });
    await retrying(commit, retry);
    [ends, evaluations, since] = [now, done, performance.now()];
  };

  log.info({ runId: run.id, trajectories: climbs.length }, "ascent is under way");
  for (const [i, batch] of batches.entries()) {
    const ascent = openAscent(batch, { run, classifier, image });
    if (i === 0) restoreAscent(ascent, checkpoint);
    let stateSince = performance.now();
    while (!ascent.isDone) {
      const outcome = outcomeOf(held, stop, null);
      if (outcome !== null) {
        await save({ batch, ascent }, outcome, true);
        return outcome;
      }
      await stepAscent({ ascent, classifier, signal: held.lost });
      const milliseconds = performance.now();
      if (milliseconds - since >= context.checkpointSeconds * 1000) {
        const withState = milliseconds - stateSince >= secondsBetweenStates * 1000;
        await save({ batch, ascent }, null, withState);
        if (withState) stateSince = milliseconds;
      }
    }
    if (i < batches.length - 1) await save({ batch, ascent }, null, false);
    else {
      const outcome: ProgressOutcome = { state: "SUCCEEDED", reason: "All trajectories have ended." };
      await save({ batch, ascent }, outcome, false);
      return outcome;
    }
  }
  const outcome: ProgressOutcome = { state: "SUCCEEDED", reason: "All trajectories have ended." };
  await save(null, outcome, false);
  return outcome;
}

export function ascendRun({ runId }: JobData["carryOutRun"], context: RunContext): Promise<void> {
  return carryOutRun(runId, context, (run) => ascend(run, context));
}
