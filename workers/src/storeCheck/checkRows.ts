/**
 * Checks the rows of every run without a network: figures against the rows under them, and bytes of genomes against their hashes. One run at
 * a time is read into temporary files, from one moment of the database, so that workers may continue.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { selectExport } from "@pareidolia/persistence/files/exports/exportSelection";
import { type LiveRun, listLiveRuns } from "@pareidolia/persistence/lab/runs/listLiveRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { rowsOfSpools, spoolTables } from "../exports/spoolTables.ts";
import { checkFigures } from "../figures/checkFigures.ts";
import { checkGenomeBytes } from "../figures/drawnGenomes.ts";
import { describeFinding, type Finding } from "../figures/finding.ts";

/** @returns the number of runs. @param print takes each finding as a sentence. */
export async function checkRows(database: Pick<Database, "connection" | "snapshot">, print: (sentence: string) => void): Promise<number> {
  let count = 0;
  for await (const run of listLiveRuns(database.connection)) {
    count++;
    await checkRun(database, run, (finding) => print(`${describeFinding(finding)}.`));
  }
  return count;
}

async function checkRun(
  database: Pick<Database, "snapshot">,
  { id, key, workspaceId }: LiveRun,
  report: (finding: Finding) => void,
): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-check-"));
  try {
    const tables = await database.snapshot(async (connection) => {
      const selection = await selectExport(connection, { workspaceId, subject: "run", runId: id, experimentId: null }, true);
      return selection === null
        ? null
        : spoolTables(connection, { selection, parts: ["genomes", "scores"], folder, onRow: async () => undefined });
    });
    // It was deleted meanwhile.
    if (tables === null) return;
    const figures = { bundle: rowsOfSpools(tables), keyOf: () => key, report };
    await checkFigures(figures);
    await checkGenomeBytes(figures);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
