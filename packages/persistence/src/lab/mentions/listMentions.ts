/** Finds the comments and notes that mention a run or an experiment by its key or by the address of its page. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface MentionRecord {
  /** Unique among mentions. */
  readonly id: string;
  /** Null for notes. */
  readonly commentId: string | null;
  /** The run that the comment or notes are about; null for an experiment. */
  readonly runId: string | null;
  readonly experimentId: string | null;
  /** The whole comment or notes, in Markdown. */
  readonly text: string;
  /** When the comment was written. For notes, when their run or experiment was created. */
  readonly at: Date;
}

export interface Mentioned {
  readonly scope: Scope;
  readonly id: string;
  /** Such as RUN-2. */
  readonly key: string;
}

/** The key as a word, or at the end of an address that names this workspace or none. Keys and slugs have no special characters. */
function patternOf({ scope, key }: Mentioned): Prisma.Sql {
  const pages = "(?:runs|experiments)/";
  const [alone, short] = ["(?<![[:alnum:]_/-])", `(?<!/w/[^/[:space:]]+)/${pages}`];
  const own = Prisma.sql`(SELECT '/w/' || w.slug || ${`/${pages}`}::text FROM workspaces w WHERE w.id = ${scope.workspaceId})`;
  return Prisma.sql`('(?:' || ${`${alone}|${short}|`}::text || ${own} || ')' || ${`${key}(?![[:alnum:]_-])`}::text)`;
}

function mentionsOf(mentioned: Mentioned): Prisma.Sql {
  const { scope, id, key } = mentioned;
  const pattern = patternOf(mentioned);
  // Most texts do not contain the key at all, which costs less to find.
  const mentions = (text: Prisma.Sql) => Prisma.sql`strpos(${text}, ${key}) > 0 AND ${text} ~ ${pattern}`;
  return Prisma.sql`FROM (
    SELECT 'comment ' || c.id AS id, c.id AS "commentId", c.run_id AS "runId", c.experiment_id AS "experimentId", c.body AS text, c.created_at AS at
    FROM comments c LEFT JOIN runs r ON r.id = c.run_id LEFT JOIN experiments x ON x.id = c.experiment_id
    WHERE c.workspace_id = ${scope.workspaceId} AND c.deleted_at IS NULL AND r.trashed_at IS NULL AND x.trashed_at IS NULL
      AND c.run_id IS DISTINCT FROM ${id} AND c.experiment_id IS DISTINCT FROM ${id} AND ${mentions(Prisma.sql`c.body`)}
    UNION ALL SELECT 'run ' || r.id, NULL, r.id, NULL, r.notes, r.created_at FROM runs r
    WHERE r.workspace_id = ${scope.workspaceId} AND r.trashed_at IS NULL AND r.notes <> '' AND r.id <> ${id} AND ${mentions(Prisma.sql`r.notes`)}
    UNION ALL SELECT 'experiment ' || x.id, NULL, NULL, x.id, x.notes, x.created_at FROM experiments x
    WHERE x.workspace_id = ${scope.workspaceId} AND x.trashed_at IS NULL AND x.notes <> '' AND x.id <> ${id} AND ${mentions(Prisma.sql`x.notes`)}
  ) m`;
}

/** Newest first. Leaves out comments and notes on the subject itself, and everything in the trash. */
export function listMentions(connection: Connection, mentioned: Mentioned, page: PageRequest): Promise<Page<MentionRecord>> {
  return selectPage<MentionRecord, MentionRecord>(connection, {
    select: Prisma.sql`SELECT m.* ${mentionsOf(mentioned)}`,
    conditions: [],
    ordering: {
      columns: [
        { sql: Prisma.sql`m.at`, type: "timestamptz" },
        { sql: Prisma.sql`m.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: ({ at, id }) => [at.toISOString(), id],
  });
}

export function countMentions(request: CountRequest, mentioned: Mentioned): Promise<number> {
  return countRows(request, mentionsOf(mentioned), []);
}
