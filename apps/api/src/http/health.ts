/** GET /healthz says that the process answers; GET /readyz that it can do its work. */

import type { Database } from "@pareidolia/persistence/database";
import { imageKey, type ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { isDatabaseReachable } from "@pareidolia/persistence/queries/reachability";
import type { RequestHandler } from "express";

export const answerAlive: RequestHandler = (_request, response) => {
  response.json({ status: "ok" });
};

/** No image has this hash; asking for it only shows that the store answers. */
const noImage = imageKey("0".repeat(64));

export function answerReady(options: { database: Database; objectStore: ObjectStore }): RequestHandler {
  return async (_request, response) => {
    const [database, objectStore] = await Promise.all([
      isDatabaseReachable(options.database.connection),
      options.objectStore.has(noImage).then(
        () => true,
        () => false,
      ),
    ]);
    const ready = database && objectStore;
    response.status(ready ? 200 : 503).json({ status: ready ? "ok" : "unavailable", database, objectStore });
  };
}
