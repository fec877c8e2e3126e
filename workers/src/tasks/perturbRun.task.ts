/**
 * Carries out a perturbation: one attack a bound, each stored as soon as it is done, so that a resumed run does only what is missing.
 * An attack may take hours: how far it is is stored about every second, and it is let go between two looks at the network. It has no
 * checkpoint; one that was under way begins again, to the same result.
 */

import { type AttackProgress, runAttack } from "@pareidolia/ascent/perturbation/runAttack";
import { getAttack } from "@pareidolia/ascent/registry";
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import { foolingConfidence } from "@pareidolia/core/foolingConfidence";
import type { ByteImage } from "@pareidolia/core/image";
import { topClass } from "@pareidolia/core/topClass";
import { median } from "@pareidolia/evolution/statistics";
import type { JobData } from "@pareidolia/jobs/jobs";
import type { ClaimedRun } from "@pareidolia/persistence/runs/claimRun";
import { commitProgress, type ProgressOutcome } from "@pareidolia/persistence/runs/commitProgress";
import { perturbationIdOf } from "@pareidolia/persistence/runs/deterministicIds";
import { writeManifest } from "@pareidolia/persistence/runs/lease";
import {
  type PerturbationEnd,
  readPerturbationEnds,
  type StoredPerturbation,
  writePerturbations,
} from "@pareidolia/persistence/runs/writePerturbations";
import { hashPerturbations } from "../perturbation/hashPerturbations.ts";
import { retrying } from "../retrying.ts";
import { carryOutRun, type HeldRun, modelOf, type RunContext } from "../runs/carryOutRun.ts";
import { LetGo } from "../runs/letGo.ts";
import { extendManifest } from "../runs/manifest.ts";
import { openSource } from "../runs/openSource.ts";
import { type ScoreOptions, scorePictures } from "../runs/scorePictures.ts";

interface Asked {
  readonly target: number | null;
  /** Null is the attack's own bound, or none. */
  readonly bounds: readonly (number | null)[];
}

function readPlan({ plan, parameters, method }: ClaimedRun): Asked {
  const { target, bounds } = plan;
  if (!Array.isArray(bounds)) throw new AppError("CORRUPT_DATA", "This run does not say which bounds to try. Start a new one.");
  const own = getAttack(method ?? "").isBounded && typeof parameters["epsilon"] === "number" ? parameters["epsilon"] : null;
  return { target: typeof target === "number" ? target : null, bounds: bounds.length === 0 ? [own] : (bounds as number[]) };
}

interface Attempt {
  readonly run: ClaimedRun;
  readonly classifier: DifferentiableClassifier;
  readonly source: ByteImage;
  readonly target: number | null;
  readonly index: number;
  readonly bound: number | null;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: AttackProgress) => Promise<void>;
}

/** Everything that is told is measured on the stored pictures. */
async function attack(attempt: Attempt, options: ScoreOptions): Promise<StoredPerturbation> {
  const { run, classifier, source, target, index, bound } = attempt;
  const [result] = await runAttack({
    attack: getAttack(run.method ?? ""),
    classifier,
    cases: [{ image: source, source: null, target, seed: run.seed }],
    parameters: bound === null ? run.parameters : { ...run.parameters, epsilon: bound },
    signal: attempt.signal,
    onProgress: attempt.onProgress,
  });
  if (result === undefined) throw new AppError("INTERNAL", "An attack gave no result.");
  const [original, picture] = await scorePictures([source, result.adversarial], options);
  if (original === undefined || picture === undefined) throw new AppError("INTERNAL", "A picture was not stored.");
  const originalClass = topClass(original.probabilities);
  const storedClass = topClass(picture.probabilities);
  let l0 = 0;
  for (const [i, value] of source.pixels.entries()) if (value !== result.adversarial.pixels[i]) l0++;
  return {
    index,
    bound,
    success: target === null ? storedClass !== originalClass : storedClass === target,
    steps: result.steps,
    linf: result.distances.linf,
    l2: result.distances.l2,
    l0,
    originalClass,
    originalConfidence: original.probabilities[originalClass] as number,
    storedClass,
    storedConfidence: picture.probabilities[storedClass] as number,
    storedTargetConfidence: target === null ? null : (picture.probabilities[target] as number),
    confidence: (result.target ?? result.source).float,
    original,
    picture,
  };
}

const notBegun: AttackProgress = { iterations: 0, maximum: 1 };

class PerturbationWork {
  readonly #held: HeldRun;
  readonly #context: RunContext;
  readonly #asked: Asked;
  readonly #letGo: LetGo;
  #ends: readonly PerturbationEnd[];
  /** How far the attack is that is under way. */
  #under = notBegun;
  /** Evaluations since the last save, without those that an attack left out. */
  #taken = 0;
  #since = performance.now();

  constructor(held: HeldRun, context: RunContext, ends: readonly PerturbationEnd[]) {
    this.#held = held;
    this.#context = context;
    this.#asked = readPlan(held.run);
    this.#letGo = new LetGo(held.held, context.stop);
    this.#ends = ends;
  }

  async carryOut(classifier: DifferentiableClassifier, source: ByteImage): Promise<ProgressOutcome> {
    const { run, retry } = this.#held;
    const { objectStore } = this.#context;
    const { target, bounds } = this.#asked;
    const { signal } = this.#letGo;
    for (const [index, bound] of bounds.entries()) {
      if (this.#ends.some((end) => end.index === index)) continue;
      try {
        this.#letGo.look();
        signal.throwIfAborted();
        const attempt = { run, classifier, source, target, index, bound, signal, onProgress: this.#follow };
        await this.#save(await attack(attempt, { classifier, objectStore, retry }), null);
      } catch (error) {
        const { outcome } = this.#letGo;
        if (outcome === null) throw error;
        await this.#save(null, outcome);
        return outcome;
      }
    }
    const outcome: ProgressOutcome = { state: "SUCCEEDED", reason: "All bounds are tried." };
    await this.#save(null, outcome);
    return outcome;
  }

  readonly #follow = async (progress: AttackProgress): Promise<void> => {
    this.#letGo.look();
    if (progress.iterations > this.#under.iterations) this.#taken += this.#evaluationsAnAttack / progress.maximum;
    this.#under = progress;
    const seconds = (performance.now() - this.#since) / 1000;
    if (seconds >= this.#context.checkpointSeconds && !this.#letGo.signal.aborted) await this.#save(null, null);
  };

  /** At most; what it leaves out counts as done once it has ended. */
  get #evaluationsAnAttack(): number {
    const attacks = this.#asked.bounds.length;
    return Math.floor((this.#held.run.evaluationGoal ?? attacks) / attacks);
  }

  async #save(done: StoredPerturbation | null, outcome: ProgressOutcome | null): Promise<void> {
    const { run, lease, retry } = this.#held;
    const { database, queue, leaseSeconds } = this.#context;
    const ends =
      done === null ? this.#ends : [...this.#ends, { ...done, imageSha256: done.picture.image.sha256 }].sort((a, b) => a.index - b.index);
    // One that is let go in the middle begins again; what was spent on one that is cancelled stays with it.
    const beginsAgain = outcome?.state === "PAUSED" || outcome?.state === "QUEUED";
    const under = done === null && !beginsAgain ? this.#under : notBegun;
    const each = this.#evaluationsAnAttack;
    const confidences = ends.map(({ storedConfidence }) => storedConfidence);
    const seconds = (performance.now() - this.#since) / 1000;
    const figures = {
      evaluations: ends.length * each,
      // One that is under way is not all done before its result is stored.
      evaluationsUnderWay: Math.min(each - 1, Math.floor((under.iterations * each) / under.maximum)),
      speed: this.#taken > 0 && seconds > 0 ? this.#taken / seconds : null,
      median: confidences.length === 0 ? null : median(confidences),
      foolingCount: ends.filter((end) => end.success && end.storedConfidence >= foolingConfidence).length,
      resultHash: outcome?.state === "SUCCEEDED" ? hashPerturbations(ends) : null,
    };
    const commit = () =>
      database.transaction(async (transaction) => {
        await commitProgress(
          transaction,
          {
            ...lease,
            leaseSeconds,
            ...figures,
            changed: done === null ? null : { perturbationIds: [perturbationIdOf(run.id, done.index)] },
            outcome,
          },
          (connection) =>
            writePerturbations(connection, { runId: run.id, modelId: run.modelId, perturbations: done === null ? [] : [done] }),
        );
        if (outcome?.state === "QUEUED") await queue.enqueue(transaction.executor, "carryOutRun", { runId: run.id });
      });
    await retrying(commit, retry);
    this.#ends = ends;
    this.#under = under;
    this.#since = performance.now();
    this.#taken = 0;
  }
}

async function perturb(held: HeldRun, context: RunContext): Promise<ProgressOutcome> {
  const { run, lease, retry } = held;
  const { database, objectStore } = context;
  const ends = await retrying(() => readPerturbationEnds(database.connection, run.id), retry);
  const work = new PerturbationWork(held, context, ends);
  const classifier = await context.openClassifier(modelOf(run));
  await retrying(() => writeManifest(database.connection, lease, extendManifest(run, classifier)), retry);
  const source = await openSource(run, classifier.input, objectStore);
  if (source === null) throw new AppError("CORRUPT_DATA", "This run names no image to start from. Start a new one.");
  return work.carryOut(classifier, source);
}

export function perturbRun({ runId }: JobData["carryOutRun"], context: RunContext): Promise<void> {
  return carryOutRun(runId, context, perturb);
}
