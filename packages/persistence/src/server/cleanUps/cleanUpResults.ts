/** Reads and writes the last result of each kind of clean-up. */
import type { Connection } from "../database/database.ts";
import type { CleanUp, CleanUpFigures } from "./cleanUp.ts";

export interface CleanUpRecord {
  readonly kind: string;
  readonly title: string;
  readonly graceSeconds: number;
  readonly cleanedAt: Date;
  /** Why the last clean-up failed; null if it succeeded. */
  readonly failure: string | null;
  /** Of the last clean-up that removed anything. */
  readonly removedCount: number;
  readonly removedBytes: number;
  readonly removedAt: Date | null;
  readonly waitingCount: number;
  readonly waitingBytes: number;
}

export function listCleanUps(connection: Connection): Promise<CleanUpRecord[]> {
  return connection.cleanUp.findMany({ orderBy: [{ title: "asc" }, { kind: "asc" }] });
}

/** Kinds that were cleaned up within the last `seconds`. */
export async function findRecentCleanUps(connection: Connection, seconds: number): Promise<ReadonlySet<string>> {
  const rows = await connection.$queryRaw<{ kind: string }[]>`
    SELECT kind FROM clean_ups WHERE cleaned_at > now() - ${seconds} * interval '1 second'`;
  return new Set(rows.map(({ kind }) => kind));
}

/** A clean-up that removes nothing keeps the figures of the last one that did. */
export async function saveCleanUp(connection: Connection, { kind, title, graceSeconds }: CleanUp, figures: CleanUpFigures): Promise<void> {
  const { removed, waiting } = figures;
  await connection.$executeRaw`
    INSERT INTO clean_ups AS s (kind, title, grace_seconds, cleaned_at, removed_count, removed_bytes, removed_at, waiting_count, waiting_bytes)
    VALUES (${kind}, ${title}, ${graceSeconds}, now(), ${removed.count}, ${removed.byteLength},
      CASE WHEN ${removed.count > 0} THEN now() END, ${waiting.count}, ${waiting.byteLength})
    ON CONFLICT (kind) DO UPDATE SET title = excluded.title, grace_seconds = excluded.grace_seconds, cleaned_at = now(), failure = NULL,
      removed_count = CASE WHEN excluded.removed_count > 0 THEN excluded.removed_count ELSE s.removed_count END,
      removed_bytes = CASE WHEN excluded.removed_count > 0 THEN excluded.removed_bytes ELSE s.removed_bytes END,
      removed_at = coalesce(excluded.removed_at, s.removed_at),
      waiting_count = excluded.waiting_count, waiting_bytes = excluded.waiting_bytes`;
}

/** Keeps the earlier figures. */
export async function saveCleanUpFailure(connection: Connection, { kind, title, graceSeconds }: CleanUp, failure: string): Promise<void> {
  await connection.$executeRaw`
    INSERT INTO clean_ups (kind, title, grace_seconds, cleaned_at, failure) VALUES (${kind}, ${title}, ${graceSeconds}, now(), ${failure})
    ON CONFLICT (kind) DO UPDATE SET cleaned_at = now(), failure = excluded.failure`;
}
