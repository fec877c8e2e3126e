/** A run or an experiment in the transaction that changes it: locked, announced, and named in the audit log. */
import { AppError } from "@pareidolia/core/appError";
import { keyOfSubject, lockSubjects, type Subject, type SubjectKind } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import { notifyChanges } from "@pareidolia/persistence/lab/tracking/notifyChanges";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import type { ChangedObject } from "./requireUnchanged.ts";

/** Locks one run or experiment until the transaction ends. @throws AppError NOT_FOUND, if it was deleted in the meantime. */
export async function lockSubject(
  connection: Connection,
  scope: Scope,
  { kind, id }: { readonly kind: SubjectKind; readonly id: string },
): Promise<Subject> {
  const [subject] = await lockSubjects(connection, { scope, kind, ids: [id], numbers: [] });
  if (subject === undefined) throw new AppError("NOT_FOUND", kind === "Run" ? "There is no such run." : "There is no such experiment.");
  return subject;
}

export function notifyChange(connection: Connection, scope: Scope, kind: SubjectKind, ids: readonly string[]): Promise<void> {
  return notifyChanges(connection, scope, kind === "Run" ? { runIds: ids } : { experimentIds: ids });
}

/** Whose fields `requireUnchanged` compares. */
export function objectOf({ workspaceId }: Scope, { id }: Subject): ChangedObject {
  return { workspaceId, subjectId: id };
}

/** How an entry of the audit log names it. */
export function auditSubject(subject: Subject): {
  readonly subjectType: SubjectKind;
  readonly subjectId: string;
  readonly subjectName: string;
} {
  return { subjectType: subject.kind, subjectId: subject.id, subjectName: keyOfSubject(subject) };
}
