/** The process of `npm run verify -- RUN-142`. The launcher checks its arguments. */
import { parseArgs } from "node:util";
import type { VerificationResult } from "@pareidolia/analysis/kinds/verification";
import { AppError } from "@pareidolia/core/appError";
import { findRunsOfNumber } from "@pareidolia/persistence/lab/runs/findRunByKey";
import { type Database, openDatabase } from "@pareidolia/persistence/server/database/database";
import { openObjectStore } from "@pareidolia/persistence/server/objectStores/openObjectStore";
import { createClassifierShelf } from "./classifierShelf.ts";
import { readConfig } from "./config.ts";
import { storedClassifiers } from "./storedClassifiers.ts";
import { reportVerification } from "./verification/reportVerification.ts";
import { verifyRun } from "./verification/verifyRun.ts";

const exitCodes = { holds: 0, differs: 1, cannotVerify: 3, internal: 70 } as const;
const secondsBetweenLines = 2;

const silent = { info() {}, warn() {}, error() {} };

async function findRun({ connection }: Database, key: string, workspace: string | undefined): Promise<string> {
  const found = await findRunsOfNumber(connection, Number(key.slice(key.indexOf("-") + 1)));
  const matching = found.filter((run) => workspace === undefined || run.workspace === workspace);
  const [first] = matching;
  if (first === undefined)
    throw new AppError("NOT_FOUND", `There is no ${key}${workspace === undefined ? "" : ` in the workspace "${workspace}"`}.`);
  if (matching.length > 1)
    throw new AppError(
      "INVALID_INPUT",
      `Several workspaces have a ${key}. Add --workspace with one of: ${matching.map((run) => run.workspace).join(", ")}.`,
    );
  return first.id;
}

/** A line every few seconds, however fast the steps are. */
function progressPrinter(): (progress: { readonly done: number; readonly total: number }) => Promise<void> {
  let printedAt = performance.now();
  return async ({ done, total }) => {
    const now = performance.now();
    if (now - printedAt < secondsBetweenLines * 1000) return;
    printedAt = now;
    process.stderr.write(`${done} of ${total} ...\n`);
  };
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { workspace: { type: "string" }, json: { type: "boolean" } },
  });
  const key = (positionals[0] ?? "").toUpperCase();
  const config = readConfig(process.env);
  const objectStore = await openObjectStore(process.env);
  const database = await openDatabase(config.databaseUrl);
  const shelf = createClassifierShelf(storedClassifiers({ ...config, objectStore, log: silent }));
  try {
    const runId = await findRun(database, key, values.workspace);
    const result: VerificationResult = await verifyRun(runId, {
      database,
      objectStore,
      openClassifier: shelf.open,
      cacheFolder: config.cacheFolder,
      signal: new AbortController().signal,
      log: silent,
      report: progressPrinter(),
    });
    process.stdout.write(values.json === true ? `${JSON.stringify({ run: key, ...result })}\n` : reportVerification(key, result));
    return result.verdict === "DIFFERENT" ? exitCodes.differs : exitCodes.holds;
  } finally {
    await shelf.close();
    await database.close();
  }
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isKnown = error instanceof AppError;
    process.stderr.write(`${isKnown ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exit(isKnown ? exitCodes.cannotVerify : exitCodes.internal);
  },
);
