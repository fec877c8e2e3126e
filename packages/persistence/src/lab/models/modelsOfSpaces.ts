/** Finds available models that share a label space. */
import type { Connection } from "../../server/database/database.ts";
import { liveRuns } from "../../server/scope/live.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface ModelOfSpace {
  readonly id: string;
  readonly workspaceId: string | null;
  readonly createdById: string | null;
  readonly labelSpace: string;
}

/** Available models that share a label space with a model of these runs. */
export function findModelsOfSpaces(
  connection: Connection,
  { scope, runIds }: { readonly scope: Scope; readonly runIds: readonly string[] },
): Promise<ModelOfSpace[]> {
  return connection.$queryRaw<ModelOfSpace[]>`
    SELECT m.id, m.workspace_id AS "workspaceId", m.created_by_id AS "createdById", m.label_space AS "labelSpace" FROM models m
    WHERE (m.workspace_id IS NULL OR m.workspace_id = ${scope.workspaceId}) AND m.state = 'AVAILABLE'
      AND m.label_space IN (SELECT own.label_space FROM ${liveRuns} r JOIN models own ON own.id = r.model_id WHERE r.id = ANY (${[...runIds]}))
    ORDER BY m.created_at, m.id`;
}

/** Available models that share a label space with a model that has scored the image, and have not scored it themselves. */
export async function findModelsToScore(
  connection: Connection,
  { scope, imageSha256 }: { readonly scope: Scope; readonly imageSha256: string },
): Promise<string[]> {
  const rows = await connection.$queryRaw<{ id: string }[]>`
    WITH visible AS (SELECT id, label_space, state, created_at FROM models WHERE workspace_id IS NULL OR workspace_id = ${scope.workspaceId}),
      scored AS (SELECT v.id, v.label_space FROM scores s JOIN visible v ON v.id = s.model_id WHERE s.image_sha256 = ${imageSha256})
    SELECT v.id FROM visible v
    WHERE v.state = 'AVAILABLE' AND v.label_space IN (SELECT label_space FROM scored) AND v.id NOT IN (SELECT id FROM scored)
    ORDER BY v.created_at, v.id`;
  return rows.map(({ id }) => id);
}
