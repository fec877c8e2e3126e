/** Compares relatedness with label distance over all pairs of filled niches in a run's current archive. */
import { labelDistance, summariseSharedDescent } from "@pareidolia/analysis/labelDistance";
import type { Actor } from "@pareidolia/core/actor";
import { AppError } from "@pareidolia/core/appError";
import { findDescent } from "@pareidolia/persistence/lab/genomes/lineage";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { maxAncestors } from "../limits/costs.ts";
import { policy } from "../policy/policy.ts";
import type { RelatednessType, RelatedPairType } from "./relatedness.type.ts";

export const maxPairs = 500;

export interface RelatedPair extends RelatedPairType {
  readonly firstEliteId: string;
  readonly secondEliteId: string;
}

export interface Relatedness extends RelatednessType {
  /** Most related first, at most `maxPairs`. */
  readonly closest: readonly RelatedPair[];
}

/** @throws AppError INVALID_INPUT. */
export function checkPairs(limit: number): number {
  if (limit < 1 || limit > maxPairs) throw new AppError("INVALID_INPUT", `"limit" must be from 1 to ${maxPairs}.`, { field: "limit" });
  return limit;
}

export class RelatednessService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Null if the elites have too many ancestors. */
  async read(actor: Actor, run: RunRecord): Promise<Relatedness | null> {
    policy.requireOwn(actor, "genome:read", run);
    const rows = await findDescent(this.#database.heavy, { runId: run.id, most: maxAncestors });
    if (rows === null) return null;
    const elites = new Map(rows.flatMap(({ niches, eliteIds }) => niches.map((niche, i) => [niche, eliteIds[i] as string])));
    const nodes = rows.map(({ genomeId, firstParentId, niches }) => ({
      id: genomeId,
      parentIds: firstParentId === null ? [] : [firstParentId],
      current: niches,
    }));
    const { niches, bands, all, closest } = summariseSharedDescent(nodes, { closest: maxPairs });
    return {
      niches,
      bands,
      all: { label: "every pair", ...all },
      relatedPairs: bands.slice(1).reduce((sum, { pairs }) => sum + pairs, 0),
      closest: closest.map((pair) => ({
        ...pair,
        labelDistance: labelDistance(pair.first, pair.second),
        firstEliteId: elites.get(pair.first) as string,
        secondEliteId: elites.get(pair.second) as string,
      })),
    };
  }
}
