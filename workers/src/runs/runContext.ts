/** What a worker lends to the work on a run. */
import type { Queue } from "@pareidolia/jobs/queue";
import type { Database } from "@pareidolia/persistence/database/database";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import type { SharedStore } from "@pareidolia/persistence/objectStores/sharedStore";
import type { OpenClassifier } from "../classifierShelf.ts";
import type { HeldLease } from "../heldLease.ts";
import type { TaskLog } from "../taskLog.ts";

export interface RunContext {
  readonly database: Database;
  readonly objectStore: ObjectStore;
  /** Proves, before a run's work begins and before its first object is stored, that this is the API's store. */
  readonly sharedStore?: SharedStore;
  readonly queue: Pick<Queue, "enqueue">;
  readonly openClassifier: OpenClassifier;
  /** Holds the data sets that retraining reads. */
  readonly cacheFolder: string;
  readonly workerId: string;
  readonly checkpointSeconds: number;
  readonly leaseSeconds: number;
  /** Work without any progress for this long hangs, and the run goes to another worker. Default: 5 minutes. */
  readonly stallSeconds?: number | undefined;
  /** A run whose object store fails for this long is paused until the store works again. Default: 15 seconds. */
  readonly storePatienceSeconds?: number | undefined;
  /** Aborts when the worker has to stop: the run is handed back at its next step. */
  readonly stop: AbortSignal;
  readonly log: TaskLog;
  /** Called after hanging work was abandoned, which may still use the networks that it opened. */
  readonly onAbandoned?: () => void;
  /** Called with the lease while a worker holds the run, so that notifications reach it. */
  readonly onHeld?: (runId: string, lease: HeldLease | null) => void;
}
