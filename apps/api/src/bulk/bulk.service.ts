/** Tags, archives, moves and assigns many runs or experiments at once. */
import type { Actor, MemberActor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { countTagsOf, editTags, type TagEdit } from "@pareidolia/persistence/lab/tags/writeTags";
import { setExperimentsArchived } from "@pareidolia/persistence/lab/tracking/editExperiments";
import { assignRuns, moveRuns, setRunsArchived } from "@pareidolia/persistence/lab/tracking/editRuns";
import {
  keyOfSubject,
  lockSubjects,
  refuseLocked,
  type Subject,
  type SubjectKind,
} from "@pareidolia/persistence/lab/tracking/lockSubjects";
import type { Database, Transaction } from "@pareidolia/persistence/server/database/database";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import type { ExperimentService } from "../experiment/experiment.service.ts";
import { parseIdOf } from "../globalId/globalId.ts";
import type { MemberAction } from "../policy/actions.ts";
import { policy } from "../policy/policy.ts";
import { readAssignee } from "../tracking/assignee.ts";
import { maxTags, readTags } from "../tracking/texts.ts";
import type { AssignRunsInput, MoveRunsInput } from "./bulk.input.ts";
import type { SkipReason } from "./bulk.type.ts";
import { type Applied, changeMany, checkWanted, groupByValue, type ItemResult, type Target, type Wanted } from "./bulkChange.ts";

interface TagChange {
  readonly ids: readonly string[];
  readonly add?: readonly string[] | null | undefined;
  readonly remove?: readonly string[] | null | undefined;
}

interface Tags {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** One answer's rows, and the groups of the change that takes it back. */
export interface Changed<Value> {
  readonly items: readonly ItemResult[];
  readonly undo: readonly { readonly ids: readonly string[]; readonly value: Value }[];
}

/** A field's new value, and the one that it replaces. */
interface FieldChange<Value> {
  readonly next: Value;
  readonly previous: Value;
}

/** `previous` is undefined where any value may be replaced. */
interface WantedChange<Value> {
  readonly next: Value;
  readonly previous: Value | undefined;
}

type Undo<Value> = readonly { readonly id: string; readonly value: Value }[];

export class BulkService {
  readonly #database: Database;
  readonly #experiments: ExperimentService;

  constructor(options: { readonly database: Database; readonly experiments: ExperimentService }) {
    this.#database = options.database;
    this.#experiments = options.experiments;
  }

  /** @throws AppError INVALID_INPUT; FORBIDDEN. */
  tag(actor: Actor, kind: SubjectKind, changes: readonly TagChange[]): Promise<Changed<Tags>> {
    const action = kind === "Run" ? "run:tag" : "experiment:tag";
    policy.requireInWorkspace(actor, action);
    const wanted = changes.flatMap(({ ids, ...change }, i) => {
      const field = `input.changes.${i}`;
      const add = readTags(change.add, `${field}.add`);
      const remove = readTags(change.remove, `${field}.remove`).filter((name) => !add.includes(name));
      return ids.map((reference): Wanted<Tags> => ({ reference, field, value: { add, remove } }));
    });
    return this.#change(actor, action, kind, wanted, "input.changes", async ({ connection }, targets, scope) => {
      const edits = targets.map(({ subject, value }): TagEdit => ({ id: subject.id, ...value }));
      const edited = await editTags(connection, { scope, kind, edits });
      const counts = await countTagsOf(
        connection,
        kind,
        edited.map(({ id }) => id),
      );
      const excess = edited.filter(({ id, add }) => add.length > 0 && (counts.get(id) ?? 0) > maxTags);
      // Rare, so these rows are changed back instead of being counted before every change.
      await editTags(connection, { scope, kind, edits: excess.map(({ id, add, remove }) => ({ id, add: remove, remove: add })) });
      const skipped = new Map<string, SkipReason>([
        ...edited.flatMap(({ id, add, remove }) => (add.length + remove.length === 0 ? [[id, "UNCHANGED"] as const] : [])),
        ...excess.map(({ id }) => [id, "TOO_MANY_TAGS"] as const),
      ]);
      const done = edited.filter(({ id }) => !skipped.has(id));
      const keyOf = keysOf(targets);
      const log = groupByValue(done.map(({ id, add, remove }) => ({ id, value: { add, remove } })));
      return {
        skipped,
        result: done.map(({ id, add, remove }) => ({ id, value: { add: remove, remove: add } })),
        before: null,
        after: { changes: log.map(({ ids, value }) => ({ ...value, of: ids.map(keyOf) })) },
      };
    });
  }

  /** @throws AppError INVALID_INPUT; FORBIDDEN. */
  archive(actor: Actor, kind: SubjectKind, references: readonly string[], archived: boolean): Promise<Changed<null>> {
    const action = kind === "Run" ? "run:archive" : "experiment:archive";
    const field = kind === "Run" ? "input.runIds" : "input.experimentIds";
    const wanted = references.map((reference, i) => ({ reference, field: `${field}.${i}`, value: null }));
    return this.#change(actor, action, kind, wanted, field, async ({ connection }, targets) => {
      const unchanged = targets.filter(({ subject }) => (subject.archivedAt !== null) === archived);
      const skipped = skipAll(unchanged, "UNCHANGED");
      const ids = targets.flatMap(({ subject: { id } }) => (skipped.has(id) ? [] : [id]));
      await (kind === "Run" ? setRunsArchived : setExperimentsArchived)(connection, ids, archived);
      const result = ids.map((id) => ({ id, value: null }));
      return { skipped, result, before: { archived: !archived }, after: { archived, of: ids.map(keysOf(targets)) } };
    });
  }

  /** Only owners move runs into an experiment that others than members may read, unless they may read the runs already. */
  async move(actor: Actor, input: MoveRunsInput): Promise<Changed<FieldChange<string>>> {
    policy.requireInWorkspace(actor, "run:move");
    const wanted: Wanted<WantedChange<string>>[] = [];
    for (const [i, { runIds, experimentId, previousExperimentId }] of input.moves.entries()) {
      const field = `input.moves.${i}`;
      const goal = await this.#experiments.getByReference(actor, experimentId, `${field}.experimentId`);
      const previous =
        previousExperimentId == null
          ? undefined
          : await this.#experiments.findId(actor, previousExperimentId, `${field}.previousExperimentId`);
      const value = { next: goal.id, previous };
      wanted.push(...runIds.map((reference) => ({ reference, field, value })));
    }
    return this.#change(actor, "run:move", "Run", wanted, "input.moves", async ({ connection }, targets, scope) => {
      const goals = [...new Set(targets.map(({ value }) => value.next))];
      const locked = await lockSubjects(connection, { scope, kind: "Experiment", ids: goals, numbers: [] });
      const goalOf = new Map(locked.map((experiment) => [experiment.id, experiment]));
      const skipped = findUnreplaced(targets, ({ experimentId }) => experimentId);
      const moved = targets.filter(({ subject }) => !skipped.has(subject.id));
      for (const { subject, value } of moved) checkGoal(actor, subject, goalOf.get(value.next));
      const sources = moved.map(({ subject }) => subject.experimentId);
      const moves = moved.map(({ subject, value }) => ({ id: subject.id, experimentId: value.next }));
      await moveRuns(connection, moves, [...new Set([...sources, ...goals])]);
      const keyOf = keysOf(targets);
      const log = groupByValue(moves.map(({ id, experimentId }) => ({ id, value: experimentId })));
      return {
        skipped,
        result: moved.map(({ subject, value }) => ({ id: subject.id, value: { next: subject.experimentId, previous: value.next } })),
        before: { experimentIds: [...new Set(sources)] },
        after: { moves: log.map(({ ids, value }) => ({ to: value, of: ids.map(keyOf) })) },
      };
    });
  }

  /** @throws AppError INVALID_INPUT; FORBIDDEN. */
  async assign(actor: Actor, input: AssignRunsInput): Promise<Changed<FieldChange<string | null>>> {
    policy.requireInWorkspace(actor, "run:assign");
    const wanted: Wanted<WantedChange<string | null>>[] = [];
    for (const [i, { runIds, assigneeId, previousAssigneeId }] of input.assignments.entries()) {
      const field = `input.assignments.${i}`;
      const next = (await readAssignee(this.#database.connection, actor, assigneeId, `${field}.assigneeId`)) ?? null;
      // The member may have left the workspace since.
      const previous =
        previousAssigneeId == null ? previousAssigneeId : parseIdOf("User", previousAssigneeId, `${field}.previousAssigneeId`);
      const value = { next, previous };
      wanted.push(...runIds.map((reference) => ({ reference, field, value })));
    }
    return this.#change(actor, "run:assign", "Run", wanted, "input.assignments", async ({ connection }, targets) => {
      const skipped = findUnreplaced(targets, (subject) => subject.assigneeId);
      const assigned = targets.filter(({ subject }) => !skipped.has(subject.id));
      await assignRuns(
        connection,
        assigned.map(({ subject, value }) => ({ id: subject.id, assigneeId: value.next })),
      );
      const keyOf = keysOf(targets);
      const log = groupByValue(assigned.map(({ subject, value }) => ({ id: subject.id, value: value.next })));
      return {
        skipped,
        result: assigned.map(({ subject, value }) => ({ id: subject.id, value: { next: subject.assigneeId, previous: value.next } })),
        before: null,
        after: { assignments: log.map(({ ids, value }) => ({ to: value, of: ids.map(keyOf) })) },
      };
    });
  }

  async #change<Value, Old>(
    actor: Actor,
    action: MemberAction,
    kind: SubjectKind,
    wanted: readonly Wanted<Value>[],
    field: string,
    apply: (transaction: Transaction, targets: readonly Target<Value>[], scope: Scope) => Promise<Applied<Undo<Old>>>,
  ): Promise<Changed<Old>> {
    policy.requireInWorkspace(actor, action);
    checkWanted(wanted, field);
    const member: MemberActor = actor;
    const scope = policy.scope(actor, action);
    const { items, result } = await changeMany({ database: this.#database, actor: member, scope, action, kind, wanted, apply });
    return { items, undo: groupByValue(result) };
  }
}

function skipAll(targets: readonly Target<unknown>[], reason: SkipReason): ReadonlyMap<string, SkipReason> {
  return new Map(targets.map(({ subject }) => [subject.id, reason]));
}

/** Why targets are skipped: the new value is stored already, or the expected previous value no longer is. */
function findUnreplaced<Value>(
  targets: readonly Target<WantedChange<Value>>[],
  valueOf: (subject: Subject) => Value,
): ReadonlyMap<string, SkipReason> {
  return new Map(
    targets.flatMap(({ subject, value: { next, previous } }): [string, SkipReason][] => {
      const stored = valueOf(subject);
      if (stored === next) return [[subject.id, "UNCHANGED"]];
      return previous === undefined || stored === previous ? [] : [[subject.id, "CHANGED_SINCE"]];
    }),
  );
}

function keysOf(targets: readonly Target<unknown>[]): (id: string) => string {
  const keys = new Map(targets.map(({ subject }) => [subject.id, keyOfSubject(subject)]));
  return (id) => keys.get(id) ?? id;
}

/** @throws AppError CONFLICT for an experiment that is gone, archived or locked; FORBIDDEN if the move would share the run. */
function checkGoal(actor: Actor, run: Subject, goal: Subject | undefined): void {
  if (goal === undefined) throw new AppError("CONFLICT", "The experiment no longer exists.");
  refuseLocked(goal);
  if (goal.archivedAt !== null)
    throw new AppError("CONFLICT", `${keyOfSubject(goal)} is archived. Take it out of the archive to move runs into it.`);
  const opens = goal.visibility !== "PRIVATE" && goal.visibility !== run.visibility && run.visibility !== "PUBLIC";
  if (opens && !policy.grants(actor, "experiment:share"))
    throw new AppError(
      "FORBIDDEN",
      `Only owners can move runs into ${keyOfSubject(goal)}, since other people than members may read it. Ask an owner to do it.`,
    );
}
