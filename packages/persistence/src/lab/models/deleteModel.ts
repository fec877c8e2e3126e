/**
 * Deletes uploaded models and models trained by a chain, if no run uses them. Their files are objects, which clean-ups remove once no row names
 * them.
 */
import { AppError } from "@pareidolia/core/appError";
import type { Connection, Transaction } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import type { Scope } from "../../server/scope/scope.ts";

/** The rows that refer to a model. */
export interface ModelUsage {
  /** Numbers of the workspace's runs against it, or whose chain trained it, runs in the trash included; ascending. */
  readonly runNumbers: readonly number[];
  /** Its scores of stored images; infinite for more than were to be counted. */
  readonly scores: number;
  readonly analyses: number;
}

const unused: ModelUsage = { runNumbers: [], scores: 0, analyses: 0 };
const maxNamed = 5;

interface UsageRequest {
  readonly scope: Scope;
  readonly modelIds: readonly string[];
  /** Where the count of a model's scores stops; null counts all. */
  readonly most: number | null;
}

/** Models that come with Pareidolia have no scores here: they are not deleted, and other workspaces' images have most of them. */
export async function findModelUsage(connection: Connection, { scope, modelIds, most }: UsageRequest): Promise<ModelUsage[]> {
  const rows = await connection.$queryRaw<(ModelUsage & { modelId: string })[]>`
    SELECT model.id AS "modelId",
      ARRAY(SELECT r.number FROM runs r WHERE r.workspace_id = ${scope.workspaceId}
        AND (r.model_id = model.id OR r.id IN (SELECT l.run_id FROM chain_links l WHERE l.model_id = model.id)) ORDER BY r.number) AS "runNumbers",
      (SELECT count(*)::int FROM (SELECT FROM scores s WHERE s.model_id = model.id
        AND EXISTS (SELECT FROM models own WHERE own.id = model.id AND own.workspace_id = ${scope.workspaceId})
        LIMIT ${most === null ? null : most + 1}::bigint) first_scores) AS scores,
      (SELECT count(*)::int FROM analyses a WHERE a.model_id = model.id AND a.workspace_id = ${scope.workspaceId}) AS analyses
    FROM unnest(${[...modelIds]}::text[]) AS model(id)`;
  return inOrderOf(modelIds, rows, (row) => row.modelId).map((row) => {
    if (row === null) return unused;
    const { modelId: _, ...usage } = row;
    return most !== null && usage.scores > most ? { ...usage, scores: Number.POSITIVE_INFINITY } : usage;
  });
}

function stillUsed(numbers: readonly number[]): AppError {
  const named = numbers.slice(0, maxNamed).map((number) => `RUN-${number}`);
  const more = numbers.length - named.length;
  const runs = `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return new AppError(
    "CONFLICT",
    `${numbers.length === 1 ? "One run uses" : `${numbers.length} runs use`} this model: ${runs}. Delete these runs for good, in the trash too; until then they keep their model.`,
  );
}

/** Locks a model of the workspace. False for an unknown model, and for one of the zoo. */
async function lockModel(connection: Connection, id: string, { workspaceId }: Scope): Promise<boolean> {
  const rows = await connection.$queryRaw<unknown[]>`
    SELECT 1 FROM models WHERE id = ${id} AND workspace_id = ${workspaceId} FOR UPDATE`;
  return rows.length > 0;
}

/** Returns the usage that was deleted with the model. @throws AppError NOT_FOUND; CONFLICT while a run uses it. */
export async function deleteModel(
  { connection }: Transaction,
  { scope, modelId }: { readonly scope: Scope; readonly modelId: string },
): Promise<ModelUsage> {
  if (!(await lockModel(connection, modelId, scope))) throw new AppError("NOT_FOUND", "There is no such model.");
  const [usage = unused] = await findModelUsage(connection, { scope, modelIds: [modelId], most: null });
  if (usage.runNumbers.length > 0) throw stillUsed(usage.runNumbers);
  await connection.model.delete({ where: { id: modelId } });
  return usage;
}
