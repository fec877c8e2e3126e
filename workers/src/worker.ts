/** One worker: its connections, its tasks, its heartbeat. Closing it hands its run back and leaves nothing behind. */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { openConsumer } from "@pareidolia/jobs/consumer";
import type { Tasks } from "@pareidolia/jobs/jobs";
import { openQueue } from "@pareidolia/jobs/queue";
import { openDatabase } from "@pareidolia/persistence/database/database";
import { listen } from "@pareidolia/persistence/database/notifications";
import { markModelAvailable } from "@pareidolia/persistence/models/modelState";
import type { ObjectStore } from "@pareidolia/persistence/objectStores/objectStore";
import { proveSharedStore } from "@pareidolia/persistence/objectStores/sharedStore";
import type { SilentWriter } from "@pareidolia/persistence/runs/endSilentWriters";
import { holderChannel } from "@pareidolia/persistence/workers/notifyHolder";
import { registerWorker, reportWorkerAlive, reportWorkerEngine, reportWorkerStopped } from "@pareidolia/persistence/workers/reportWorker";
import { type ClassifierShelf, createClassifierShelf, type OpenClassifier } from "./classifierShelf.ts";
import { touchHeartbeatFile } from "./heartbeatFile.ts";
import type { HeldClaim } from "./heldClaim.ts";
import { startOutageWatch } from "./outageWatch.ts";
import { storeSamplePhotos } from "./photos/storeSamplePhotos.ts";
import type { RunContext } from "./runs/runContext.ts";
import { startStorageSweeper } from "./storageSweeper.ts";
import { silentShare, startSweeper } from "./sweeper.ts";
import type { TaskLog } from "./taskLog.ts";
import { type AnalyseContext, analyse } from "./tasks/analyse.task.ts";
import { carryOutRun } from "./tasks/carryOutRun.task.ts";
import { checkModel } from "./tasks/checkModel.task.ts";

export interface WorkerOptions {
  readonly databaseUrl: string;
  readonly objectStore: ObjectStore;
  readonly loadClassifier: OpenClassifier;
  /** The engine that networks will run on; replaced by the one that an opened network reports. */
  readonly engine: string;
  /** Whether to offer the sample photographs, which may be downloaded. */
  readonly samplePhotos: boolean;
  readonly cacheFolder: string;
  readonly threads: number | undefined;
  /** Whether files may be fetched from this very machine. Not unless it is said. */
  readonly allowLoopback?: boolean;
  readonly checkpointSeconds: number;
  readonly leaseSeconds: number;
  readonly stallSeconds?: number | undefined;
  readonly storePatienceSeconds?: number | undefined;
  /** Touched with every heartbeat, for a health check. */
  readonly heartbeatFile?: string | undefined;
  readonly log: TaskLog;
}

export interface RunningWorker {
  readonly id: string;
  close(): Promise<void>;
}

const heartbeatSeconds = 5;

/** Opens things one by one and closes them in reverse, also when a later one fails to open. */
class ClosingOrder {
  readonly #closers: (() => Promise<void>)[] = [];

  async add<T>(opening: Promise<T>, close: (opened: T) => Promise<void>): Promise<T> {
    const opened = await opening;
    this.#closers.push(() => close(opened));
    return opened;
  }

  async close(): Promise<void> {
    for (let closer = this.#closers.pop(); closer !== undefined; closer = this.#closers.pop()) await closer();
  }
}

/** @throws AppError UNAVAILABLE when Postgres does not answer, or the object store is not the API's. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { databaseUrl: url, objectStore, log } = options;
  const id = randomUUID();
  const order = new ClosingOrder();
  const stop = new AbortController();
  const held = new Map<string, Pick<HeldClaim, "refresh">>();
  const refreshAll = (): void => {
    for (const each of held.values()) void each.refresh();
  };
  const onError = (error: unknown): void => log.warn({ err: error }, "background work failed and will be tried again");
  // Both well within a lease: a run whose worker is frozen in a transaction is free before another worker may take it.
  const limits = { lockSeconds: options.leaseSeconds, silenceSeconds: options.leaseSeconds * silentShare };
  const onAlarm = (ended: readonly SilentWriter[]): void =>
    log.error({ ended }, "a frozen worker held a run in its transaction; its session was ended");
  try {
    const database = await order.add(openDatabase(url, limits), (opened) => opened.close());
    const sharedStore = await proveSharedStore(database.connection, objectStore);
    const queue = await order.add(openQueue({ url, onError }), (opened) => opened.close());
    const openShelf = () => order.add(Promise.resolve(createClassifierShelf(options.loadClassifier)), (opened) => opened.close());
    // Each queue has one task under way, and a shelf whose networks nobody else puts away.
    const shelves = { runs: await openShelf(), analyses: await openShelf(), background: await openShelf(), checks: await openShelf() };
    await order.add(registerWorker(database.connection, { id, host: hostname(), processId: process.pid, engine: options.engine }), () =>
      reportWorkerStopped(database.connection, id).catch(onError),
    );
    const touchFile = async (): Promise<void> => {
      if (options.heartbeatFile !== undefined) await touchHeartbeatFile(options.heartbeatFile);
    };
    await touchFile();
    const beat = setInterval(() => void reportWorkerAlive(database.connection, id).then(touchFile).catch(onError), heartbeatSeconds * 1000);
    await order.add(Promise.resolve(beat), async (timer) => clearInterval(timer));
    const onMessage = (id: string): void => void held.get(id)?.refresh();
    await order.add(listen({ url, channel: holderChannel, onMessage, onReconnect: refreshAll }), (listener) => listener.close());
    let reported = options.engine;
    const reportEngine = async (engine: string): Promise<void> => {
      if (engine === reported) return;
      await reportWorkerEngine(database.connection, id, engine);
      reported = engine;
    };
    const hold = (id: string, refreshable: Pick<HeldClaim, "refresh"> | null): void =>
      void (refreshable === null ? held.delete(id) : held.set(id, refreshable));
    const contextOf = (shelf: ClassifierShelf): RunContext & AnalyseContext => ({
      ...options,
      database,
      objectStore,
      sharedStore,
      queue,
      openClassifier: async (model) => {
        const classifier = await shelf.open(model);
        // Neither is worth failing a run for: both are written again when the next network is opened.
        await Promise.all([markModelAvailable(database.connection, model.id), reportEngine(classifier.engine)]).catch(onError);
        return classifier;
      },
      workerId: id,
      stop: stop.signal,
      onAbandoned: () => shelf.abandon(),
      onHeld: hold,
      onClaimed: hold,
    });
    const tasks: Tasks = {
      carryOutRun: (data) => carryOutRun(data, contextOf(shelves.runs)),
      analyse: (data) => analyse(data, contextOf(shelves.analyses)),
      analyseInBackground: (data) => analyse(data, contextOf(shelves.background)),
      checkModel: (data) => checkModel(data, contextOf(shelves.checks)),
    };
    if (options.samplePhotos) {
      const samples = storeSamplePhotos({ ...options, database, stop: stop.signal }).catch(onError);
      await order.add(Promise.resolve({ done: samples }), ({ done }) => done);
    }
    await order.add(Promise.resolve(startSweeper({ database, queue, leaseSeconds: options.leaseSeconds, onAlarm, onError })), (sweeper) =>
      sweeper.close(),
    );
    await order.add(Promise.resolve(startOutageWatch({ database, queue, sharedStore, onError })), (watch) => watch.close());
    await order.add(Promise.resolve(startStorageSweeper({ url, database, objectStore, sharedStore, onError })), (sweeper) =>
      sweeper.close(),
    );
    await order.add(openConsumer({ url, tasks, onError }), (consumer) => consumer.close());
  } catch (error) {
    await order.close();
    throw error;
  }
  return {
    id,
    async close() {
      stop.abort();
      await order.close();
    },
  };
}
