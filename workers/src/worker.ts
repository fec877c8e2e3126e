/** Starts a worker: its connections, tasks and heartbeat. Closing it hands its run back and releases all resources. */
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import { openConsumer } from "@pareidolia/jobs/consumer";
import type { Tasks } from "@pareidolia/jobs/jobs";
import { openQueue } from "@pareidolia/jobs/queue";
import { proveSharedStore } from "@pareidolia/persistence/lab/images/sharedStore";
import { markModelAvailable } from "@pareidolia/persistence/lab/models/modelState";
import type { SilentWriter } from "@pareidolia/persistence/lab/runs/endSilentWriters";
import { holderChannel } from "@pareidolia/persistence/lab/workers/notifyHolder";
import {
  registerWorker,
  reportWorkerAlive,
  reportWorkerEngine,
  reportWorkerStopped,
} from "@pareidolia/persistence/lab/workers/reportWorker";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { ResilientClient } from "@pareidolia/persistence/server/database/lostConnections";
import { listen } from "@pareidolia/persistence/server/database/notifications";
import type { ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { DigestSettings } from "@pareidolia/persistence/workspace/notifications/writeDigests";
import { type ClassifierShelf, createClassifierShelf, type OpenClassifier } from "./classifierShelf.ts";
import type { Mailer } from "./emails/mailer.ts";
import { touchHeartbeatFile } from "./heartbeatFile.ts";
import type { HeldClaim } from "./heldClaim.ts";
import { startHourlyCleanUp } from "./hourlyCleanUp.ts";
import { startOutageWatch } from "./outageWatch.ts";
import { storeSamplePhotos } from "./photos/storeSamplePhotos.ts";
import { silentShare, startRecovery } from "./recovery.ts";
import type { RunContext } from "./runs/runContext.ts";
import { StudyComputer } from "./studies/studyComputer.ts";
import { startVoteWatch } from "./studies/voteWatch.ts";
import type { TaskLog } from "./taskLog.ts";
import { type AnalyseContext, analyse } from "./tasks/analyse.task.ts";
import { carryOutRun } from "./tasks/carryOutRun.task.ts";
import { checkModel } from "./tasks/checkModel.task.ts";
import { computeStudyResults } from "./tasks/computeStudyResults.task.ts";
import { deleteDiscarded } from "./tasks/deleteDiscarded.task.ts";
import { importFile } from "./tasks/importFile.task.ts";
import { makeExport } from "./tasks/makeExport.task.ts";
import { makeRelease } from "./tasks/makeRelease.task.ts";
import { sendEmail } from "./tasks/sendEmail.task.ts";
import { writeBulkFile } from "./tasks/writeBulkFile.task.ts";
import { startWebhookWatch } from "./webhooks/webhookWatch.ts";

export interface WorkerOptions {
  readonly databaseUrl: string;
  readonly objectStore: ObjectStore;
  readonly loadClassifier: OpenClassifier;
  /** The engine to report for this worker until an opened network reports its own. */
  readonly engine: string;
  /** Whether to offer the sample photographs, which may be downloaded. */
  readonly samplePhotos: boolean;
  readonly cacheFolder: string;
  /** Bytes of the largest file of an import. Default: 20 GB. */
  readonly largestImport?: number;
  readonly threads: number | undefined;
  /** Whether files may be downloaded from this machine. Default: false. */
  readonly allowLoopback?: boolean;
  readonly checkpointSeconds: number;
  readonly leaseSeconds: number;
  readonly stallSeconds?: number | undefined;
  readonly storeTimeoutSeconds?: number | undefined;
  /** Touched with every heartbeat, for a health check. */
  readonly heartbeatFile?: string | undefined;
  /** Default: e-mails are kept in `unsentFile`. */
  readonly mailer?: Mailer | null;
  /** Where e-mails are kept without a mail server. Default: they are dropped. */
  readonly unsentFile?: string;
  /** Default: null, without which no e-mails about notifications are written and no webhooks are sent. */
  readonly secret?: string | null;
  readonly publicUrl?: URL | null;
  readonly log: TaskLog;
}

export interface RunningWorker {
  readonly id: string;
  close(): Promise<void>;
}

const heartbeatSeconds = 5;
/** The worker starts if Postgres is ready within this time. */
const waitSeconds = 120;

/** Closes resources in the reverse order of their opening, also if a later one fails to open. */
class ResourceStack {
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

function digestsOf({ mailer = null, secret = null, publicUrl = null }: WorkerOptions): DigestSettings | null {
  return mailer === null || secret === null || publicUrl === null ? null : { secret, publicUrl };
}

/** @throws AppError UNAVAILABLE if Postgres does not respond, or the object store is not the API's. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { databaseUrl: url, objectStore, log } = options;
  const id = randomUUID();
  const resources = new ResourceStack();
  const stop = new AbortController();
  const held = new Map<string, Pick<HeldClaim, "refresh">>();
  const refreshAll = (): void => {
    for (const each of held.values()) void each.refresh();
  };
  const onError = (error: unknown): void => log.warn({ err: error }, "background work failed and will be tried again");
  // Neither exceeds the lease, so that a worker frozen in a transaction loses its lock on a run before another worker may take the run.
  const limits = { lockSeconds: options.leaseSeconds, silenceSeconds: options.leaseSeconds * silentShare };
  const onAlarm = (ended: readonly SilentWriter[]): void =>
    log.error({ ended }, "a frozen worker held a run in its transaction; its session was ended");
  try {
    const waiting = { waitSeconds, onWait: (message: string) => log.warn({}, message) };
    const database = await resources.add(openDatabase(url, { ...limits, waiting, secret: options.secret }), (opened) => opened.close());
    const sharedStore = await proveSharedStore(database.connection, objectStore);
    const queue = await resources.add(openQueue({ url, onError, Client: ResilientClient }), (opened) => opened.close());
    const openShelf = () => resources.add(Promise.resolve(createClassifierShelf(options.loadClassifier)), (opened) => opened.close());
    // Each queue runs one task at a time and has its own shelf, so that no other task closes its networks.
    const shelves = {
      runs: await openShelf(),
      analyses: await openShelf(),
      background: await openShelf(),
      checks: await openShelf(),
      imports: await openShelf(),
    };
    await resources.add(registerWorker(database.connection, { id, host: hostname(), processId: process.pid, engine: options.engine }), () =>
      reportWorkerStopped(database.connection, id).catch(onError),
    );
    const touchFile = async (): Promise<void> => {
      if (options.heartbeatFile !== undefined) await touchHeartbeatFile(options.heartbeatFile);
    };
    await touchFile();
    const heartbeat = setInterval(
      () => void reportWorkerAlive(database.connection, id).then(touchFile).catch(onError),
      heartbeatSeconds * 1000,
    );
    await resources.add(Promise.resolve(heartbeat), async (timer) => clearInterval(timer));
    const onMessage = (id: string): void => void held.get(id)?.refresh();
    await resources.add(listen({ url, channel: holderChannel, onMessage, onReconnect: refreshAll }), (listener) => listener.close());
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
        // An error here does not fail the run: both are written again when the next network is opened.
        await Promise.all([markModelAvailable(database.connection, model.id), reportEngine(classifier.engine)]).catch(onError);
        return classifier;
      },
      workerId: id,
      stop: stop.signal,
      onAbandoned: () => shelf.abandon(),
      onHeld: hold,
      onClaimed: hold,
    });
    const computer = await resources.add(Promise.resolve(new StudyComputer()), (opened) => opened.close());
    const tasks: Tasks = {
      carryOutRun: (data) => carryOutRun(data, contextOf(shelves.runs)),
      analyse: (data) => analyse(data, contextOf(shelves.analyses)),
      analyseInBackground: (data) => analyse(data, contextOf(shelves.background)),
      checkModel: (data) => checkModel(data, contextOf(shelves.checks)),
      sendEmail: (data) =>
        sendEmail(data, { database, mailer: options.mailer ?? null, unsentFile: options.unsentFile ?? null, stop: stop.signal, log }),
      computeStudyResults: (data) => computeStudyResults(data, { database, queue, computer, stop: stop.signal, log }),
      makeRelease: (data) => makeRelease(data, { database, objectStore, queue, computer, stop: stop.signal, log, onClaimed: hold }),
      importFile: (data) => importFile(data, { ...contextOf(shelves.imports), largestImport: options.largestImport }),
      makeExport: (data) => makeExport(data, { database, objectStore, queue, stop: stop.signal, log, onClaimed: hold }),
      writeBulkFile: (data) => writeBulkFile(data, { database, objectStore, queue, stop: stop.signal, log, onClaimed: hold }),
      deleteDiscarded: (data) => deleteDiscarded(data, { database, stop: stop.signal, log }),
    };
    if (options.samplePhotos) {
      const samples = storeSamplePhotos({ ...options, database, stop: stop.signal }).catch(onError);
      await resources.add(Promise.resolve({ done: samples }), ({ done }) => done);
    }
    await resources.add(
      Promise.resolve(
        startRecovery({ database, queue, digests: digestsOf(options), leaseSeconds: options.leaseSeconds, onAlarm, onError }),
      ),
      (recovery) => recovery.close(),
    );
    const { secret = null, publicUrl = null, allowLoopback = false } = options;
    if (secret !== null) {
      const watch = startWebhookWatch({ database, secret, publicUrl, allowLoopback, onError });
      await resources.add(Promise.resolve(watch), (opened) => opened.close());
    }
    await resources.add(startVoteWatch({ url, database, queue, onError }), (watch) => watch.close());
    await resources.add(Promise.resolve(startOutageWatch({ database, queue, sharedStore, onError })), (watch) => watch.close());
    await resources.add(Promise.resolve(startHourlyCleanUp({ url, database, objectStore, sharedStore, onError })), (cleanUp) =>
      cleanUp.close(),
    );
    await resources.add(openConsumer({ url, tasks, onError, Client: ResilientClient }), (consumer) => consumer.close());
  } catch (error) {
    await resources.close();
    throw error;
  }
  return {
    id,
    async close() {
      stop.abort();
      await resources.close();
    },
  };
}
