/** A run or an experiment that a mutation names, by ID or key. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { SubjectKind } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { parseReference } from "../globalId/globalId.ts";
import type { RunService } from "../run/run.service.ts";

export interface NamedSubject {
  readonly kind: SubjectKind;
  readonly id: string;
  /** What the policy needs to know. */
  readonly row: RunRecord | ExperimentRecord;
}

/** Of the actor's workspace. @throws AppError INVALID_INPUT or NOT_FOUND, naming `field`. */
export async function getSubject(
  actor: Actor,
  { experiments, runs }: { readonly experiments: ExperimentService; readonly runs: RunService },
  text: string,
  field: string,
): Promise<NamedSubject> {
  const { type } = parseReference(text, field);
  if (type !== "Run" && type !== "Experiment")
    throw new AppError("INVALID_INPUT", `This ID has type ${type}. Give the ID of a run or an experiment.`, { field });
  const row = type === "Run" ? await runs.getByReference(actor, text, field) : await experiments.getByReference(actor, text, field);
  return { kind: type, id: row.id, row };
}
