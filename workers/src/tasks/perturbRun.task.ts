/** Carries out a perturbation: one attack a bound, each stored as soon as it is done, so that a resumed run does only what is missing. */

import { runAttack } from "@pareidolia/ascent/perturbation/runAttack";
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
import { readPerturbationEnds, type StoredPerturbation, writePerturbations } from "@pareidolia/persistence/runs/writePerturbations";
import { hashPerturbations } from "../perturbation/hashPerturbations.ts";
import { retrying } from "../retrying.ts";
import { carryOutRun, type HeldRun, modelOf, outcomeOf, type RunContext } from "../runs/carryOutRun.ts";
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

async function perturb({ run, lease, held, retry }: HeldRun, context: RunContext): Promise<ProgressOutcome> {
  const { database, objectStore, queue, leaseSeconds, stop } = context;
  if (run.sourceSha256 === null) throw new AppError("CORRUPT_DATA", "This run does not say what it begins from. Start a new one.");
  const { target, bounds } = readPlan(run);
  const classifier = await context.openClassifier(modelOf(run));
  await retrying(() => writeManifest(database.connection, lease, extendManifest(run, classifier)), retry);
  const source = await openSource(run.sourceSha256, classifier.input, objectStore);
  let ends = await retrying(() => readPerturbationEnds(database.connection, run.id), retry);

  const save = async (done: StoredPerturbation | null, outcome: ProgressOutcome | null): Promise<void> => {
    if (done !== null) ends = [...ends, { ...done, imageSha256: done.picture.image.sha256 }].sort((a, b) => a.index - b.index);
    const confidences = ends.map(({ storedConfidence }) => storedConfidence);
    const commit = () =>
      database.transaction(async (transaction) => {
        await commitProgress(
          transaction,
          {
            ...lease,
            leaseSeconds,
            evaluations: ends.length,
            speed: null,
            median: confidences.length === 0 ? null : median(confidences),
            foolingCount: ends.filter((end) => end.success && end.storedConfidence >= foolingConfidence).length,
            resultHash: outcome?.state === "SUCCEEDED" ? hashPerturbations(ends) : null,
            changed: done === null ? null : { perturbationIds: [perturbationIdOf(run.id, done.index)] },
            outcome,
          },
          (connection) =>
            writePerturbations(connection, { runId: run.id, modelId: run.modelId, perturbations: done === null ? [] : [done] }),
        );
        if (outcome?.state === "QUEUED") await queue.enqueue(transaction.executor, "carryOutRun", { runId: run.id });
      });
    await retrying(commit, retry);
  };

  for (const [index, bound] of bounds.entries()) {
    if (ends.some((end) => end.index === index)) continue;
    const outcome = outcomeOf(held, stop, null);
    if (outcome !== null) {
      await save(null, outcome);
      return outcome;
    }
    const attempt = { run, classifier, source, target, index, bound, signal: held.lost };
    await save(await attack(attempt, { classifier, objectStore, retry }), null);
  }
  const outcome: ProgressOutcome = { state: "SUCCEEDED", reason: "All bounds are tried." };
  await save(null, outcome);
  return outcome;
}

export function perturbRun({ runId }: JobData["carryOutRun"], context: RunContext): Promise<void> {
  return carryOutRun(runId, context, (run) => perturb(run, context));
}
