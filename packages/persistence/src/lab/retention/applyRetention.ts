/** Applies a retention rule, or says what it would do. Both select the same items and measure them alike. */
import { appendAuditEntries } from "../../access/audit/appendAuditEntry.ts";
import type { Connection, Database, Transaction } from "../../server/database/database.ts";
import { locksOf } from "../locks/assertUnlocked.ts";
import { discard } from "../trash/discard.ts";
import { countTrash, type Previewed, previewTrash, type TrashContents } from "../trash/previewTrash.ts";
import { trashRuns } from "../trash/trash.ts";
import type { RetentionRuleRecord } from "./retentionRule.ts";
import { findRetentionItems, type RetentionItem, type RetentionSubject } from "./selectRetained.ts";
import { measureTrim, trimRun } from "./trimRuns.ts";

export interface RetentionFigures {
  readonly items: readonly RetentionItem[];
  /** Rows that are deleted, or moved to the trash with their runs. */
  readonly rows: number;
  /** That objects free; 0 for runs that are only moved to the trash. */
  readonly bytes: number;
  readonly isEstimate: boolean;
}

function idsOf(items: readonly RetentionItem[]): Previewed {
  const of = (subject: RetentionItem["subject"]) => items.filter((item) => item.subject === subject).map(({ id }) => id);
  return { runIds: of("RUN"), experimentIds: of("EXPERIMENT") };
}

function rowsOf(contents: TrashContents): number {
  const { experiments, runs, elites, genomes, trajectories, perturbations, generations, events, links, analyses } = contents;
  return [experiments, runs, elites, genomes, trajectories, perturbations, generations, events, links, analyses].reduce((a, b) => a + b, 0);
}

async function measure(connection: Connection, { rule }: RetentionSubject, items: readonly RetentionItem[]): Promise<RetentionFigures> {
  if (items.length === 0) return { items, rows: 0, bytes: 0, isEstimate: false };
  const { runIds, experimentIds } = idsOf(items);
  if (rule.action === "TRIM_RUNS") {
    const { elites, genomes, bytes, isEstimate } = await measureTrim(connection, runIds);
    return { items, rows: elites + genomes, bytes, isEstimate };
  }
  if (rule.action === "TRASH_RUNS")
    return { items, rows: rowsOf(await countTrash(connection, { runIds, experimentIds })), bytes: 0, isEstimate: false };
  const preview = await previewTrash(connection, { runIds, experimentIds });
  return { items, rows: rowsOf(preview), bytes: preview.bytes, isEstimate: preview.isEstimate };
}

/** What the rule would do to its first `limit` items now. */
export async function previewRetention(
  connection: Connection,
  { limit, ...subject }: RetentionSubject & { readonly limit: number },
): Promise<RetentionFigures> {
  return measure(connection, subject, await findRetentionItems(connection, { ...subject, limit }));
}

const reason = "retention rule";

/** Returns the items that it changed: others were locked or restored since they were selected. */
async function act(
  transaction: Transaction,
  rule: RetentionRuleRecord,
  items: readonly RetentionItem[],
): Promise<readonly { readonly id: string }[]> {
  const { connection } = transaction;
  const { workspaceId } = rule;
  const { runIds, experimentIds } = idsOf(items);
  switch (rule.action) {
    case "DELETE_TRASHED": {
      const { runs, experiments } = await discard(transaction, { workspaceId, runIds, experimentIds });
      return [...runs, ...experiments];
    }
    case "TRASH_RUNS":
      return (await trashRuns(transaction, { workspaceId, userId: null, ids: runIds })).changed;
    case "TRIM_RUNS": {
      const locked = new Set((await locksOf(connection, { workspaceId, runIds })).map(({ key }) => key));
      const free = items.filter(({ number }) => !locked.has(`RUN-${number}`));
      for (const { id } of free) await trimRun(transaction, id);
      return free;
    }
  }
}

const actionNames = { DELETE_TRASHED: "delete", TRASH_RUNS: "trash", TRIM_RUNS: "trim" } as const;

async function applyToBatch(database: Database, rule: RetentionRuleRecord, items: readonly RetentionItem[]): Promise<RetentionFigures> {
  return database.transaction(async (transaction) => {
    const { connection } = transaction;
    const before = await measure(connection, { workspaceId: rule.workspaceId, rule }, items);
    const changed = new Set((await act(transaction, rule, items)).map(({ id }) => id));
    const done = items.filter(({ id }) => changed.has(id));
    await appendAuditEntries(
      connection,
      { userId: null, workspaceId: rule.workspaceId },
      done.map(({ id, subject, number }) => ({
        action: `${subject === "RUN" ? "run" : "experiment"}:${actionNames[rule.action]}`,
        subjectType: subject === "RUN" ? "Run" : "Experiment",
        subjectId: id,
        subjectName: `${subject === "RUN" ? "RUN" : "EXP"}-${number}`,
        before: null,
        after: { by: reason, rule: rule.id },
      })),
    );
    return { ...before, items: done };
  });
}

/** A trimmed run loses up to a million rows, so few are trimmed in one transaction. */
const itemsAtOnce = { DELETE_TRASHED: 50, TRASH_RUNS: 50, TRIM_RUNS: 1 } as const;

/** Until no item is left. Items that cannot be changed now, since a checkpoint locks their rows, are left to the next application. */
export async function applyRetention(
  database: Database,
  rule: RetentionRuleRecord,
  signal: AbortSignal,
): Promise<Omit<RetentionFigures, "items"> & { readonly items: number }> {
  let figures = { items: 0, rows: 0, bytes: 0, isEstimate: false };
  for (;;) {
    signal.throwIfAborted();
    const items = await findRetentionItems(database.connection, { workspaceId: rule.workspaceId, rule, limit: itemsAtOnce[rule.action] });
    if (items.length === 0) return figures;
    const batch = await applyToBatch(database, rule, items);
    if (batch.items.length === 0) return figures;
    figures = {
      items: figures.items + batch.items.length,
      rows: figures.rows + batch.rows,
      bytes: figures.bytes + batch.bytes,
      isEstimate: figures.isEstimate || batch.isEstimate,
    };
  }
}
