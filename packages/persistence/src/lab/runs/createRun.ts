/** Creates a run, numbered within its workspace, with the first event of its log, in the caller's transaction. */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { AppError } from "@pareidolia/core/appError";
import type { Parameters } from "@pareidolia/core/parameterSpec";
import type { Framing } from "@pareidolia/core/preprocessing";
import { type Planned, serialisePlan } from "@pareidolia/core/runKinds/registry";
import type { Transaction } from "../../server/database/database.ts";
import { holdOpenExperiment } from "../experiments/openExperiment.ts";
import { writeRunEvents } from "./runEvents.ts";

/** A run to create: its kind, its plan and the properties of every kind. */
export type NewRun = Planned & {
  readonly workspaceId: string;
  readonly experimentId: string;
  readonly createdById: string;
  readonly modelId: string;
  readonly preset: string;
  readonly parameters: Parameters;
  readonly framing: Framing;
  readonly seed: number;
  /** The name that a member chose. Default: empty; readers then see a name composed from the plan. */
  readonly name?: string;
  readonly idempotencyKey: string | null;
  /** The run that it continues, and the last generation, or the number of links, that it has from it. Default: none. */
  readonly forkedFromRunId?: string | null;
  readonly forkGeneration?: number | null;
  /** The run whose settings it was started with. Default: none. */
  readonly rerunOfRunId?: string | null;
};

export interface CreatedRun {
  readonly id: string;
  /** Its number within the workspace. */
  readonly number: number;
  readonly created: boolean;
}

/** Columns that must be equal in all requests with the same idempotency key. */
const identity = [
  "experimentId",
  "modelId",
  "kind",
  "preset",
  "parameters",
  "plan",
  "framing",
  "sourceSha256",
  "seed",
  "forkedFromRunId",
  "forkGeneration",
  "rerunOfRunId",
] as const;

/**
 * `created` is false if an earlier request with the same key created the same run; then nothing is written.
 * @throws AppError CONFLICT when the key was used for another run, or the experiment is archived, locked or in the trash.
 */
export async function createRun(transaction: Transaction, input: NewRun): Promise<CreatedRun> {
  const { connection } = transaction;
  const { document, sourceSha256 } = serialisePlan(input);
  const columns = {
    forkedFromRunId: null,
    forkGeneration: null,
    rerunOfRunId: null,
    ...input,
    plan: document,
    framing: { ...input.framing },
    sourceSha256,
  };
  // Incrementing the number locks the workspace, so that requests with the same key run one after the other.
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
      if (earlier.trashedAt !== null)
        throw new AppError(
          "CONFLICT",
          `This idempotency key belongs to RUN-${earlier.number}, which is in the trash. Restore it, or use a new key.`,
          {
            field: "input.idempotencyKey",
          },
        );
      if (identity.some((name) => !isDeepStrictEqual(earlier[name], columns[name])))
        throw new AppError("CONFLICT", "This idempotency key was already used for another run.", { field: "input.idempotencyKey" });
      await connection.workspace.update({ where: { id: input.workspaceId }, data: { lastRunNumber: { decrement: 1 } } });
      return { id: earlier.id, number: earlier.number, created: false };
    }
  }
  await holdOpenExperiment(connection, input);
  const id = randomUUID();
  await connection.run.create({ data: { id, number: lastRunNumber, ...columns, eventSeq: 1 } });
  await writeRunEvents(connection, id, 1, [{ kind: "STATE", payload: { from: null, to: "QUEUED", reason: "Started by a user." } }]);
  return { id, number: lastRunNumber, created: true };
}
