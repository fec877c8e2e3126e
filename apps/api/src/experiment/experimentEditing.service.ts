/** Renames and annotates experiments. Locked ones refuse it. */
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import { type ExperimentEdit, editExperiment } from "@pareidolia/persistence/lab/tracking/editExperiments";
import { refuseLocked } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import { notifyChanges } from "@pareidolia/persistence/lab/tracking/notifyChanges";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { policy } from "../policy/policy.ts";
import { checkText } from "../text.ts";
import { assigneeChange, readAssignee } from "../tracking/assignee.ts";
import { auditSubject, lockSubject, objectOf } from "../tracking/lockSubject.ts";
import { readPrevious, requireUnchanged } from "../tracking/requireUnchanged.ts";
import { readMarkdown, readName, readPreviousNotes } from "../tracking/texts.ts";
import { type ExperimentService, maxDescriptionLength } from "./experiment.service.ts";
import type { UpdateExperimentInput } from "./experimentEditing.input.ts";

const descriptionLimit = { field: "input.description", label: "A description", longest: maxDescriptionLength };

function readTexts(input: UpdateExperimentInput): ExperimentEdit {
  const name = input.name == null ? undefined : readName(input.name, "input.name");
  if (name === "") throw new AppError("INVALID_INPUT", "The name of an experiment cannot be empty.", { field: "input.name" });
  return {
    name,
    description: input.description == null ? undefined : checkText(input.description, descriptionLimit),
    notes: input.notes == null ? undefined : readMarkdown(input.notes, { field: "input.notes", label: "Notes" }),
  };
}

export class ExperimentEditingService {
  readonly #database: Database;
  readonly #experiments: ExperimentService;

  constructor(options: { readonly database: Database; readonly experiments: ExperimentService }) {
    this.#database = options.database;
    this.#experiments = options.experiments;
  }

  /** @throws AppError INVALID_INPUT; NOT_FOUND; FORBIDDEN; CONFLICT if it is locked, or its name or notes have changed since they were read. */
  async update(actor: Actor, input: UpdateExperimentInput): Promise<ExperimentRecord> {
    const experiment = await this.#experiments.getByReference(actor, input.experimentId, "input.experimentId");
    policy.require(actor, "experiment:update", experiment);
    const scope = policy.scope(actor, "experiment:update");
    await this.#database.transaction(async ({ connection }) => {
      const stored = await lockSubject(connection, scope, { kind: "Experiment", id: experiment.id });
      refuseLocked(stored);
      policy.requireInWorkspace(actor, "experiment:update");
      const assigneeId = await readAssignee(connection, actor, input.assigneeId, "input.assigneeId");
      const wanted = { ...readTexts(input), assigneeId };
      const fields = (["name", "description", "notes", "assigneeId"] as const).filter(
        (field) => wanted[field] !== undefined && wanted[field] !== stored[field],
      );
      if (fields.length === 0) return;
      const { name = stored.name, description = stored.description, notes = stored.notes } = wanted;
      await requireUnchanged(connection, objectOf(scope, stored), [
        { field: "name", stored: stored.name, wanted: name, previous: input.previousName ?? undefined },
        {
          field: "description",
          stored: stored.description,
          wanted: description,
          previous: readPrevious(input.previousDescription, (text) => checkText(text, descriptionLimit)),
        },
        { field: "notes", stored: stored.notes, wanted: notes, previous: readPreviousNotes(input) },
        assigneeChange(stored, assigneeId, input),
      ]);
      const pick = (from: ExperimentEdit): Record<string, unknown> => Object.fromEntries(fields.map((field) => [field, from[field]]));
      await editExperiment(connection, experiment.id, pick(wanted));
      await notifyChanges(connection, scope, { experimentIds: [experiment.id] });
      const values = { before: pick(stored), after: pick(wanted) };
      await appendAuditEntry(connection, actor, { action: "experiment:update", ...auditSubject(stored), ...values });
    });
    return this.#experiments.getByReference(actor, input.experimentId, "input.experimentId");
  }
}
