/** What the retention rules of workspaces select. A failed rule does not stop the others; its owner sees why it failed. */
import { AppError } from "@pareidolia/core/appError";
import type { CleanUp, CleanUpFigures } from "../../server/cleanUps/cleanUp.ts";
import { applyRetention, previewRetention } from "../retention/applyRetention.ts";
import { findEnabledRules, recordApplied } from "../retention/retentionRules.ts";

const nothing = { count: 0, byteLength: 0 };
/** Items that a dry run measures for each rule. */
const maxPreviewed = 10_000;

export const retention: CleanUp = {
  kind: "retention",
  title: "Runs by retention rules",
  graceSeconds: 0,
  async cleanUp({ database, dryRun, signal }): Promise<CleanUpFigures> {
    const { connection } = database;
    const removed = { ...nothing };
    let failure: unknown;
    for (const rule of await findEnabledRules(connection)) {
      signal.throwIfAborted();
      try {
        if (dryRun) {
          const { items, bytes } = await previewRetention(connection, { workspaceId: rule.workspaceId, rule, limit: maxPreviewed });
          removed.count += items.length;
          removed.byteLength += bytes;
          continue;
        }
        const { items, rows, bytes } = await applyRetention(database, rule, signal);
        removed.count += items;
        removed.byteLength += bytes;
        await recordApplied(connection, rule.id, { failure: null, items, rows, bytes });
      } catch (error) {
        if (signal.aborted) throw error;
        failure ??= error;
        const sentence = error instanceof AppError ? error.message : "It failed. The log has the reason.";
        if (!dryRun) await recordApplied(connection, rule.id, { failure: sentence, items: 0, rows: 0, bytes: 0 });
      }
    }
    if (failure !== undefined) throw failure;
    return { removed, waiting: nothing };
  },
};
