/** Summarises how other networks score the elites of a network. The API only reads scores; workers compute them. */
import { oncePerImage, summariseTransfer, type TransferSummary } from "@pareidolia/analysis/transfer";
import type { Actor } from "@pareidolia/core/actor";
import { findModelsOfSpaces } from "@pareidolia/persistence/lab/models/modelsOfSpaces";
import { countUnscoredPairs, readTransfer, type TransferRow } from "@pareidolia/persistence/lab/scores/readTransfer";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { policy } from "../policy/policy.ts";
import type { RunSelection } from "../run/runSelection.ts";

export interface TransferCell extends TransferSummary {
  readonly sourceModelId: string;
  readonly otherModelId: string;
}

export interface TransferMatrix {
  readonly runIds: readonly string[];
  readonly modelIds: readonly string[];
  readonly cells: readonly TransferCell[];
  readonly unscored: number;
}

export class TransferService {
  readonly #database: Database;
  readonly #selection: RunSelection;

  constructor(options: { database: Database; selection: RunSelection }) {
    this.#database = options.database;
    this.#selection = options.selection;
  }

  async readMatrix(
    actor: Actor,
    selection: { experimentId: string | null | undefined; runIds: readonly string[] | null | undefined },
  ): Promise<TransferMatrix> {
    const scope = policy.scope(actor, "transfer:read");
    const runIds = await this.#selection.read(actor, selection);
    const connection = this.#database.heavy;
    const found = await findModelsOfSpaces(connection, { scope, runIds });
    const models = policy.only(actor, "model:read", found).filter((model) => model !== null);
    const modelIds = models.map(({ id }) => id);
    const filter = { runIds, modelIds };
    const [rows, unscored] = await Promise.all([readTransfer(connection, filter), countUnscoredPairs(connection, filter)]);
    const byPair = new Map<string, TransferRow[]>();
    for (const row of rows) {
      const pair = `${row.sourceModelId} ${row.otherModelId}`;
      const known = byPair.get(pair);
      if (known === undefined) byPair.set(pair, [row]);
      else known.push(row);
    }
    const cells = [...byPair.values()].flatMap((pair) => {
      const [first] = pair;
      if (first === undefined) return [];
      const { sourceModelId, otherModelId } = first;
      const images = oncePerImage(
        pair.map((row) => ({ ...row, targetClass: row.niche })),
        ({ sha256 }) => sha256,
      );
      return [{ sourceModelId, otherModelId, ...summariseTransfer(images) }];
    });
    return { runIds, modelIds, cells, unscored };
  }
}
