/** Notes in the audit log that a member exports data of a study. */
import type { MemberActor } from "@pareidolia/core/actor";
import { appendAuditEntry } from "@pareidolia/persistence/access/audit/appendAuditEntry";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { StudyRecord } from "@pareidolia/persistence/studies/studies/readStudies";
import { studyKey } from "../globalId/globalId.ts";

/** @param content the table, its format and the number of its rows. */
export async function auditExport(
  database: Database,
  actor: MemberActor,
  { id, number }: Pick<StudyRecord, "id" | "number">,
  content: Readonly<Record<string, string | number>>,
): Promise<void> {
  const subject = { subjectType: "Study", subjectId: id, subjectName: studyKey(number) };
  await database.transaction((transaction) =>
    appendAuditEntry(transaction.connection, actor, { action: "study:export", ...subject, before: null, after: content }),
  );
}
