/**
 * The worker's process. On SIGTERM or SIGINT it saves a checkpoint, hands its run back and exits. A second signal ends it at once, which
 * loses at most the work since the last checkpoint.
 */
import { constants, setPriority } from "node:os";
import { defaultEngine } from "@pareidolia/classifiers/engines/chooseEngine";
import { AppError } from "@pareidolia/core/appError";
import { openObjectStore } from "@pareidolia/persistence/server/objectStores/openObjectStore";
import { pino } from "pino";
import { readConfig } from "./config.ts";
import { openMailer } from "./emails/mailer.ts";
import { storedClassifiers } from "./storedClassifiers.ts";
import { startWorker } from "./worker.ts";

const exitCodes: Readonly<Partial<Record<AppError["code"], number>>> = { INVALID_INPUT: 2, UNAVAILABLE: 69 };

async function main(): Promise<void> {
  // Runs use every core for hours; a low priority keeps the API and the pages responsive. Threads inherit it.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  const config = readConfig(process.env);
  const log = pino({ level: config.logLevel, name: "worker" });
  const objectStore = await openObjectStore(process.env);
  const { engine, reason } = await defaultEngine();
  log.info({ engine: engine.id, reason }, "engine chosen");
  const worker = await startWorker({
    ...config,
    objectStore,
    samplePhotos: true,
    mailer: config.mailServer === null ? null : openMailer(config.mailServer),
    loadClassifier: storedClassifiers({ ...config, objectStore, log }),
    engine: engine.title,
    log,
  });
  log.info({ workerId: worker.id }, "worker is ready");

  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ reason }, "worker is stopping");
    worker.close().then(
      () => {
        log.info({}, "worker has stopped");
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, "worker could not shut down cleanly");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", () => stop("SIGTERM"));
  process.on("SIGINT", () => stop("SIGINT"));
}

main().catch((error: unknown) => {
  const known = error instanceof AppError;
  process.stderr.write(`${known ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit((known ? exitCodes[error.code] : undefined) ?? 1);
});
