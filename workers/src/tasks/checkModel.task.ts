/**
 * Checks a model and writes the result to its row. A model of the zoo is verified by its hash, so it is downloaded, opened and measured
 * here. A user's model counts as hostile: a separate process with limited time and memory inspects it first.
 */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { JobData } from "@pareidolia/jobs/jobs";
import { type AcceptedModel, acceptModel, postponeModel, refuseModel } from "@pareidolia/persistence/lab/models/modelState";
import { findModels, type ModelRecord } from "@pareidolia/persistence/lab/models/readModels";
import { isTransientError } from "@pareidolia/persistence/server/database/transientErrors";
import { modelToOpen } from "../classifierShelf.ts";
import { inspectUserModel } from "../models/inspectUserModel.ts";
import { measureClassifier } from "../models/measureClassifier.ts";
import type { RunContext } from "../runs/runContext.ts";

export interface CheckModelContext extends Pick<RunContext, "database" | "objectStore" | "queue" | "openClassifier" | "stop" | "log"> {
  readonly allowLoopback?: boolean;
}

async function inspect(model: ModelRecord, context: CheckModelContext): Promise<AcceptedModel> {
  const { sha256, byteLength, findings } = model.origin === "upload" ? await inspectUserModel(model, context) : { ...model, findings: {} };
  const classifier = await context.openClassifier(modelToOpen({ ...model, sha256 }, { kind: "whole" }));
  const { hasProbabilities, ...speed } = await measure(model, classifier, context);
  if (!hasProbabilities)
    throw new AppError(
      "INVALID_INPUT",
      "The model's outputs are not probabilities. Check its labels, and that its last operator is a softmax.",
    );
  return { sha256, byteLength, report: { ...findings, engines: [speed], checkedAt: new Date().toISOString() } };
}

/** A user's model that fails here is refused, even if its thread died: it would fail on the next worker too. */
async function measure({ origin }: ModelRecord, classifier: DifferentiableClassifier, { stop }: CheckModelContext) {
  try {
    return await measureClassifier(classifier, stop);
  } catch (cause) {
    stop.throwIfAborted();
    if (origin === "zoo" || (cause instanceof AppError && cause.code !== "UNAVAILABLE")) throw cause;
    throw new AppError("INTERNAL", "The model was loaded, but computing its scores and gradients failed.", { cause });
  }
}

const unexpected = "The check stopped because of an unexpected error. Check the model again, or upload it in another format.";

export async function checkModel({ modelId }: JobData["checkModel"], context: CheckModelContext): Promise<void> {
  const { database, queue, stop, log } = context;
  const { connection } = database;
  const handBack = () => database.transaction(({ executor }) => queue.enqueue(executor, "checkModel", { modelId }));
  if (stop.aborted) return handBack();
  const [model] = await findModels(connection, [modelId]);
  if (model == null || model.state !== "CHECKING") return;
  try {
    await acceptModel(connection, modelId, await inspect(model, context));
    log.info({ modelId }, "model is available");
  } catch (error) {
    if (stop.aborted) return handBack();
    log.warn({ modelId, err: error }, "model is not available");
    // A transient failure is retried later. A model with any other failure is refused, rather than tried on one worker after the other.
    const isTransient = error instanceof AppError ? error.code === "UNAVAILABLE" : isTransientError(error);
    if (isTransient && error instanceof AppError && model.origin === "zoo") await postponeModel(connection, modelId, error.message);
    else if (isTransient) throw error;
    else await refuseModel(connection, modelId, error instanceof AppError ? error.message : unexpected);
  }
}
