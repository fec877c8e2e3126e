/** Imports of the local workspace: one that has stored a run with an image, and one that waits for a member's decision. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { AccountsApi } from "../support/accounts.ts";
import { importRow } from "../support/importRow.ts";
import { seedRun } from "../support/runs.ts";

export interface Imports {
  readonly readyImport: string;
}

export const missingImports: Imports = { readyImport: encodeGlobalId("Import", "missing") };

/** @param experimentId of the stored run, which shows the image. */
export async function writeImports(
  { database }: AccountsApi,
  { experimentId, sha256, seed }: { readonly experimentId: string; readonly sha256: string; readonly seed: number },
): Promise<Imports & { readonly done: string; readonly importedRun: string }> {
  const { connection } = database;
  const of = { workspaceId: localWorkspaceId, createdById: localUserId };
  const [done, ready] = [`import_${seed}`, `ready_import_${seed}`];
  const failed = { failure: null, total: 1, done: 1 };
  await connection.import.create({ data: { ...importRow({ id: done, ...of, state: "SUCCEEDED" }), ...failed } });
  await connection.import.create({ data: importRow({ id: ready, ...of, state: "READY" }) });
  const run = await seedRun(database, { seed });
  const point = { generation: 0, median: 0.5, mean: 0.5, minimum: 0, maximum: 1 };
  const source = { importId: done, fileName: "runs.csv", sha256: "ab".repeat(32), key: `a ${seed}`, state: "finished" };
  const plan = {
    method: "wandb",
    source,
    metrics: { accuracy: seed },
    imageCount: 1,
    curve: [point],
    histories: [{ metric: "loss", steps: [0, 1], values: [1, 0.5] }],
  };
  const ended = { state: "CANCELLED", startedAt: new Date(), endedAt: new Date() } as const;
  const origin = { workspace: `Lab ${seed}`, key: `RUN-${seed}`, at: new Date().toISOString() };
  await connection.run.update({
    where: { id: run },
    data: { origin, experimentId, importId: done, kind: "imported", plan, preset: "", ...ended },
  });
  await connection.runMetric.create({ data: { runId: run, workspaceId: of.workspaceId, name: `only_${seed}`, value: 1 } });
  const figures = { niche: 0, label: "zero", claimed: 0.5, generation: 0, sourceId: "1", sourceParentId: "0" };
  await connection.importedImage.create({ data: { runId: run, index: 0, imageSha256: sha256, ...figures } });
  return { done: encodeGlobalId("Import", done), importedRun: run, readyImport: encodeGlobalId("Import", ready) };
}
