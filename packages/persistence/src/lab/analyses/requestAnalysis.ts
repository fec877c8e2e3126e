/** Requests analyses. Requests with the same input share one row. */
import { randomUUID } from "node:crypto";
import { Prisma } from "../../generated/client.ts";
import type { Transaction } from "../../server/database/database.ts";
import { type AnalysisInput, hashAnalysisInput } from "./analysisInput.ts";

export interface NewAnalysis {
  readonly workspaceId: string;
  readonly createdById: string;
  readonly kind: string;
  readonly runId: string | null;
  readonly modelId: string | null;
  readonly input: AnalysisInput;
}

/**
 * Returns the row's id and whether to enqueue it, as for a new input or for an analysis that failed or was cancelled. With `again`, an
 * analysis that succeeded is computed once more.
 */
export async function requestAnalysis(
  { connection }: Transaction,
  input: NewAnalysis & { readonly again: boolean },
): Promise<{ readonly id: string; readonly enqueue: boolean }> {
  const { again, ...analysis } = input;
  const inputHash = hashAnalysisInput(analysis.kind, analysis.input);
  const data = { ...analysis, input: analysis.input as Prisma.InputJsonObject, inputHash };
  await connection.analysis.createMany({ data: [{ id: randomUUID(), ...data }], skipDuplicates: true });
  const where = { workspaceId_inputHash: { workspaceId: analysis.workspaceId, inputHash } };
  const row = await connection.analysis.findUniqueOrThrow({ where, select: { id: true, state: true } });
  if (row.state === "FAILED" || row.state === "CANCELLED" || (again && row.state === "SUCCEEDED"))
    await connection.analysis.update({
      where: { id: row.id },
      data: {
        state: "QUEUED",
        failure: null,
        result: Prisma.DbNull,
        done: 0,
        total: null,
        attempts: 0,
        startedAt: null,
        endedAt: null,
      },
    });
  return { id: row.id, enqueue: row.state !== "RUNNING" && (row.state !== "SUCCEEDED" || again) };
}
