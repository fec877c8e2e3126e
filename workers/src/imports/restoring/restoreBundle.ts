/**
 * Restores the runs of an export of this product. Files are stored first, and rows of images are written; the images are then scored with
 * the networks that are here; and one transaction writes all other rows. Until then nothing of the export is visible, and a worker that
 * dies leaves only objects, and images with scores, that no row names.
 */
import { randomUUID } from "node:crypto";
import { verificationTolerance } from "@pareidolia/analysis/kinds/verification";
import { toLine } from "@pareidolia/core/lineText";
import type { FolderName } from "@pareidolia/exchange/bundleManifest";
import type { ImportReport } from "@pareidolia/exchange/imports/importReport";
import type { ImportClaim } from "@pareidolia/persistence/files/imports/importWork";
import { finishImport } from "@pareidolia/persistence/files/imports/importWork";
import type { ImportRecord } from "@pareidolia/persistence/files/imports/readImports";
import type { RestoredIds } from "@pareidolia/persistence/files/restoring/restoredRows";
import { reserveNumbers } from "@pareidolia/persistence/files/restoring/restoreRuns";
import { writeScores } from "@pareidolia/persistence/lab/scores/writeScores";
import { ascendingIds } from "@pareidolia/persistence/server/database/ascendingIds";
import { fileKey, genomeKey, imageKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import type { Scope } from "@pareidolia/persistence/server/scope/scope";
import type { HeldClaim } from "../../heldClaim.ts";
import type { RunContext } from "../../runs/runContext.ts";
import { type RetryOptions, withRetries } from "../../withRetries.ts";
import { requireTags } from "../importedTags.ts";
import type { ImportFile } from "../runImportProcess.ts";
import { checkContent } from "./checkContent.ts";
import { type BundleNetwork, openNetwork } from "./openNetworks.ts";
import type { BundleScores } from "./scoreBundle.ts";
import { type SpooledBundle, spoolBundle } from "./spooledBundle.ts";
import { StoredFiles } from "./storedFiles.ts";
import { writeBundleImages } from "./writeBundleImages.ts";
import { writeBundleRows } from "./writeBundleRows.ts";

export interface RestoreOptions {
  readonly record: ImportRecord;
  readonly claim: ImportClaim;
  readonly scope: Scope;
  readonly file: ImportFile;
  /** For temporary files. */
  readonly folder: string;
  /** Bytes of temporary files with rows. */
  readonly mostRowBytes: number;
  readonly held: HeldClaim;
  readonly retry: RetryOptions;
  readonly context: Pick<RunContext, "database" | "objectStore" | "openClassifier">;
}

const keyOf: Readonly<Record<FolderName, (sha256: string) => string>> = { images: imageKey, genomes: genomeKey, files: fileKey };
const contentTypes: Readonly<Record<FolderName, string>> = {
  images: "image/png",
  genomes: "application/octet-stream",
  files: "application/octet-stream",
};

/**
 * @throws AppError CORRUPT_DATA or INVALID_INPUT with the reason for a bundle that cannot be restored here; then nothing is written but
 * images that no row names.
 */
export async function restoreBundle(options: RestoreOptions): Promise<void> {
  const { record, claim, scope, file, folder, mostRowBytes, held, retry, context } = options;
  const { database, objectStore, openClassifier } = context;
  let done = 0;
  const report = (count: number, total: number | null): Promise<void> => held.report({ done: count, total });
  const files = new StoredFiles(objectStore, retry);
  const bundle = await spoolBundle(file, {
    folder,
    mostRowBytes,
    signal: retry.signal,
    onFile: async (place, sha256, bytes) => {
      await files.add({ key: keyOf[place](sha256), bytes, contentType: contentTypes[place] });
      await report(++done, null);
    },
  });
  await files.flush();
  await checkTags(bundle);
  const { keys, authors } = await readOrigin(bundle);
  const opened = { connection: database.connection, scope, objectStore, openClassifier, signal: retry.signal };
  const networks: BundleNetwork[] = [];
  for await (const row of bundle.rows("models")) networks.push(await openNetwork(row, opened));
  const { tables } = bundle.manifest;
  const pairs = tables.scores?.rows ?? tables.images?.rows ?? 0;
  const stored = done;
  // Before scoring, since scores that are here already are not written again: the clean-up of images would delete them with theirs.
  await writeBundleImages(bundle, database.connection, retry);
  const scores = await checkContent({
    bundle,
    networks,
    keyOf: (run) => keys.get(run) ?? `run ${run}`,
    connection: database.connection,
    objectStore,
    openClassifier,
    folder,
    signal: retry.signal,
    onScored: (count) => report(stored + count, stored + pairs),
  });
  for (const [number, { id, newReport }] of networks.entries())
    if (id !== null && newReport === null)
      for await (const piece of scores.of(number)) await withRetries(() => writeScores(database.connection, id, piece), retry);
  await withRetries(async () => {
    const prepared = await prepare(bundle, record, database);
    await database.longTransaction(async (transaction) => {
      const { connection } = transaction;
      const { createdExperimentIds } = await writeBundleRows(connection, {
        ...prepared,
        bundle,
        networks,
        scores,
        record,
        scope,
        keys,
        authors,
      });
      await finishImport(transaction, claim, { ...reportOf(bundle, scores), createdExperimentIds } as object);
    });
  }, retry);
}

/** @throws AppError CORRUPT_DATA for a tag that this product does not allow. */
async function checkTags(bundle: SpooledBundle): Promise<void> {
  for await (const { name } of bundle.rows("tags")) requireTags([name]);
  for (const table of ["experiments", "runs"] as const) for await (const { tags } of bundle.rows(table)) requireTags(tags);
}

/** Keys of runs, and names of the authors of comments, where the bundle was made. */
async function readOrigin(bundle: SpooledBundle): Promise<{
  readonly keys: ReadonlyMap<number, string>;
  readonly authors: ReadonlyMap<number, string>;
}> {
  const [keys, authors] = [new Map<number, string>(), new Map<number, string>()];
  for await (const { table, row, key } of bundle.rows("keys")) if (table === "runs") keys.set(row, key.slice(0, 40));
  for await (const { table, row, role, name } of bundle.rows("credits"))
    if (table === "comments" && role === "author") authors.set(row, toLine(name).slice(0, 120));
  return { keys, authors };
}

async function prepare(
  { manifest: { tables } }: SpooledBundle,
  { id: importId, workspaceId, createdById, experimentId }: ImportRecord,
  { transaction }: RunContext["database"],
) {
  const counts = { experiments: tables.experiments?.rows ?? 0, sweeps: tables.sweeps?.rows ?? 0, runs: tables.runs?.rows ?? 0 };
  /** The export of one run has no experiment: it goes to the one that the member chose, or to a new one. */
  const isOwnExperiment = counts.experiments === 0 && experimentId === null && counts.runs > 0;
  const numbers = await transaction(({ connection }) =>
    reserveNumbers(connection, workspaceId, { ...counts, experiments: counts.experiments + (isOwnExperiment ? 1 : 0) }),
  );
  const ids: Omit<RestoredIds, "models"> = {
    workspaceId,
    createdById,
    importId,
    experiments: ascendingIds(counts.experiments),
    sweeps: ascendingIds(counts.sweeps),
    runs: ascendingIds(counts.runs),
    comments: ascendingIds(tables.comments?.rows ?? 0),
  };
  return { ids, numbers, ownExperimentId: isOwnExperiment ? randomUUID() : null };
}

function reportOf(
  { manifest: { tables }, genomes }: SpooledBundle,
  { compared, equal }: BundleScores,
): Omit<ImportReport, "createdExperimentIds"> {
  const warnings = [];
  if (compared > 0)
    warnings.push(
      equal === compared
        ? `All ${compared} scores were computed here again and are equal bit by bit.`
        : `All ${compared} scores were computed here again: ${equal} are equal bit by bit, the others within ${verificationTolerance}.`,
    );
  if (genomes.total > 0)
    warnings.push(
      genomes.drawn === genomes.total
        ? `All ${genomes.total} genomes were drawn here again and give their images.`
        : `${genomes.drawn} of ${genomes.total} genomes were drawn here again and give their images; there was no time for the others.`,
    );
  return { runCount: tables.runs?.rows ?? 0, imageCount: tables.images?.rows ?? 0, warnings, skipped: [], skippedCount: 0 };
}
