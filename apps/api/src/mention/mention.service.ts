/** Lists the comments and notes that mention a run or an experiment. Only members read them. */
import type { Actor } from "@pareidolia/core/actor";
import type { ExperimentRecord } from "@pareidolia/persistence/lab/experiments/readExperiments";
import { countMentions, listMentions, type MentionRecord } from "@pareidolia/persistence/lab/mentions/listMentions";
import type { RunRecord } from "@pareidolia/persistence/lab/runs/readRuns";
import type { SubjectKind } from "@pareidolia/persistence/lab/tracking/lockSubjects";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { experimentKey, runKey } from "../globalId/globalId.ts";
import { type Connection, toConnection } from "../pagination/connection.ts";
import { type ConnectionArguments, readPage } from "../pagination/connectionArguments.ts";
import type { CursorShape } from "../pagination/cursor.ts";
import { counterOf } from "../pagination/rowCounter.ts";
import { policy } from "../policy/policy.ts";
import { excerptOf } from "./excerptOf.ts";

export interface MentionRow extends MentionRecord {
  readonly excerpt: string;
}

const byTime: CursorShape = { name: "mentions.at", values: ["time", "text"] };

export class MentionService {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Newest first. @throws AppError FORBIDDEN for anyone who is not a member of its workspace. */
  async list(
    actor: Actor,
    kind: SubjectKind,
    row: RunRecord | ExperimentRecord,
    args: ConnectionArguments,
  ): Promise<Connection<MentionRow>> {
    policy.requireOwn(actor, kind === "Run" ? "run:read" : "experiment:read", row);
    const key = (kind === "Run" ? runKey : experimentKey)(row.number);
    const mentioned = { scope: policy.scope(actor, "comment:read"), id: row.id, key };
    const page = await listMentions(this.#database.connection, mentioned, readPage(args, byTime));
    const rows = page.rows.map(({ node, position }) => ({ position, node: { ...node, excerpt: excerptOf(node.text, key) } }));
    return toConnection(
      { ...page, rows },
      byTime,
      counterOf(this.#database, (request) => countMentions(request, mentioned)),
    );
  }
}
