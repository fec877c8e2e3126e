/** Builds the phylogeny of a run. */
import { goalSwitches, type PhylogenyNode } from "@pareidolia/analysis/phylogeny";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { findLineage, type LineageRow } from "@pareidolia/persistence/lab/genomes/lineage";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { imagePath } from "../image/imagePath.ts";
import { maxAncestors } from "../limits/costs.ts";
import { policy } from "../policy/policy.ts";
import type { PhylogenyType } from "./phylogeny.type.ts";

const maxNodes = 5_000;

function parentsOf({ firstParentId, secondParentId }: LineageRow): string[] {
  return [firstParentId, secondParentId].filter((id) => id !== null);
}

export class PhylogenyService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Null if the elites have too many ancestors. */
  async read(actor: Actor, run: RunRecord, limit: number): Promise<PhylogenyType | null> {
    policy.requireOwn(actor, "genome:read", run);
    if (limit < 1 || limit > maxNodes) throw new AppError("INVALID_INPUT", `"limit" must be from 1 to ${maxNodes}.`, { field: "limit" });
    const lineage = await findLineage(this.#database.heavy, { runId: run.id, limit, most: maxAncestors });
    if (lineage === null) return null;
    const { rows, genomes, taken, switched } = lineage;
    const places = new Map(rows.map((row, i) => [row.genomeId, i]));
    const graph: PhylogenyNode[] = rows.map((row) => ({
      id: row.genomeId,
      generation: row.generation,
      parentIds: parentsOf(row),
      niches: row.niches,
      current: row.current,
    }));
    return {
      nodes: rows.map((row) => ({
        generation: row.generation,
        parents: parentsOf(row).flatMap((id) => places.get(id) ?? []),
        niches: row.niches,
        current: row.current,
        confidence: row.confidence,
        imageUrl: imagePath(row.imageSha256, actor),
      })),
      goalSwitches: goalSwitches(graph).map(({ generation, niche, from, childId }) => ({
        generation,
        niche,
        from,
        child: places.get(childId) as number,
      })),
      nodeCount: genomes,
      goalSwitchShare: taken === 0 ? 0 : switched / taken,
    };
  }
}
