/**
 * Runs a perturbation: one attack per bound, each stored as soon as it is done, so that a resumed run computes only the missing
 * attacks. An attack may take hours: its progress is stored about every second, and it can stop between two evaluations. It has no
 * checkpoint; an interrupted attack starts again, with the same result.
 */
import type { AttackProgress } from "@pareidolia/ascent/perturbation/runAttack";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { type ByteImage, toFloatImage } from "@pareidolia/core/image";
import { evaluationsPerAttack } from "@pareidolia/core/runKinds/perturbation";
import { topClass } from "@pareidolia/core/topClass";
import { writeStepHashes } from "@pareidolia/persistence/lab/hashChains/writeStepHashes";
import {
  type PerturbationEnd,
  readPerturbationEnds,
  type StoredPerturbation,
  writePerturbations,
} from "@pareidolia/persistence/lab/perturbations/writePerturbations";
import type { RunOutcome } from "@pareidolia/persistence/lab/runs/commitRun";
import { perturbationIdOf } from "@pareidolia/persistence/server/database/deterministicIds";
import { figuresOfAttacks } from "../figures/runFigures.ts";
import { openStepChain } from "../hashChain/openStepChain.ts";
import type { StepChain } from "../hashChain/stepChain.ts";
import { openSource } from "../runs/openSource.ts";
import type { RunSession } from "../runs/runSession.ts";
import { findNextRung, type NextRung } from "../sweeps/nextRung.ts";
import { attack, boundsOf } from "./attack.ts";
import { extendByAttacks, hashPerturbations } from "./hashPerturbations.ts";

type PerturbationSession = RunSession<"perturbation">;

const notStarted: AttackProgress = { iterations: 0, maximum: 1 };

class PerturbationWork {
  readonly #session: PerturbationSession;
  readonly #bounds: readonly (number | null)[];
  readonly #chain: StepChain;
  #ends: readonly PerturbationEnd[];
  /** Progress of the running attack. */
  #progress = notStarted;
  /** Evaluations since the last save, without those that attacks skipped by ending early. */
  #unsavedEvaluations = 0;
  #savedAt = performance.now();

  constructor(session: PerturbationSession, ends: readonly PerturbationEnd[], chain: StepChain) {
    this.#session = session;
    this.#chain = chain;
    this.#bounds = boundsOf(session.run);
    this.#ends = ends;
  }

  /** @throws AppError INVALID_INPUT if the source has the target's label already: attacks would change nothing and count as successes. */
  async checkTarget(classifier: DifferentiableClassifier, source: ByteImage): Promise<void> {
    const { run, signal } = this.#session;
    const { target } = run.plan;
    if (target === null || this.#ends.length > 0) return;
    const { probabilities } = await classifier.predict([toFloatImage(source)], signal);
    if (topClass(probabilities) !== target) return;
    const label = run.modelLabels[target] ?? target;
    throw new AppError("INVALID_INPUT", `The network already labels the source ${label}. Start a new run with another target.`);
  }

  /** A rung is reached between two attacks. */
  async attackAll(classifier: DifferentiableClassifier, source: ByteImage, nextRung: NextRung | null): Promise<RunOutcome> {
    const session = this.#session;
    const { run, retry, signal } = session;
    const { objectStore } = session.context;
    for (const [index, bound] of this.#bounds.entries()) {
      if (this.#ends.some((end) => end.index === index)) continue;
      const isAtRung = nextRung !== null && this.#ends.length * evaluationsPerAttack(run.plan) >= nextRung.at;
      if (isAtRung && session.requestedOutcome === null) {
        await this.#save(null, nextRung.outcome);
        return nextRung.outcome;
      }
      try {
        session.checkForStop();
        signal.throwIfAborted();
        const options = { run, classifier, source, index, bound, signal, onProgress: this.#onProgress };
        await this.#save(await attack(options, { classifier, objectStore, retry }), null);
      } catch (error) {
        const { stopOutcome } = session;
        if (stopOutcome === null) throw error;
        await this.#save(null, stopOutcome);
        return stopOutcome;
      }
    }
    const outcome: RunOutcome = { state: "SUCCEEDED", reason: "All bounds are tried." };
    await this.#save(null, outcome);
    return outcome;
  }

  readonly #onProgress = async (progress: AttackProgress): Promise<void> => {
    const { run, signal, context } = this.#session;
    this.#session.checkForStop();
    if (progress.iterations > this.#progress.iterations) this.#unsavedEvaluations += evaluationsPerAttack(run.plan) / progress.maximum;
    this.#progress = progress;
    const seconds = (performance.now() - this.#savedAt) / 1000;
    if (seconds >= context.checkpointSeconds && !signal.aborted) await this.#save(null, null);
  };

  async #save(done: StoredPerturbation | null, outcome: RunOutcome | null): Promise<void> {
    const { id: runId, modelId, plan } = this.#session.run;
    const ends =
      done === null ? this.#ends : [...this.#ends, { ...done, imageSha256: done.image.image.sha256 }].sort((a, b) => a.index - b.index);
    // An interrupted attack starts again when the run resumes; a cancelled attack keeps its evaluations.
    const startsAgain = outcome?.state === "PAUSED" || outcome?.state === "QUEUED";
    const progress = done === null && !startsAgain ? this.#progress : notStarted;
    // An attack that ended early counts with its maximum.
    const perAttack = evaluationsPerAttack(plan);
    const seconds = (performance.now() - this.#savedAt) / 1000;
    const hashes = extendByAttacks(this.#chain, ends);
    await this.#session.save({
      evaluations: ends.length * perAttack,
      // A running attack is not complete before its result is stored.
      evaluationsUnderWay: Math.min(perAttack - 1, Math.floor((progress.iterations * perAttack) / progress.maximum)),
      speed: this.#unsavedEvaluations > 0 && seconds > 0 ? this.#unsavedEvaluations / seconds : null,
      ...figuresOfAttacks(ends),
      // A run that waits at a rung may end there.
      resultHash: outcome?.state === "SUCCEEDED" || outcome?.rung !== undefined ? hashPerturbations(ends) : null,
      event: done === null ? null : { kind: "PROGRESS", payload: { perturbationIds: [perturbationIdOf(runId, done.index)] } },
      outcome,
      async write(connection) {
        await writePerturbations(connection, { runId, modelId, perturbations: done === null ? [] : [done] });
        await writeStepHashes(connection, { runId, hashes });
      },
    });
    this.#ends = ends;
    this.#progress = progress;
    this.#savedAt = performance.now();
    this.#unsavedEvaluations = 0;
  }
}

export async function perturb(session: PerturbationSession): Promise<RunOutcome> {
  const { run } = session;
  const { database, objectStore } = session.context;
  const ends = await session.withRetries(() => readPerturbationEnds(database.connection, run.id));
  const chain = await session.withRetries(() => openStepChain(database.connection, run));
  const classifier = await session.openClassifier();
  const source = await openSource(run.plan.source, classifier.input, objectStore);
  if (source === null) throw new AppError("CORRUPT_DATA", "This run's source image no longer exists. Start a new run.");
  const nextRung = await session.withRetries(() => findNextRung(session));
  const work = new PerturbationWork(session, ends, chain);
  await work.checkTarget(classifier, source);
  return work.attackAll(classifier, source, nextRung);
}
