/** Resolves the subject of an analysis: converts IDs from the API to the stored part of its input. */

import type { Actor } from "@pareidolia/core/actor";
import type { AnalysisSubject, AnalysisSubjects } from "@pareidolia/core/analysisContract";
import { AppError } from "@pareidolia/core/appError";
import type { ImageShape } from "@pareidolia/core/image";
import { whyNotComputed } from "@pareidolia/core/runKinds/registry";
import type { EliteService } from "../elite/elite.service.ts";
import { parseIdOf } from "../globalId/globalId.ts";
import type { ImageService } from "../image/image.service.ts";
import { policy } from "../policy/policy.ts";
import type { RunService } from "../run/run.service.ts";
import type { RunSelection } from "../run/runSelection.ts";

export interface ResolvedSubject<Subject extends AnalysisSubject = AnalysisSubject> {
  readonly question: AnalysisSubjects[Subject];
  /** The run and the model whose deletion deletes the analysis. */
  readonly runId: string | null;
  readonly modelId: string | null;
  /** The image to analyse; null if the subject is not a single image. */
  readonly image: Pick<ImageShape, "width" | "height"> | null;
}

export interface SubjectServices {
  readonly elites: EliteService;
  readonly images: ImageService;
  readonly runs: RunService;
  readonly selection: RunSelection;
}

interface SubjectReference {
  readonly actor: Actor;
  /** Global IDs, or keys of runs. */
  readonly ids: readonly string[];
  /** The field of the input that holds them, for errors. */
  readonly field: string;
}

type SubjectReader<Subject extends AnalysisSubject> = (
  reference: SubjectReference,
  services: SubjectServices,
) => Promise<ResolvedSubject<Subject>>;

/** @throws AppError INVALID_INPUT unless there is exactly one ID. */
function onlyId({ ids, field }: SubjectReference): string {
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new AppError("INVALID_INPUT", "This kind of analysis takes exactly one ID.", { field });
  return id;
}

export function archivesSubject(runIds: readonly string[]): ResolvedSubject<"archives"> {
  return { question: { runIds: [...runIds].sort() }, runId: null, modelId: null, image: null };
}

/** Each throws AppError INVALID_INPUT, NOT_FOUND or CONFLICT, naming the field. */
export const subjectReaders: { readonly [Subject in AnalysisSubject]: SubjectReader<Subject> } = {
  async elite(reference, { elites }) {
    const [elite] = await elites.load(reference.actor, [parseIdOf("Elite", onlyId(reference), reference.field)]);
    if (elite == null || !policy.isOwn(reference.actor, elite))
      throw new AppError("NOT_FOUND", "There is no such elite.", { field: reference.field });
    return { question: { eliteId: elite.id }, runId: elite.runId, modelId: null, image: elite.image };
  },
  async image(reference, { images }) {
    const image = await images.getByReference(reference.actor, onlyId(reference), reference.field);
    return { question: { imageSha256: image.sha256 }, runId: null, modelId: null, image };
  },
  async run(reference, { runs }) {
    const { field } = reference;
    const run = await runs.getByReference(reference.actor, onlyId(reference), field);
    const reason = whyNotComputed(run.kind);
    if (reason !== null) throw new AppError("CONFLICT", `RUN-${run.number} cannot be computed again: ${reason}.`, { field });
    if (run.state === "QUEUED" || run.state === "RUNNING")
      throw new AppError("CONFLICT", `RUN-${run.number} has not ended yet. Wait until it has, or pause it.`, { field });
    return { question: { runId: run.id }, runId: run.id, modelId: run.modelId, image: null };
  },
  async archive(reference, { runs }) {
    const { field } = reference;
    const run = await runs.getByReference(reference.actor, onlyId(reference), field);
    if (run.kind !== "evolution") throw new AppError("INVALID_INPUT", "Only evolutions have generations.", { field });
    if (run.generation === null)
      throw new AppError("CONFLICT", "This run has not stored a generation yet. Try again in a moment.", { field });
    return { question: { runId: run.id, generation: run.generation }, runId: run.id, modelId: run.modelId, image: null };
  },
  async archives({ actor, ids, field }, { selection }) {
    return archivesSubject(await selection.readRuns(actor, ids, field));
  },
};
