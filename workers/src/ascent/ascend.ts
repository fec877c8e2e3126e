/**
 * Runs a gradient ascent in batches of trajectories, one configuration of a search after the other. Results are stored about every
 * second. The state from which a batch can be resumed is stored less often, and whenever the worker leaves the run.
 */
import type { GradientAscent } from "@pareidolia/ascent/gradientAscent";
import { stepAscent } from "@pareidolia/ascent/runAscent";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import { writeStepHashes } from "@pareidolia/persistence/lab/hashChains/writeStepHashes";
import type { ScoredImage } from "@pareidolia/persistence/lab/images/writeImages";
import { type RunOutcome, readRunCheckpoint } from "@pareidolia/persistence/lab/runs/commitRun";
import { readTrajectoryEnds, writeTrajectories } from "@pareidolia/persistence/lab/trajectories/writeTrajectories";
import { trajectoryIdOf } from "@pareidolia/persistence/server/database/deterministicIds";
import { openStepChain } from "../hashChain/openStepChain.ts";
import type { StepChain } from "../hashChain/stepChain.ts";
import { openSource } from "../runs/openSource.ts";
import type { RunSession } from "../runs/runSession.ts";
import { findNextRung, type NextRung } from "../sweeps/nextRung.ts";
import { type AscentBatch, openAscent, openBatches, restoreAscent } from "./ascentBatches.ts";
import { storeTrajectories } from "./storeTrajectories.ts";
import { TrajectoryEnds } from "./trajectoryEnds.ts";

/** A state has several megabytes. */
const secondsBetweenStates = 30;

interface ActiveBatch {
  readonly batch: AscentBatch;
  readonly ascent: GradientAscent;
}

interface SaveOptions {
  readonly outcome: RunOutcome | null;
  /** Whether to store the state from which the batch can be resumed. */
  readonly withState: boolean;
}

const allEnded: RunOutcome = { state: "SUCCEEDED", reason: "All trajectories have ended." };

class AscentWork {
  readonly #session: RunSession<"ascent">;
  readonly #classifier: DifferentiableClassifier;
  readonly #ends: TrajectoryEnds;
  readonly #chain: StepChain;
  readonly #nextRung: NextRung | null;
  readonly #scored = new WeakMap<ByteImage, ScoredImage>();
  #savedAt = performance.now();
  #stateSavedAt = performance.now();

  constructor(
    session: RunSession<"ascent">,
    {
      classifier,
      ends,
      chain,
      nextRung,
    }: {
      readonly classifier: DifferentiableClassifier;
      readonly ends: TrajectoryEnds;
      readonly chain: StepChain;
      readonly nextRung: NextRung | null;
    },
  ) {
    this.#session = session;
    this.#classifier = classifier;
    this.#ends = ends;
    this.#chain = chain;
    this.#nextRung = nextRung;
  }

  /** Returns null at the end of the batch, before its last steps are saved, or the requested outcome, after saving. */
  async runBatch(active: ActiveBatch): Promise<RunOutcome | null> {
    const session = this.#session;
    this.#stateSavedAt = performance.now();
    while (!active.ascent.isDone) {
      const outcome = session.requestedOutcome ?? this.#outcomeAtRung(active);
      if (outcome !== null) {
        await this.save(active, { outcome, withState: true });
        return outcome;
      }
      await stepAscent({ ascent: active.ascent, classifier: this.#classifier, signal: session.lost });
      const now = performance.now();
      if (now - this.#savedAt < session.context.checkpointSeconds * 1000) continue;
      const withState = now - this.#stateSavedAt >= secondsBetweenStates * 1000;
      await this.save(active, { outcome: null, withState });
      if (withState) this.#stateSavedAt = now;
    }
    return null;
  }

  #outcomeAtRung({ batch, ascent }: ActiveBatch): RunOutcome | null {
    if (this.#nextRung === null) return null;
    const states = ascent.results.map(({ last, end }) => ({ step: last?.step ?? -1, ended: end !== null }));
    return this.#ends.evaluationsWith(batch.trajectories, states) >= this.#nextRung.at ? this.#nextRung.outcome : null;
  }

  async save(active: ActiveBatch | null, { outcome, withState }: SaveOptions): Promise<void> {
    const { run, context, retry } = this.#session;
    const { id: runId, modelId } = run;
    const ends = this.#ends;
    const storing = { classifier: this.#classifier, objectStore: context.objectStore, retry, ends, scored: this.#scored };
    const trajectories = active === null ? [] : await storeTrajectories(active.batch.trajectories, active.ascent, storing);
    const before = ends.gradients;
    ends.update(trajectories);
    const { evaluations, gradients, figures } = ends;
    const hashes = ends.extend(this.#chain);
    const seconds = (performance.now() - this.#savedAt) / 1000;
    const trajectoryIds = trajectories.map((trajectory) => trajectoryIdOf(runId, trajectory));
    await this.#session.save({
      evaluations,
      speed: gradients > before && seconds > 0 ? (gradients - before) / seconds : null,
      ...figures,
      // A run that waits at a rung may end there.
      resultHash: outcome?.state === "SUCCEEDED" || outcome?.rung !== undefined ? ends.hash() : null,
      checkpoint: withState && active !== null ? active.ascent.serialise() : undefined,
      event: trajectories.length === 0 ? null : { kind: "PROGRESS", payload: { trajectoryIds } },
      outcome,
      async write(connection) {
        await writeTrajectories(connection, { runId, modelId, trajectories });
        await writeStepHashes(connection, { runId, hashes });
      },
    });
    this.#savedAt = performance.now();
  }
}

export async function ascend(session: RunSession<"ascent">): Promise<RunOutcome> {
  const { run } = session;
  const { database, objectStore, log } = session.context;
  const { connection } = database;
  const classifier = await session.openClassifier();
  const source = await openSource(run.plan.source, classifier.input, objectStore);
  const image = source === null ? null : toFloatImage(source);
  const ends = new TrajectoryEnds(run, await session.withRetries(() => readTrajectoryEnds(connection, run.id)));
  const checkpoint = await session.withRetries(() => readRunCheckpoint(connection, run.id));
  const batches = openBatches(run, classifier.input, ends);
  const chain = await session.withRetries(() => openStepChain(connection, run));
  const nextRung = await session.withRetries(() => findNextRung(session));
  const work = new AscentWork(session, { classifier, ends, chain, nextRung });
  log.info({ runId: run.id, batches: batches.length }, "ascent is running");
  let active: ActiveBatch | null = null;
  for (const [i, batch] of batches.entries()) {
    const ascent = openAscent(batch, { run, classifier, image });
    if (i === 0) restoreAscent(ascent, checkpoint);
    active = { batch, ascent };
    const outcome = await work.runBatch(active);
    if (outcome !== null) return outcome;
    if (i < batches.length - 1) await work.save(active, { outcome: null, withState: false });
  }
  await work.save(active, { outcome: allEnded, withState: false });
  return allEnded;
}
