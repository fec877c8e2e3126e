/** GET /healthz says that the process answers; GET /readyz that it can do its work. */
import type { Database } from "@pareidolia/persistence/database/database";
import { isDatabaseReachable } from "@pareidolia/persistence/database/reachability";
import type { RequestHandler } from "express";
import type { StoreHealth } from "../objectStore/storeHealth.ts";

export const answerAlive: RequestHandler = (_request, response) => {
  response.json({ status: "ok" });
};

export function answerReady(options: { database: Database; health: StoreHealth }): RequestHandler {
  return async (_request, response) => {
    const [database, problem] = await Promise.all([isDatabaseReachable(options.database.connection), options.health.findProblem()]);
    const objectStore = problem === null;
    const ready = database && objectStore;
    response.status(ready ? 200 : 503).json({ status: ready ? "ok" : "unavailable", database, objectStore });
  };
}
