/** The worker's resources and settings for computing a run. */
import type { Queue } from "@pareidolia/jobs/queue";
import type { SharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { OpenClassifier } from "../classifierShelf.ts";
import type { HeldLease } from "../heldLease.ts";
import type { TaskLog } from "../taskLog.ts";

export interface RunContext {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  /** Proves, before a run starts and before its first object is stored, that this is the API's store. */
  readonly sharedStore?: SharedStore;
  readonly queue: Pick<Queue, "enqueue">;
  readonly openClassifier: OpenClassifier;
  /** The folder with the data sets for retraining. */
  readonly cacheFolder: string;
  readonly workerId: string;
  readonly checkpointSeconds: number;
  readonly leaseSeconds: number;
  /** Work without progress for this long counts as hanging, and another worker takes the run. Default: 5 minutes. */
  readonly stallSeconds?: number | undefined;
  /** A run is paused after the object store has failed for this long, until the store works again. Default: 15 seconds. */
  readonly storeTimeoutSeconds?: number | undefined;
  /** Aborts when the worker has to stop. The run is handed back at its next step. */
  readonly stop: AbortSignal;
  readonly log: TaskLog;
  /** Called after hanging work was abandoned. It may still use its open networks. */
  readonly onAbandoned?: () => void;
  /** Called with the run's lease when it is acquired, so that notifications can refresh it, and with null when it is released. */
  readonly onHeld?: (runId: string, lease: HeldLease | null) => void;
}
