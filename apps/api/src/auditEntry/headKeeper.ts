/**
 * Keeps the heads of the audit logs outside of the database, two seconds after an entry at the latest, so that no request waits for it. After
 * a crash, only the entries of the last seconds are not covered until the API has started again.
 */
import { type HeadKeeping, type HeadStore, keepHeads } from "@pareidolia/persistence/access/audit/auditHeads";
import { listLatestEntries } from "@pareidolia/persistence/access/audit/latestEntries";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Logger } from "pino";

export interface HeadKeeperOptions {
  readonly url: string;
  readonly database: Database;
  readonly objectStore: HeadStore;
  readonly logger: Logger;
  /** Default: 2,000. */
  readonly milliseconds?: number;
}

/** Returns a function that keeps the last heads and ends it. */
export function startHeadKeeper({ url, database, objectStore, logger, milliseconds = 2_000 }: HeadKeeperOptions): () => Promise<void> {
  let known: HeadKeeping = { kept: new Map(), faulty: [] };
  let keeping: Promise<void> | null = null;
  /** What this process has logged, once each. */
  const reported = new Set<string>();
  const keep = async (): Promise<void> => {
    const latest = await listLatestEntries(database.connection);
    const isCovered = ({ workspaceId, hash }: { workspaceId: string; hash: string }) =>
      known.kept.get(workspaceId)?.hash === hash || known.faulty.includes(workspaceId);
    if (latest.every(isCovered)) return;
    known = (await keepHeads(database, url, objectStore)) ?? known;
    for (const workspaceId of known.faulty.filter((id) => !reported.has(id))) {
      reported.add(workspaceId);
      logger.error({ workspaceId }, "Entries were removed from an audit log: verify it with `npm run audit`.");
    }
  };
  const begin = (): Promise<void> => {
    keeping ??= keep()
      .catch((error: unknown) => logger.error({ err: error }, "The heads of the audit logs could not be kept. It will be tried again."))
      .finally(() => {
        keeping = null;
      });
    return keeping;
  };
  void begin();
  const timer = setInterval(() => void begin(), milliseconds);
  return async () => {
    clearInterval(timer);
    await keeping;
    await begin();
  };
}
