/**
 * The API process. It connects to the database while the rest of the program loads, and a standby does both before it takes
 * over, so that the API returns quickly after a crash.
 */
import { once } from "node:events";
import { AppError } from "@pareidolia/core/appError";
import { openDatabase } from "@pareidolia/persistence/server/database/database";
import { openObjectStore } from "@pareidolia/persistence/server/objectStores/openObjectStore";
import { growHeapSlowly } from "@pareidolia/server/growHeapSlowly";
import { pino } from "pino";
import { readConfig } from "./config.ts";

/** Requests fail if a connected database does not respond within this time. */
const answerWithinSeconds = 10;
/** The API starts if Postgres is ready within this time. */
const waitSeconds = 120;

async function main(): Promise<void> {
  growHeapSlowly();
  const config = readConfig(process.env);
  const logger = pino({ level: config.logLevel });
  const closers: (() => Promise<void>)[] = [];
  const closeAll = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };

  try {
    const objectStore = await openObjectStore(process.env);
    const waiting = { waitSeconds, onWait: (message: string) => logger.warn(message) };
    const connecting = openDatabase(config.databaseUrl, { answerWithinSeconds, waiting, secret: config.secret });
    const [database, { serve }] = await Promise.all([connecting, import("./serve.ts")]);
    closers.push(() => database.close());
    if (config.standby) {
      logger.info("This process stands by to take over from the API.");
      await once(process, "message");
    }
    closers.push(...(await serve({ config, database, objectStore, logger })));
  } catch (error) {
    await closeAll();
    throw error;
  }

  let stopping = false;
  const stop = async (reason: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, "The API is stopping.");
    await closeAll();
    process.exit(0);
  };
  const onStop = (reason: string): void => {
    stop(reason).catch((error: unknown) => {
      logger.error({ err: error }, "The API did not stop cleanly.");
      process.exit(1);
    });
  };
  process.on("SIGTERM", () => onStop("SIGTERM"));
  process.on("SIGINT", () => onStop("SIGINT"));
  if (config.supervised) process.stdin.on("end", () => onStop("standard input ended")).resume();
}

main().catch((error: unknown) => {
  console.error(error instanceof AppError ? error.message : error);
  process.exitCode = 1;
});
