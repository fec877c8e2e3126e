/**
 * Carries out a gradient ascent: batch after batch of classes and starts climbs together, step by step, one configuration of a
 * search after the other. What has been reached is stored about every second; what it takes to go on in the middle of a batch
 * less often, and whenever the run is let go.
 */

import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { stepAscent } from "@pareidolia/ascent/runAscent";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import type { JobData } from "@pareidolia/jobs/jobs";
import { commitProgress, type ProgressOutcome, readRunCheckpoint } from "@pareidolia/persistence/runs/commitProgress";
import { trajectoryIdOf } from "@pareidolia/persistence/runs/deterministicIds";
import { writeManifest } from "@pareidolia/persistence/runs/lease";
import type { ScoredPicture } from "@pareidolia/persistence/runs/writePictures";
import { readTrajectoryEnds, writeTrajectories } from "@pareidolia/persistence/runs/writeTrajectories";
import { type AscentBatch, openAscent, openBatches, restoreAscent } from "../ascent/ascentBatches.ts";
import { readAscentPlan } from "../ascent/ascentPlan.ts";
import { storeTrajectories } from "../ascent/storeTrajectories.ts";
import { TrajectoryEnds } from "../ascent/trajectoryEnds.ts";
import { retrying } from "../retrying.ts";
import { carryOutRun, type HeldRun, modelOf, outcomeOf, type RunContext } from "../runs/carryOutRun.ts";
import { extendManifest } from "../runs/manifest.ts";
import { openSource } from "../runs/openSource.ts";

/** States are some megabytes each. */
const secondsBetweenStates = 30;

/** What is being climbed, where something is. */
interface Under {
  readonly batch: AscentBatch;
  readonly ascent: GradientAscent;
}

async function ascend({ run, lease, held, retry }: HeldRun, context: RunContext): Promise<ProgressOutcome> {
  const { database, objectStore, queue, leaseSeconds, stop, log } = context;
  const { connection } = database;
  const classifier = await context.openClassifier(modelOf(run));
  await retrying(() => writeManifest(connection, lease, extendManifest(run, classifier)), retry);
  const source = await openSource(run, classifier.input, objectStore);
  const image = source === null ? null : toFloatImage(source);
  const plan = readAscentPlan(run);
  const ends = new TrajectoryEnds(plan, await retrying(() => readTrajectoryEnds(connection, run.id), retry));
  const checkpoint = await retrying(() => readRunCheckpoint(connection, run.id), retry);
  const batches = openBatches(plan, classifier.input, ends);
  const scored = new WeakMap<ByteImage, ScoredPicture>();
  let since = performance.now();

  const save = async (under: Under | null, outcome: ProgressOutcome | null, withState: boolean): Promise<void> => {
    const trajectories =
      under === null
        ? []
        : await storeTrajectories(under.batch.trajectories, under.ascent, { classifier, objectStore, retry, ends, scored });
    const before = ends.evaluations;
    ends.update(trajectories);
    const { evaluations, foolingCount } = ends;
    const seconds = (performance.now() - since) / 1000;
    const figures = {
      evaluations,
      speed: evaluations > before && seconds > 0 ? (evaluations - before) / seconds : null,
      median: ends.median,
      foolingCount,
      resultHash: outcome?.state === "SUCCEEDED" ? ends.hash() : null,
    };
    const commit = () =>
      database.transaction(async (transaction) => {
        await commitProgress(
          transaction,
          {
            ...lease,
            leaseSeconds,
            ...figures,
            checkpoint: withState && under !== null ? under.ascent.serialise() : undefined,
            changed: trajectories.length === 0 ? null : { trajectoryIds: trajectories.map((one) => trajectoryIdOf(run.id, one)) },
            outcome,
          },
          (inside) => writeTrajectories(inside, { runId: run.id, modelId: run.modelId, trajectories }),
        );
        if (outcome?.state === "QUEUED") await queue.enqueue(transaction.executor, "carryOutRun", { runId: run.id });
      });
    await retrying(commit, retry);
    since = performance.now();
  };

  log.info({ runId: run.id, configurations: plan.configurations.length, batches: batches.length }, "ascent is under way");
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
  return carryOutRun(runId, context, ascend);
}
