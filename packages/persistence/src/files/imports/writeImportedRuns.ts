/**
 * Writes the runs of another program, in the caller's transaction, so that either all of an import is visible or nothing. Objects must be
 * stored before. Locks the workspace, whose numbers the runs get.
 */
import { randomUUID } from "node:crypto";
import { AppError } from "@pareidolia/core/appError";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { PlannedImported } from "@pareidolia/core/runKinds/imported";
import { serialisePlan } from "@pareidolia/core/runKinds/registry";
import type { RunState } from "@pareidolia/core/runState";
import { createExperiment } from "../../lab/experiments/createExperiment.ts";
import { writeImages } from "../../lab/images/writeImages.ts";
import { assertUnlocked } from "../../lab/locks/assertUnlocked.ts";
import { editTags } from "../../lab/tags/writeTags.ts";
import { ascendingIds } from "../../server/database/ascendingIds.ts";
import type { Connection, Transaction } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";
import type { ImportRecord } from "./readImports.ts";

export interface NewImportedImage {
  readonly image: {
    readonly sha256: string;
    readonly width: number;
    readonly height: number;
    readonly channels: number;
    readonly byteLength: number;
  };
  readonly niche: number | null;
  readonly label: string | null;
  readonly claimed: number | null;
  readonly generation: number | null;
  readonly sourceId: string | null;
  readonly sourceParentId: string | null;
}

export interface NewImportedRun extends PlannedImported {
  readonly name: string;
  readonly state: Extract<RunState, "SUCCEEDED" | "FAILED" | "CANCELLED">;
  readonly parameters: Parameters;
  readonly notes: string;
  /** Names as members may give them. */
  readonly tags: readonly string[];
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly images: readonly NewImportedImage[];
}

export interface WrittenImport {
  readonly experimentId: string;
  readonly experimentCreated: boolean;
}

/** Rows of one statement. */
const batch = 1_000;

export async function inBatches<Row>(rows: readonly Row[], write: (some: Row[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < rows.length; from += batch) await write(rows.slice(from, from + batch));
}

/** The stand-in for a network of which only its images are known: one for each workspace. */
export async function ensureUnknownNetwork(
  connection: Connection,
  { workspaceId, createdById }: Pick<ImportRecord, "workspaceId" | "createdById">,
): Promise<string> {
  const slug = `imported-${workspaceId}`;
  const data = {
    workspaceId,
    createdById,
    slug,
    origin: "import",
    name: "Unknown network",
    description: "Stands for the network of imported results, which their files do not contain.",
    licence: "",
    source: "",
    sha256: "",
    state: "REFUSED" as const,
    refusal: "It is only known from imported results, and has no file.",
    width: 1,
    height: 1,
    channels: 1,
    labels: ["unknown"],
    labelSpace: slug,
  };
  const found = await connection.model.upsert({
    where: { workspaceId_slug: { workspaceId, slug } },
    create: { id: `model_${randomUUID().replaceAll("-", "").slice(0, 24)}`, ...data },
    update: {},
    select: { id: true },
  });
  return found.id;
}

/** @throws AppError CONFLICT if the experiment is archived, locked or in the trash. */
export async function touchExperiment(
  connection: Connection,
  { workspaceId, experimentId }: { readonly workspaceId: string; readonly experimentId: string },
): Promise<void> {
  await assertUnlocked(connection, { workspaceId, experimentIds: [experimentId] });
  const { count } = await connection.experiment.updateMany({
    where: { id: experimentId, workspaceId, archivedAt: null, trashedAt: null },
    data: { updatedAt: new Date() },
  });
  if (count === 0) throw new AppError("CONFLICT", "The experiment is archived or in the trash. Restore it, or import into another.");
}

async function openExperiment(
  transaction: Transaction,
  { workspaceId, createdById, experimentId, experimentName, fileName }: ImportRecord,
) {
  const { connection } = transaction;
  if (experimentId === null) {
    const name = experimentName ?? fileName;
    const description = `Imported from ${fileName}.`;
    return {
      id: await createExperiment(transaction, { workspaceId, createdById, name, description, idempotencyKey: null }),
      created: true,
    };
  }
  await touchExperiment(connection, { workspaceId, experimentId });
  return { id: experimentId, created: false };
}

/** @throws AppError CONFLICT if the experiment is archived, locked or in the trash. */
export async function writeImportedRuns(
  transaction: Transaction,
  { record, scope, runs }: { readonly record: ImportRecord; readonly scope: Scope; readonly runs: readonly NewImportedRun[] },
): Promise<WrittenImport> {
  const { connection } = transaction;
  const { workspaceId, createdById } = record;
  const { lastRunNumber } = await connection.workspace.update({
    where: { id: workspaceId },
    data: { lastRunNumber: { increment: runs.length } },
    select: { lastRunNumber: true },
  });
  const experiment = await openExperiment(transaction, record);
  const modelId = record.modelId ?? (await ensureUnknownNetwork(connection, record));
  const ids = ascendingIds(runs.length);
  const numbered = runs.map((run, index) => ({ ...run, id: ids[index] as string, number: lastRunNumber - runs.length + 1 + index }));
  const now = new Date();
  await inBatches(numbered, (some) =>
    connection.run.createMany({
      data: some.map(({ id, number, kind, plan, name, state, parameters, notes, startedAt, endedAt }) => ({
        id,
        number,
        workspaceId,
        experimentId: experiment.id,
        createdById,
        modelId,
        importId: record.id,
        kind,
        plan: serialisePlan({ kind, plan }).document,
        name,
        preset: "",
        parameters: { ...parameters },
        framing: { kind: "whole" },
        seed: 0,
        state,
        failure: state === "FAILED" ? `It is ${JSON.stringify(plan.source.state)} in the imported file.` : null,
        notes,
        startedAt,
        endedAt: endedAt ?? startedAt ?? now,
        eventSeq: 1,
      })),
    }),
  );
  await inBatches(numbered, (some) =>
    connection.runEvent.createMany({
      data: some.map(({ id, state }) => ({
        runId: id,
        seq: 1,
        kind: "STATE",
        payload: { from: null, to: state, reason: `Imported from ${record.fileName}.` },
      })),
    }),
  );
  await inBatches(
    numbered.flatMap(({ images }) => images),
    (some) => writeImages(connection, some),
  );
  await inBatches(
    numbered.flatMap(({ id, images }) =>
      images.map(({ image: { sha256 }, ...row }, index) => ({ runId: id, index, imageSha256: sha256, ...row })),
    ),
    (some) => connection.importedImage.createMany({ data: some }),
  );
  const edits = numbered.filter(({ tags }) => tags.length > 0).map(({ id, tags }) => ({ id, add: tags, remove: [] }));
  if (edits.length > 0) await editTags(connection, { scope, kind: "Run", edits });
  return { experimentId: experiment.id, experimentCreated: experiment.created };
}
