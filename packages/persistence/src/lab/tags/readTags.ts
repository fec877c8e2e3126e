/** Reads a workspace's tags, and those of runs and experiments. */

import { Prisma } from "../../generated/client.ts";
import { containing } from "../../server/database/containing.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { groupInOrderOf, inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";
import type { SubjectKind } from "../tracking/lockSubjects.ts";

export interface TagRecord {
  readonly id: string;
  readonly workspaceId: string;
  /** A tag belongs to the workspace as a whole. */
  readonly createdById: null;
  /** Lower case, 1 to 40 characters. */
  readonly name: string;
  readonly createdAt: Date;
}

/** Without what is in the trash. */
export interface TagUses {
  readonly runCount: number;
  readonly experimentCount: number;
  /** Runs and experiments that are locked, or whose experiment is. */
  readonly lockedCount: number;
}

export interface TagListFilter {
  readonly scope: Scope;
  /** Text in the name. */
  readonly search?: string | undefined;
}

const columns = Prisma.sql`t.id, t.workspace_id AS "workspaceId", NULL AS "createdById", t.name, t.created_at AS "createdAt"`;

function conditionsOf({ scope, search }: TagListFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`t.workspace_id = ${scope.workspaceId}`];
  if (search !== undefined) conditions.push(Prisma.sql`t.name ILIKE ${containing(search)}`);
  return conditions;
}

/** By name. */
export function listTags(connection: Connection, filter: TagListFilter, page: PageRequest): Promise<Page<TagRecord>> {
  return selectPage<TagRecord, TagRecord>(connection, {
    select: Prisma.sql`SELECT ${columns} FROM tags t`,
    conditions: conditionsOf(filter),
    ordering: { columns: [{ sql: Prisma.sql`t.name`, type: "text" }], direction: "ASC" },
    page,
    toRow: (row) => row,
    positionOf: ({ name }) => [name],
  });
}

export function countTags(request: CountRequest, filter: TagListFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM tags t`, conditionsOf(filter));
}

export async function findTags(connection: Connection, ids: readonly string[]): Promise<(TagRecord | null)[]> {
  const rows = await connection.$queryRaw<TagRecord[]>(Prisma.sql`SELECT ${columns} FROM tags t WHERE t.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, ({ id }) => id);
}

type Tagged = TagRecord & { readonly subjectId: string };

const joins: { readonly [Kind in SubjectKind]: Prisma.Sql } = {
  Run: Prisma.sql`(SELECT run_id AS subject_id, tag_id FROM run_tags) AS x`,
  Experiment: Prisma.sql`(SELECT experiment_id AS subject_id, tag_id FROM experiment_tags) AS x`,
};

/** The tags of each run or experiment, by name. */
export async function findTagsOf(connection: Connection, kind: SubjectKind, ids: readonly string[]): Promise<TagRecord[][]> {
  const rows = await connection.$queryRaw<Tagged[]>(Prisma.sql`
    SELECT x.subject_id AS "subjectId", ${columns} FROM ${joins[kind]} JOIN tags t ON t.id = x.tag_id
    WHERE x.subject_id = ANY (${[...ids]}) ORDER BY t.name`);
  return groupInOrderOf(ids, rows, ({ subjectId }) => subjectId);
}

const unused: TagUses = { runCount: 0, experimentCount: 0, lockedCount: 0 };

export async function countTagUses(connection: Connection, ids: readonly string[]): Promise<TagUses[]> {
  // All runs of a tag are counted in an index, less the few in the trash; of locked ones, an index has only those.
  const rows = await connection.$queryRaw<(TagUses & { readonly id: string })[]>`
    WITH tag AS MATERIALIZED (SELECT t.id, t.workspace_id FROM tags t WHERE t.id = ANY (${[...ids]})),
      locked AS MATERIALIZED (
        SELECT r.id FROM (SELECT DISTINCT workspace_id FROM tag) w JOIN runs r ON r.workspace_id = w.workspace_id
          WHERE r.locked_at IS NOT NULL AND r.trashed_at IS NULL
        UNION SELECT r.id FROM (SELECT DISTINCT workspace_id FROM tag) w JOIN experiments e ON e.workspace_id = w.workspace_id
          JOIN runs r ON r.experiment_id = e.id WHERE e.locked_at IS NOT NULL AND r.trashed_at IS NULL)
    SELECT tag.id, (SELECT count(*)::int FROM run_tags x WHERE x.tag_id = tag.id) - (
        SELECT count(*)::int FROM runs r JOIN run_tags x ON x.run_id = r.id AND x.tag_id = tag.id
        WHERE r.workspace_id = tag.workspace_id AND r.trashed_at IS NOT NULL) AS "runCount",
      experiments.count AS "experimentCount",
      (SELECT count(*)::int FROM locked l JOIN run_tags x ON x.run_id = l.id WHERE x.tag_id = tag.id) + experiments.locked AS "lockedCount"
    FROM tag CROSS JOIN LATERAL (
      SELECT count(*)::int AS count, (count(*) FILTER (WHERE e.locked_at IS NOT NULL))::int AS locked
      FROM experiment_tags x JOIN experiments e ON e.id = x.experiment_id WHERE x.tag_id = tag.id AND e.trashed_at IS NULL
    ) AS experiments`;
  return inOrderOf(ids, rows, ({ id }) => id).map((row) => row ?? unused);
}
