/** Calls of persistence's functions for the trash, locks and retention rules that send raw SQL. */
import { readChain } from "@pareidolia/persistence/lab/chains/readChains";
import { findImage } from "@pareidolia/persistence/lab/images/readImages";
import { assertUnlocked } from "@pareidolia/persistence/lab/locks/assertUnlocked";
import { setExperimentLocks, setRunLocks } from "@pareidolia/persistence/lab/locks/setLocks";
import type { RetentionAction, RetentionConditions } from "@pareidolia/persistence/lab/retention/retentionRule";
import { countRetentionItems, findRetentionItems } from "@pareidolia/persistence/lab/retention/selectRetained";
import { measureTrim, trimRun } from "@pareidolia/persistence/lab/retention/trimRuns";
import { discard } from "@pareidolia/persistence/lab/trash/discard";
import { previewTrash } from "@pareidolia/persistence/lab/trash/previewTrash";
import { countTrash, findChampions, findTrashItem, isInTrash, listTrash } from "@pareidolia/persistence/lab/trash/readTrash";
import { restoreExperiments, restoreRuns, trashExperiments, trashRuns } from "@pareidolia/persistence/lab/trash/trash";
import { openScope } from "@pareidolia/persistence/server/scope/openScope";
import type { StatementCase } from "./statementCase.ts";

const scope = openScope("workspace");
const workspaceId = "workspace";
const ids = ["id"];
const page = { limit: 1, backward: false, after: [new Date(0).toISOString(), "id"], before: null };
const change = { workspaceId, userId: "user", ids };
const lock = { ...change, locked: true };
const row = {
  id: "id",
  count: 1,
  state: "RUNNING",
  number: 1,
  experimentId: "id",
  trashedAt: null,
  discardedAt: null,
  lockedAt: null,
  experimentTrashedAt: null,
};
const trashedRow = { ...row, state: "FAILED", trashedAt: new Date(0), trashedWithExperiment: true };
const rule = (action: RetentionAction, archived = true): RetentionConditions => ({
  action,
  days: 1,
  states: ["FAILED", "CANCELLED"],
  kinds: ["evolution"],
  archived,
  withoutTag: "paper",
  keepPinned: true,
});

export const trashStatements: readonly StatementCase[] = [
  { call: (connection) => findImage(connection, "sha") },
  { call: (connection) => readChain(connection, "run") },
  { call: (connection) => assertUnlocked(connection, { workspaceId, runIds: ids, experimentIds: ids }) },
  { call: (_, transaction) => setRunLocks(transaction, lock) },
  { call: (_, transaction) => setExperimentLocks(transaction, lock) },
  { rows: [row], call: (_, transaction) => trashRuns(transaction, change) },
  { rows: [row], call: (_, transaction) => trashExperiments(transaction, change) },
  { rows: [trashedRow], call: (_, transaction) => restoreRuns(transaction, change) },
  { rows: [trashedRow], call: (_, transaction) => restoreExperiments(transaction, change) },
  { rows: [trashedRow], call: (_, transaction) => discard(transaction, { workspaceId, runIds: ids, experimentIds: ids }) },
  { rows: [row], call: (connection) => previewTrash(connection, { runIds: ids, experimentIds: ids }) },
  { call: (connection) => listTrash(connection, { scope, page }) },
  { call: (connection) => findTrashItem(connection, { scope, id: "run" }) },
  { call: (connection) => countTrash({ connection, most: 10 }, scope) },
  { call: (connection) => findChampions(connection, { itemIds: ids, limit: 4 }) },
  { call: (connection) => isInTrash(connection, { scope, sha256: "sha" }) },
  ...(["DELETE_TRASHED", "TRASH_RUNS", "TRIM_RUNS"] as const).flatMap((action): StatementCase[] => [
    { call: (connection) => findRetentionItems(connection, { workspaceId, rule: rule(action), limit: 1 }) },
    { call: (connection) => countRetentionItems(connection, { workspaceId, rule: rule(action, false) }) },
  ]),
  { call: (connection) => measureTrim(connection, ids) },
  { call: (_, transaction) => trimRun(transaction, "run") },
];
