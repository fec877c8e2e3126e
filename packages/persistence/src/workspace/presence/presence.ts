/**
 * Which members have a page open, one row for each page. A process of the API renews the rows of its pages; rows that are not renewed expire,
 * so that a process that dies leaves no one behind.
 */
import type { Connection } from "../../server/database/database.ts";

/** Payload: the ID of the run, experiment or sweep whose visitors have changed. */
export const presenceChannel = "pareidolia_presence";

/** After which a row that was not renewed counts no longer. */
export const presenceSeconds = 45;

export interface OpenPage {
  readonly id: string;
  /** That of the subject. */
  readonly workspaceId: string;
  readonly userId: string;
  /** ID of a run, experiment or sweep. */
  readonly subjectId: string;
}

export async function openPage(connection: Connection, { id, workspaceId, userId, subjectId }: OpenPage): Promise<void> {
  await connection.$queryRaw`
    WITH opened AS (
      INSERT INTO presences (id, workspace_id, user_id, subject_id) VALUES (${id}, ${workspaceId}, ${userId}, ${subjectId})
      RETURNING subject_id
    ) SELECT pg_notify(${presenceChannel}, subject_id)::text FROM opened`;
}

export async function closePage(connection: Connection, id: string): Promise<void> {
  await connection.$queryRaw`
    WITH closed AS (DELETE FROM presences WHERE id = ${id} RETURNING subject_id)
    SELECT pg_notify(${presenceChannel}, subject_id)::text FROM closed`;
}

/** Renews these pages, also those that expired, and deletes expired ones of others. */
export async function renewPages(connection: Connection, pages: readonly OpenPage[]): Promise<void> {
  const ids = pages.map(({ id }) => id);
  await connection.$executeRaw`
    INSERT INTO presences (id, workspace_id, user_id, subject_id)
    SELECT * FROM unnest(${ids}::text[], ${pages.map(({ workspaceId }) => workspaceId)}::text[], ${pages.map(({ userId }) => userId)}::text[],
      ${pages.map(({ subjectId }) => subjectId)}::text[])
    ON CONFLICT (id) DO UPDATE SET seen_at = now()`;
  await connection.$queryRaw`
    WITH expired AS (
      DELETE FROM presences WHERE seen_at < now() - ${presenceSeconds} * interval '1 second' RETURNING subject_id
    ) SELECT pg_notify(${presenceChannel}, subject_id)::text FROM (SELECT DISTINCT subject_id FROM expired) AS left_behind`;
}

/** The users whose pages of the subject are open, members with access only, the first to open it first. */
export async function findPresent(
  connection: Connection,
  { workspaceId, subjectId }: Pick<OpenPage, "subjectId" | "workspaceId">,
): Promise<readonly string[]> {
  const rows = await connection.$queryRaw<{ userId: string }[]>`
    SELECT p.user_id AS "userId" FROM presences p
    JOIN memberships m ON m.user_id = p.user_id AND m.workspace_id = p.workspace_id AND m.suspended_at IS NULL
    WHERE p.subject_id = ${subjectId} AND p.workspace_id = ${workspaceId}
      AND p.seen_at > now() - ${presenceSeconds} * interval '1 second'
    GROUP BY p.user_id ORDER BY min(p.entered_at), p.user_id`;
  return rows.map(({ userId }) => userId);
}
