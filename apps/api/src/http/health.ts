/** GET /healthz reports that the process is running, GET /readyz whether it can reach the database and the object store. */
import type { Database } from "@pareidolia/persistence/server/database/database";
import { isDatabaseReachable } from "@pareidolia/persistence/server/database/reachability";
import type { RequestHandler } from "express";
import type { StoreHealth } from "../objectStore/storeHealth.ts";

export const sendLiveness: RequestHandler = (_request, response) => {
  response.json({ status: "ok" });
};

export function sendReadiness(options: { database: Database; health: StoreHealth }): RequestHandler {
  return async (_request, response) => {
    const [database, problem] = await Promise.all([isDatabaseReachable(options.database.connection), options.health.findProblem()]);
    const objectStore = problem === null;
    const ready = database && objectStore;
    response.status(ready ? 200 : 503).json({ status: ready ? "ok" : "unavailable", database, objectStore });
  };
}
