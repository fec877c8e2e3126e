/** `npm run store -- clean-up`: removes unused rows and objects now, and prints a line for each kind. */
import { AppError } from "@pareidolia/core/appError";
import { formatByteSize } from "@pareidolia/core/byteSize";
import { type CleanUpResult, runCleanUps } from "@pareidolia/persistence/cleanUps/runCleanUps";
import type { Database } from "@pareidolia/persistence/server/database/database";
import type { Amount, ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { allCleanUps } from "./registry.ts";

export interface CleanUpStoreOptions {
  readonly url: string;
  readonly database: Database;
  readonly objectStore: ObjectStore;
  readonly dryRun: boolean;
  readonly print: (line: string) => void;
}

const formatAmount = ({ count, byteLength }: Amount): string => `${count.toLocaleString("en")} (${formatByteSize(byteLength)})`;

function formatResult({ title, figures, failure }: CleanUpResult, dryRun: boolean): string {
  if (figures === null) return `${title}: ${failure}`;
  return `${title}: ${formatAmount(figures.removed)} ${dryRun ? "to remove" : "removed"}, ${formatAmount(figures.waiting)} kept for now`;
}

/** Returns the exit status. @throws AppError CONFLICT while another process cleans up. */
export async function cleanUpStore({ print, ...options }: CleanUpStoreOptions): Promise<number> {
  const onFailure = (kind: string, error: unknown): void =>
    void process.stderr.write(`${kind}: ${error instanceof Error ? error.stack : String(error)}\n`);
  const results = await runCleanUps({ ...options, cleanUps: allCleanUps, signal: new AbortController().signal, onFailure });
  if (results === null) throw new AppError("CONFLICT", "A worker is cleaning up right now. Try again in a minute.");
  for (const result of results) print(formatResult(result, options.dryRun));
  if (options.dryRun) print("Nothing was removed. Run `npm run store -- clean-up` to remove it.");
  return results.every(({ failure }) => failure === null) ? 0 : 1;
}
