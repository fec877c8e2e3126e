/**
 * Checks what the hash chain does not cover: the rows of a run are read as an export has them, and checked as an import checks them. Figures
 * are computed again from the rows under them, confidences by the networks, images from their genomes, and changes of attacks from images.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { AppError } from "@pareidolia/core/appError";
import type { RowOf } from "@pareidolia/exchange/bundleTables";
import type { BundleRows } from "@pareidolia/exchange/restoring/restorable";
import { decodePng } from "@pareidolia/images/png";
import { selectExport } from "@pareidolia/persistence/files/exports/exportSelection";
import { findDerivedDifferencesOfRun } from "@pareidolia/persistence/integrity/derivedColumns";
import type { EarlierRun } from "@pareidolia/persistence/lab/runs/wholeRun";
import { fileKey, genomeKey, imageKey, type ObjectStore } from "@pareidolia/persistence/server/objectStores/objectStore";
import { rowsOfSpools, spoolTables } from "../exports/spoolTables.ts";
import { checkAttackImages } from "../figures/attackImages.ts";
import { checkFigures } from "../figures/checkFigures.ts";
import { drawGenomes } from "../figures/drawnGenomes.ts";
import type { FiguresToCheck } from "../figures/figuresToCheck.ts";
import type { ColumnName, Report } from "../figures/finding.ts";
import { checkLinkImages } from "../figures/linkImages.ts";
import { checkImageFile } from "../figures/storedImages.ts";
import { type BundleNetwork, networkToOpen, toExportedModel } from "../imports/restoring/openNetworks.ts";
import { scoreBundle } from "../imports/restoring/scoreBundle.ts";
import type { VerificationContext } from "./verifier.ts";

export interface RowsToVerify {
  readonly context: VerificationContext;
  /** The largest difference of two confidences that rounding explains. */
  readonly tolerance: number;
  readonly report: Report;
  /** Takes what cannot be checked, as a sentence. */
  readonly skip: (what: string) => void;
}

export async function verifyRows(run: EarlierRun, input: RowsToVerify): Promise<void> {
  const { database, signal } = input.context;
  const folder = await mkdtemp(path.join(tmpdir(), "pareidolia-verify-"));
  try {
    const read = await database.snapshot(async (connection) => {
      const subject = { workspaceId: run.workspaceId, subject: "run", runId: run.id, experimentId: null } as const;
      const selection = await selectExport(connection, subject, true);
      if (selection === null) return null;
      const onRow = async (): Promise<void> => signal.throwIfAborted();
      const tables = await spoolTables(connection, { selection, parts: ["genomes", "scores"], folder, onRow });
      return { models: selection.models, bundle: rowsOfSpools(tables) };
    });
    if (read === null) {
      input.skip("its rows, since the run is in the trash");
      return;
    }
    const figures = { bundle: read.bundle, keyOf: () => `RUN-${run.number}`, report: input.report };
    await checkFigures(figures);
    await checkDerived(run, input);
    await verifyImages(figures, read.models, { ...input, folder });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkDerived({ id }: EarlierRun, { context, report }: RowsToVerify): Promise<void> {
  for (const { column, ...rest } of await findDerivedDifferencesOfRun(context.database.connection, id)) report({ column, ...rest });
}

async function verifyImages(
  figures: FiguresToCheck,
  models: readonly string[],
  { context, tolerance, skip, folder }: RowsToVerify & { readonly folder: string },
): Promise<void> {
  const { objectStore, openClassifier, signal } = context;
  const { bundle, report } = figures;
  const readImage = async (sha256: string) => decodePng(await objectStore.get(imageKey(sha256)));
  if (!(await checkStoredImages(figures, (sha256) => readOrNull(objectStore, sha256)))) {
    skip("the images drawn and scored again, since images are missing");
    return;
  }
  const readGenome = (sha256: string): Promise<Uint8Array> => objectStore.get(genomeKey(sha256));
  await drawGenomes({ ...figures, readGenome, readImage, until: Number.POSITIVE_INFINITY, signal });
  await checkAttackImages(figures, readImage);
  const networks = await openNetworks(bundle, models, { context, skip });
  const total = await countScores(bundle);
  const onScored = (done: number): Promise<void> => context.report({ done: Math.min(done, total), total });
  await scoreBundle({
    bundle,
    keyOf: figures.keyOf,
    networks,
    kept: null,
    objectStore,
    openClassifier,
    folder,
    signal,
    onScored,
    tolerance,
    report,
  });
  await checkLinkImages({
    ...figures,
    readFile: (sha256) => objectStore.get(fileKey(sha256)),
    open: async (model) => {
      const network = networks[model] as BundleNetwork;
      return network.id === null ? null : openClassifier(networkToOpen(network, { kind: "whole" }));
    },
    signal,
    tolerance,
  });
}

async function readOrNull(objectStore: Pick<ObjectStore, "get">, sha256: string): Promise<Uint8Array | null> {
  try {
    return await objectStore.get(imageKey(sha256));
  } catch (error) {
    if (error instanceof AppError && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

/** Size and format of each image, by its file. False if an image is missing. */
async function checkStoredImages(
  { bundle, keyOf, report }: FiguresToCheck,
  read: (sha256: string) => Promise<Uint8Array | null>,
): Promise<boolean> {
  const known = new Set<string>();
  let isWhole = true;
  const lack = (column: ColumnName, place: string, sha256: string): void => {
    isWhole = false;
    report({ column, place, stored: sha256, computed: null });
  };
  for await (const row of bundle.rows("images")) {
    known.add(row.sha256);
    const place = `the image ${row.sha256.slice(0, 12)}`;
    const bytes = await read(row.sha256);
    if (bytes === null) {
      lack("images.sha256", place, row.sha256);
      continue;
    }
    checkImageFile(row, bytes, report);
  }
  for (const table of ["genomes", "trajectories", "milestones", "perturbations", "link_elites"] as const)
    for await (const { run, image } of bundle.rows(table)) if (!known.has(image)) lack(`${table}.image`, keyOf(run), image);
  for await (const { run, original_image: image } of bundle.rows("perturbations"))
    if (!known.has(image)) lack("perturbations.original_image", keyOf(run), image);
  return isWhole;
}

async function countScores(bundle: BundleRows): Promise<number> {
  let count = 0;
  for await (const _ of bundle.rows("scores")) count++;
  return count;
}

/** In the order of the bundle; without an ID, those that cannot be opened here. */
async function openNetworks(
  bundle: BundleRows,
  ids: readonly string[],
  { context, skip }: Pick<RowsToVerify, "context" | "skip">,
): Promise<readonly BundleNetwork[]> {
  const networks: BundleNetwork[] = [];
  for await (const row of bundle.rows("models")) {
    const network: BundleNetwork = { id: ids[row.model] ?? null, model: toExportedModel(row), newReport: null };
    const reason = await whyNotOpen(row, network, context);
    if (reason !== null) skip(`the scores by ${row.name}: ${reason}`);
    networks.push(reason === null ? network : { ...network, id: null });
  }
  return networks;
}

/** Null for a network that can be opened. */
async function whyNotOpen(row: RowOf<"models">, network: BundleNetwork, { openClassifier }: VerificationContext): Promise<string | null> {
  if (row.origin === "import") return "its file is unknown";
  try {
    await openClassifier(networkToOpen(network, { kind: "whole" }));
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code !== "LEASE_LOST") return error.message.replace(/\.$/, "");
    throw error;
  }
}
