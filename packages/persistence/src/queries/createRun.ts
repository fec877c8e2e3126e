/** Writes a run under the next number of its workspace with the first line of its log, in the caller's transaction. */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import type { Parameters, ParameterValue } from "@pareidolia/core/parameterSpec";
import type { Framing } from "@pareidolia/core/preprocessing";
import type { RunKind } from "@pareidolia/core/runKind";
import type { Transaction } from "../database.ts";
import type { Prisma } from "../generated/client.ts";

export interface NewRun {
  readonly workspaceId: string;
  readonly experimentId: string;
  readonly createdById: string;
  readonly modelId: string;
  readonly kind: RunKind;
  /** Of an evolution; null otherwise. */
  readonly encoding: string | null;
  readonly generations: number | null;
  readonly offspring: number | null;
  /** The ascent or attack of another kind; null of an evolution. */
  readonly method: string | null;
  /** Evaluations in all, of another kind. */
  readonly evaluationGoal: number | null;
  readonly preset: string;
  readonly parameters: Parameters;
  readonly plan: RunPlan;
  readonly framing: Framing;
  readonly sourceSha256: string | null;
  readonly seed: number;
  readonly idempotencyKey: string | null;
}

/** What a kind of run is asked beyond parameters, as its task reads it. */
export type RunPlan = Readonly<Record<string, ParameterValue | null | readonly ParameterValue[] | readonly Parameters[]>>;

const whatIsRun = [
  "experimentId",
  "modelId",
  "kind",
  "encoding",
  "generations",
  "offspring",
  "method",
  "evaluationGoal",
  "preset",
  "parameters",
  "plan",
  "framing",
  "sourceSha256",
  "seed",
] as const;

/**
 * `created` is false when the same key made this very run before; then nothing is written.
 * @throws AppError CONFLICT when the key was used for another run, or the experiment was put away.
 */
export async function createRun(transaction: Transaction, input: NewRun): Promise<{ readonly id: string; readonly created: boolean }> {
  const { connection } = transaction;
  // Taking the number locks the workspace, so that two requests with one key come one after the other.
  const { lastRunNumber } = await connection.workspace.update({
    where: { id: input.workspaceId },
    data: { lastRunNumber: { increment: 1 } },
    select: { lastRunNumber: true },
  });
  if (input.idempotencyKey !== null) {
    const earlier = await connection.run.findUnique({
      where: { workspaceId_idempotencyKey: { workspaceId: input.workspaceId, idempotencyKey: input.idempotencyKey } },
    });
    if (earlier !== null) {
      if (whatIsRun.some((name) => !isDeepStrictEqual(earlier[name], input[name])))
        throw new AppError("CONFLICT", "This idempotency key already started another run.", { field: "input.idempotencyKey" });
      await connection.workspace.update({ where: { id: input.workspaceId }, data: { lastRunNumber: { decrement: 1 } } });
      return { id: earlier.id, created: false };
    }
  }
  const touched = await connection.experiment.updateMany({
    where: { id: input.experimentId, archivedAt: null },
    data: { updatedAt: new Date() },
  });
  if (touched.count === 0) throw new AppError("CONFLICT", "This experiment is archived. Take it out of the archive to start runs in it.");
  const id = randomUUID();
  const { plan, framing, ...rest } = input;
  await connection.run.create({
    data: { id, number: lastRunNumber, ...rest, plan: plan as Prisma.InputJsonObject, framing: { ...framing }, eventSeq: 1 },
  });
  await connection.runEvent.create({
    data: { runId: id, seq: 1, kind: "STATE", payload: { from: null, to: "QUEUED", reason: "Started by a person." } },
  });
  await connection.$executeRaw`SELECT pg_notify('pareidolia_run_events', ${`${id}:1`})`;
  return { id, created: true };
}
