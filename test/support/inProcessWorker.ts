/** Carries out the queued work of a test API in this process, as a worker does in its own: runs, exports, imports and analyses. */

import type { RunContext } from "@pareidolia/workers/runs/runContext";
import { analyse } from "@pareidolia/workers/tasks/analyse.task";
import { carryOutRun } from "@pareidolia/workers/tasks/carryOutRun.task";
import { importFile } from "@pareidolia/workers/tasks/importFile.task";
import type { TestApi } from "./api.ts";
import { carryOutExport } from "./productExport.ts";

const pauseMilliseconds = 50;

export interface InProcessWorker {
  /** Stops after the work in progress. */
  stop(): Promise<void>;
}

export function startInProcessWorker({ database, objectStore }: TestApi, context: RunContext): InProcessWorker {
  const { connection } = database;
  let isStopped = false;
  const idOf = { select: { id: true } } as const;
  const workOnce = async (): Promise<void> => {
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const shared = { ...context, database, objectStore, log };
    for (const { id } of await connection.run.findMany({ where: { state: "QUEUED" }, ...idOf })) await carryOutRun({ runId: id }, shared);
    for (const { id } of await connection.export.findMany({ where: { state: "QUEUED" }, ...idOf }))
      await carryOutExport({ database, objectStore }, id);
    for (const { id } of await connection.import.findMany({ where: { state: { in: ["INSPECTING", "WRITING"] } }, ...idOf }))
      await importFile({ importId: id }, shared);
    for (const { id } of await connection.analysis.findMany({ where: { state: "QUEUED" }, ...idOf }))
      await analyse({ analysisId: id }, shared);
  };
  const work = (async () => {
    while (!isStopped) {
      await workOnce();
      await new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));
    }
  })();
  return {
    async stop() {
      isStopped = true;
      await work;
    },
  };
}
