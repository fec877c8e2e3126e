/**
 * Runs and experiments that members are about to change, locked until the transaction ends, and the guard that every such change shares: a
 * locked run or experiment refuses changes. A lock of an experiment covers its runs, too.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Visibility } from "@pareidolia/core/visibility";
import type { Connection } from "../database/database.ts";
import { Prisma } from "../generated/client.ts";
import type { Scope } from "../scope/scope.ts";

/** What members tag, pin, assign, annotate and comment on. */
export type SubjectKind = "Run" | "Experiment";

export interface Subject {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly number: number;
  /** Of a run; of an experiment its own id. */
  readonly experimentId: string;
  readonly visibility: Visibility;
  /** The run's own name, empty without one; the experiment's name. */
  readonly name: string;
  /** Empty for a run. */
  readonly description: string;
  readonly notes: string;
  readonly assigneeId: string | null;
  readonly archivedAt: Date | null;
  /** Since when it, or the experiment of a run, is locked; null otherwise. */
  readonly lockedAt: Date | null;
}

export interface SubjectReferences {
  readonly ids: readonly string[];
  /** Of keys such as RUN-142. */
  readonly numbers: readonly number[];
}

const selects: { readonly [Kind in SubjectKind]: Prisma.Sql } = {
  Run: Prisma.sql`
    SELECT s.id, 'Run' AS kind, s.number, s.experiment_id AS "experimentId", e.visibility::text AS visibility, s.name, '' AS description,
      s.notes, s.assignee_id AS "assigneeId", s.archived_at AS "archivedAt", coalesce(s.locked_at, e.locked_at) AS "lockedAt"
    FROM runs s JOIN experiments e ON e.id = s.experiment_id`,
  Experiment: Prisma.sql`
    SELECT s.id, 'Experiment' AS kind, s.number, s.id AS "experimentId", s.visibility::text AS visibility, s.name, s.description,
      s.notes, s.assignee_id AS "assigneeId", s.archived_at AS "archivedAt", s.locked_at AS "lockedAt"
    FROM experiments s`,
};

/** Those of the workspace that are not in the trash, in order of their ids, so that two changes of many rows cannot deadlock. */
export function lockSubjects(
  connection: Connection,
  { scope, kind, ids, numbers }: SubjectReferences & { readonly scope: Scope; readonly kind: SubjectKind },
): Promise<Subject[]> {
  return connection.$queryRaw<Subject[]>(Prisma.sql`
    ${selects[kind]}
    WHERE s.workspace_id = ${scope.workspaceId} AND s.trashed_at IS NULL
      AND (s.id = ANY (${[...ids]}) OR s.number = ANY (${[...numbers]}::int[]))
    ORDER BY s.id FOR NO KEY UPDATE OF s`);
}

export function keyOfSubject({ kind, number }: Pick<Subject, "kind" | "number">): string {
  return `${kind === "Run" ? "RUN" : "EXP"}-${number}`;
}

/** @throws AppError CONFLICT if it is locked. */
export function refuseLocked(subject: Pick<Subject, "kind" | "number" | "lockedAt">): void {
  if (subject.lockedAt !== null) throw new AppError("CONFLICT", `${keyOfSubject(subject)} is locked. Unlock it to change it.`);
}
