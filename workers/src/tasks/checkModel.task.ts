/**
 * Checks a model and says so in its row. One of the zoo is fetched, opened and measured here, since its file is known by its
 * hash. One that somebody brought is hostile until proven otherwise: a process of its own looks at it first, within bounds.
 */
import { AppError } from "@pareidolia/core/appError";
import type { DifferentiableClassifier } from "@pareidolia/core/differentiableClassifier";
import type { JobData } from "@pareidolia/jobs/jobs";
import { isTransientError } from "@pareidolia/persistence/database/transientErrors";
import { type AcceptedModel, acceptModel, postponeModel, refuseModel } from "@pareidolia/persistence/models/modelState";
import { findModels, type ModelRecord } from "@pareidolia/persistence/models/readModels";
import { toOpen } from "../classifierShelf.ts";
import { measureClassifier } from "../models/measureClassifier.ts";
import { takeBroughtModel } from "../models/takeBroughtModel.ts";
import type { RunContext } from "../runs/runContext.ts";

export interface CheckModelContext extends Pick<RunContext, "database" | "objectStore" | "queue" | "openClassifier" | "stop" | "log"> {
  readonly allowLoopback?: boolean;
}

async function inspect(model: ModelRecord, context: CheckModelContext): Promise<AcceptedModel> {
  const { sha256, byteLength, about } = model.origin === "upload" ? await takeBroughtModel(model, context) : { ...model, about: {} };
  const classifier = await context.openClassifier(toOpen({ ...model, sha256 }, { kind: "whole" }));
  const { isSound, ...speed } = await measure(model, classifier, context);
  if (!isSound)
    throw new AppError("INVALID_INPUT", "Its answers are no probabilities. Check its labels, and that its last operator is a softmax.");
  return { sha256, byteLength, report: { ...about, engines: [speed], checkedAt: new Date().toISOString() } };
}

/** What a brought model brings down here, it would bring down in the next worker too. */
async function measure({ origin }: ModelRecord, classifier: DifferentiableClassifier, { stop }: CheckModelContext) {
  try {
    return await measureClassifier(classifier, stop);
  } catch (cause) {
    stop.throwIfAborted();
    if (origin === "zoo" || (cause instanceof AppError && cause.code !== "UNAVAILABLE")) throw cause;
    throw new AppError("INTERNAL", "This model could be read, and failed when its scores and gradients were measured.", { cause });
  }
}

const unexpected = "Its check failed in a way that nobody foresaw. Have it checked again, or bring it in another form.";

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
    // What is away now may be there later; what is wrong with a file stays wrong, and is not tried on one worker after the other.
    const isAway = error instanceof AppError ? error.code === "UNAVAILABLE" : isTransientError(error);
    if (isAway && error instanceof AppError && model.origin === "zoo") await postponeModel(connection, modelId, error.message);
    else if (isAway) throw error;
    else await refuseModel(connection, modelId, error instanceof AppError ? error.message : unexpected);
  }
}
