/** Exports of the local workspace: one that can be downloaded, and one that a worker has not begun. */
import { createHash } from "node:crypto";
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { fileKey } from "@pareidolia/persistence/server/objectStores/objectStore";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { AccountsApi } from "../support/accounts.ts";

export interface Exports {
  /** What the export that can be downloaded contains. */
  readonly exported: string;
  readonly queuedExport: string;
}

export const missingExports: Exports = { exported: "", queuedExport: encodeGlobalId("Export", "missing") };

export async function writeExports(
  { database, objectStore }: AccountsApi,
  subject: { readonly runId: string; readonly experimentId: string },
  seed: number,
): Promise<Exports & { readonly export: string }> {
  const { connection } = database;
  const exported = `bundle ${seed}`;
  const bytes = Buffer.from(exported);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  await objectStore.put(fileKey(sha256), bytes, { contentType: "application/octet-stream" });
  const common = { workspaceId: localWorkspaceId, createdById: localUserId, parts: ["images"], formats: ["csv"] };
  const now = new Date();
  const content = {
    sha256,
    byteLength: BigInt(bytes.length),
    content: sha256,
    rowCount: 1n,
    fileCount: 1,
    tableRows: { runs: 1 },
    startedAt: now,
    endedAt: now,
    expiresAt: new Date(now.getTime() + 86_400_000),
  };
  const [made, queued] = [`export_${seed}`, `queued_export_${seed}`];
  const { runId, experimentId } = subject;
  const ofRun = { subject: "run", runId, subjectKey: "RUN-1" };
  const ofExperiment = { subject: "experiment", experimentId, subjectKey: "EXP-1" };
  await connection.export.create({ data: { id: made, number: 1, ...common, ...ofRun, state: "SUCCEEDED", ...content, done: 1, total: 1 } });
  await connection.exportPart.create({ data: { exportId: made, index: 0, sha256, byteLength: bytes.length } });
  await connection.export.create({ data: { id: queued, number: 2, ...common, ...ofExperiment } });
  await connection.workspace.update({ where: { id: localWorkspaceId }, data: { lastExportNumber: 2 } });
  return { exported, export: encodeGlobalId("Export", made), queuedExport: encodeGlobalId("Export", queued) };
}
