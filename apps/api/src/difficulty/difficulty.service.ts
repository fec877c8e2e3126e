/** Computes the difficulty of classes from stored scores. */
import { classDifficulty, competition } from "@pareidolia/analysis/difficulty";
import type { Actor } from "@pareidolia/core/actor";
import { findArchives } from "@pareidolia/persistence/lab/elites/readElites";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import { findScoresByModel } from "@pareidolia/persistence/lab/scores/readScores";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { policy } from "../policy/policy.ts";
import type { DifficultyType } from "./difficulty.type.ts";

/** With fewer classes, a correlation is meaningless. */
const fewestForCorrelation = 3;

export class DifficultyService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async read(actor: Actor, run: RunRecord, labels: readonly string[]): Promise<DifficultyType> {
    policy.requireOwn(actor, "elite:read", run);
    policy.require(actor, "score:read", run);
    const connection = this.#database.heavy;
    const [archive = []] = await findArchives(connection, [run.id]);
    const scores = await findScoresByModel(connection, { modelId: run.modelId, hashes: archive.map(({ image }) => image.sha256) });
    const classes = archive.flatMap((elite, i) => {
      const score = scores[i];
      return score == null ? [] : [classDifficulty({ classIndex: elite.niche, probabilities: score.probabilities })];
    });
    const label = (index: number): string => labels[index] ?? String(index);
    return {
      classes: [...classes]
        .sort((a, b) => a.confidence - b.confidence || a.classIndex - b.classIndex)
        .map(({ classIndex, confidence, rival, rivalConfidence, neighbours }) => ({
          niche: classIndex,
          label: label(classIndex),
          confidence,
          rivalLabel: label(rival),
          rivalConfidence,
          neighbours,
        })),
      competition: classes.length < fewestForCorrelation ? null : competition(classes),
    };
  }
}
