/**
 * Runs a gradient ascent: batches of classes and starts climb together, step by step, one configuration of a search after the
 * other. Results are stored about every second; the state to resume from in the middle of a batch less often, and whenever the
 * worker leaves the run.
 */
import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { stepAscent } from "@pareidolia/ascent/runAscent";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import { trajectoryIdOf } from "@pareidolia/persistence/database/deterministicIds";
import type { ScoredImage } from "@pareidolia/persistence/images/writeImages";
import { type RunOutcome, readRunCheckpoint } from "@pareidolia/persistence/runs/commitRun";
import { readTrajectoryEnds, writeTrajectories } from "@pareidolia/persistence/trajectories/writeTrajectories";
import { openSource } from "../runs/openSource.ts";
import type { RunSession } from "../runs/runSession.ts";
import { type AscentBatch, openAscent, openBatches, restoreAscent } from "./ascentBatches.ts";
import { storeTrajectories } from "./storeTrajectories.ts";
import { TrajectoryEnds } from "./trajectoryEnds.ts";

/** States are some megabytes each. */
const secondsBetweenStates = 30;

/** The batch that climbs now. */
interface Climb {
  readonly batch: AscentBatch;
  readonly ascent: GradientAscent;
}

interface SaveOptions {
  readonly outcome: RunOutcome | null;
  /** Whether to store the state to resume from. */
  readonly withState: boolean;
}

const allEnded: RunOutcome = { state: "SUCCEEDED", reason: "All trajectories have ended." };

class AscentWork {
  readonly #session: RunSession<"ascent">;
  readonly #classifier: DifferentiableClassifier;
  readonly #ends: TrajectoryEnds;
  readonly #scored = new WeakMap<ByteImage, ScoredImage>();
  #since = performance.now();
  #stateSince = performance.now();

  constructor(session: RunSession<"ascent">, classifier: DifferentiableClassifier, ends: TrajectoryEnds) {
    this.#session = session;
    this.#classifier = classifier;
    this.#ends = ends;
  }

  /** Climbs until the batch has ended, which is not saved yet, or there is a request to stop, which is. */
  async climb(climb: Climb): Promise<RunOutcome | null> {
    const session = this.#session;
    this.#stateSince = performance.now();
    while (!climb.ascent.isDone) {
      const outcome = session.request;
      if (outcome !== null) {
        await this.save(climb, { outcome, withState: true });
        return outcome;
      }
      await stepAscent({ ascent: climb.ascent, classifier: this.#classifier, signal: session.lost });
      const milliseconds = performance.now();
      if (milliseconds - this.#since < session.context.checkpointSeconds * 1000) continue;
      const withState = milliseconds - this.#stateSince >= secondsBetweenStates * 1000;
      await this.save(climb, { outcome: null, withState });
      if (withState) this.#stateSince = milliseconds;
    }
    return null;
  }

  async save(climb: Climb | null, { outcome, withState }: SaveOptions): Promise<void> {
    const { run, context, retry } = this.#session;
    const { id: runId, modelId } = run;
    const ends = this.#ends;
    const storing = { classifier: this.#classifier, objectStore: context.objectStore, retry, ends, scored: this.#scored };
    const trajectories = climb === null ? [] : await storeTrajectories(climb.batch.trajectories, climb.ascent, storing);
    const before = ends.evaluations;
    ends.update(trajectories);
    const { evaluations, foolingCount } = ends;
    const seconds = (performance.now() - this.#since) / 1000;
    const trajectoryIds = trajectories.map((trajectory) => trajectoryIdOf(runId, trajectory));
    await this.#session.save({
      evaluations,
      speed: evaluations > before && seconds > 0 ? (evaluations - before) / seconds : null,
      median: ends.median,
      foolingCount,
      resultHash: outcome?.state === "SUCCEEDED" ? ends.hash() : null,
      checkpoint: withState && climb !== null ? climb.ascent.serialise() : undefined,
      event: trajectories.length === 0 ? null : { kind: "PROGRESS", payload: { trajectoryIds } },
      outcome,
      write: (connection) => writeTrajectories(connection, { runId, modelId, trajectories }),
    });
    this.#since = performance.now();
  }
}

export async function ascend(session: RunSession<"ascent">): Promise<RunOutcome> {
  const { run } = session;
  const { database, objectStore, log } = session.context;
  const { connection } = database;
  const classifier = await session.openClassifier();
  const source = await openSource(run.plan.source, classifier.input, objectStore);
  const image = source === null ? null : toFloatImage(source);
  const ends = new TrajectoryEnds(run, await session.retrying(() => readTrajectoryEnds(connection, run.id)));
  const checkpoint = await session.retrying(() => readRunCheckpoint(connection, run.id));
  const batches = openBatches(run, classifier.input, ends);
  const work = new AscentWork(session, classifier, ends);
  log.info({ runId: run.id, batches: batches.length }, "ascent is running");
  let climb: Climb | null = null;
  for (const [i, batch] of batches.entries()) {
    const ascent = openAscent(batch, { run, classifier, image });
    if (i === 0) restoreAscent(ascent, checkpoint);
    climb = { batch, ascent };
    const outcome = await work.climb(climb);
    if (outcome !== null) return outcome;
    if (i < batches.length - 1) await work.save(climb, { outcome: null, withState: false });
  }
  await work.save(climb, { outcome: allEnded, withState: false });
  return allEnded;
}
