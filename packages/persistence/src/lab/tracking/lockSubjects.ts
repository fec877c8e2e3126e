/**
 * Runs and experiments that members are about to change, with their rows locked until the transaction ends, and what they have of members'
 * locks: a locked run or experiment refuses changes, and an experiment's lock holds for its runs.
 */
import type { Visibility } from "@pareidolia/core/visibility";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";
import { lockedError } from "../locks/assertUnlocked.ts";
import { holdLocks } from "../locks/holdLocks.ts";

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
  /** The key of what is locked: of a run, perhaps its experiment's. */
  readonly lockedKey: string;
  /** Null without a lock, and once the account is deleted. */
  readonly lockedBy: string | null;
}

export interface SubjectReferences {
  readonly ids: readonly string[];
  /** Of keys such as RUN-142. */
  readonly numbers: readonly number[];
}

const selects: { readonly [Kind in SubjectKind]: Prisma.Sql } = {
  Run: Prisma.sql`
    SELECT s.id, 'Run' AS kind, s.number, s.experiment_id AS "experimentId", e.visibility::text AS visibility, s.name, '' AS description,
      s.notes, s.assignee_id AS "assigneeId", s.archived_at AS "archivedAt", coalesce(s.locked_at, e.locked_at) AS "lockedAt",
      CASE WHEN s.locked_at IS NULL THEN 'EXP-' || e.number ELSE 'RUN-' || s.number END AS "lockedKey",
      (SELECT u.name FROM users u WHERE u.id = CASE WHEN s.locked_at IS NULL THEN e.locked_by_id ELSE s.locked_by_id END) AS "lockedBy"
    FROM runs s JOIN experiments e ON e.id = s.experiment_id`,
  Experiment: Prisma.sql`
    SELECT s.id, 'Experiment' AS kind, s.number, s.id AS "experimentId", s.visibility::text AS visibility, s.name, s.description,
      s.notes, s.assignee_id AS "assigneeId", s.archived_at AS "archivedAt", s.locked_at AS "lockedAt",
      'EXP-' || s.number AS "lockedKey", (SELECT u.name FROM users u WHERE u.id = s.locked_by_id) AS "lockedBy"
    FROM experiments s`,
};

/**
 * Those of the workspace that are not in the trash, in order of their ids, so that two changes of many rows cannot deadlock. Until the
 * transaction ends, no member locks or trashes anything in the workspace. Call it before any other row is locked.
 */
export async function lockSubjects(
  connection: Connection,
  { scope, kind, ids, numbers }: SubjectReferences & { readonly scope: Scope; readonly kind: SubjectKind },
): Promise<Subject[]> {
  await holdLocks(connection, scope.workspaceId);
  return connection.$queryRaw<Subject[]>(Prisma.sql`
    ${selects[kind]}
    WHERE s.workspace_id = ${scope.workspaceId} AND s.trashed_at IS NULL
      AND (s.id = ANY (${[...ids]}) OR s.number = ANY (${[...numbers]}::int[]))
    ORDER BY s.id FOR NO KEY UPDATE OF s`);
}

export function keyOfSubject({ kind, number }: Pick<Subject, "kind" | "number">): string {
  return `${kind === "Run" ? "RUN" : "EXP"}-${number}`;
}

/** As `assertUnlocked`, for what `lockSubjects` has read. @throws AppError CONFLICT if it is locked, or its experiment. */
export function refuseLocked(subject: Pick<Subject, "kind" | "number" | "lockedAt" | "lockedKey" | "lockedBy">): void {
  const { lockedAt, lockedKey, lockedBy } = subject;
  if (lockedAt !== null) throw lockedError({ key: keyOfSubject(subject), lockedKey, lockedAt, lockedBy });
}
