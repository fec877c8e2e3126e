/**
 * Tags runs and experiments, and renames and deletes tags. The caller has locked the runs and experiments; the tags are locked after them, in
 * order of their names, so that two changes cannot deadlock.
 */
import { randomUUID } from "node:crypto";
import { Prisma } from "../../generated/client.ts";
import type { Connection } from "../../server/database/database.ts";
import type { Scope } from "../../server/scope/scope.ts";
import type { SubjectKind } from "../tracking/lockSubjects.ts";

/** The tags that one run or experiment gets and loses, by name. */
export interface TagEdit {
  readonly id: string;
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

interface Tag {
  readonly id: string;
  readonly name: string;
}

interface Pair {
  readonly subjectId: string;
  readonly tagId: string;
}

const tables: { readonly [Kind in SubjectKind]: { readonly table: Prisma.Sql; readonly subject: Prisma.Sql } } = {
  Run: { table: Prisma.sql`run_tags`, subject: Prisma.sql`run_id` },
  Experiment: { table: Prisma.sql`experiment_tags`, subject: Prisma.sql`experiment_id` },
};

/** Creates those that are missing. Locks all of them against deletion. */
async function ensureTags(connection: Connection, { workspaceId }: Scope, names: readonly string[]): Promise<Tag[]> {
  if (names.length === 0) return [];
  const sorted = names.toSorted();
  return connection.$queryRaw<Tag[]>`
    INSERT INTO tags (id, workspace_id, name)
    SELECT given.id, ${workspaceId}, given.name FROM unnest(${sorted.map(() => randomUUID())}::text[], ${sorted}::text[]) AS given(id, name)
    ON CONFLICT (workspace_id, name) DO UPDATE SET name = EXCLUDED.name RETURNING id, name`;
}

function findByName(connection: Connection, { workspaceId }: Scope, names: readonly string[]): Promise<Tag[]> {
  return connection.$queryRaw<Tag[]>`SELECT id, name FROM tags WHERE workspace_id = ${workspaceId} AND name = ANY (${[...names]})`;
}

function pairsOf(edits: readonly TagEdit[], list: "add" | "remove", tags: readonly Tag[]): Pair[] {
  const idOf = new Map(tags.map(({ id, name }) => [name, id]));
  return edits.flatMap((edit) =>
    edit[list].flatMap((name) => {
      const tagId = idOf.get(name);
      return tagId === undefined ? [] : [{ subjectId: edit.id, tagId }];
    }),
  );
}

/** Rows of `given` for a statement. */
function listed(pairs: readonly Pair[]): Prisma.Sql {
  const [ids, tagIds] = [pairs.map(({ subjectId }) => subjectId), pairs.map(({ tagId }) => tagId)];
  return Prisma.sql`unnest(${ids}::text[], ${tagIds}::text[]) AS given(subject_id, tag_id)`;
}

/** Returns the pairs that existed. */
async function untag(connection: Connection, kind: SubjectKind, pairs: readonly Pair[]): Promise<Pair[]> {
  if (pairs.length === 0) return [];
  const { table, subject } = tables[kind];
  return connection.$queryRaw<Pair[]>(Prisma.sql`
    DELETE FROM ${table} x USING ${listed(pairs)} WHERE x.${subject} = given.subject_id AND x.tag_id = given.tag_id
    RETURNING x.${subject} AS "subjectId", x.tag_id AS "tagId"`);
}

/** Returns the pairs that are new. */
async function tag(connection: Connection, kind: SubjectKind, pairs: readonly Pair[]): Promise<Pair[]> {
  if (pairs.length === 0) return [];
  const { table, subject } = tables[kind];
  return connection.$queryRaw<Pair[]>(Prisma.sql`
    INSERT INTO ${table} (${subject}, tag_id) SELECT DISTINCT given.subject_id, given.tag_id FROM ${listed(pairs)}
    ON CONFLICT DO NOTHING RETURNING ${subject} AS "subjectId", tag_id AS "tagId"`);
}

/** Returns what has changed: the tags that each run or experiment has gained and lost. */
export async function editTags(
  connection: Connection,
  { scope, kind, edits }: { readonly scope: Scope; readonly kind: SubjectKind; readonly edits: readonly TagEdit[] },
): Promise<TagEdit[]> {
  const namesIn = (list: "add" | "remove") => [...new Set(edits.flatMap((edit) => edit[list]))];
  const added = await ensureTags(connection, scope, namesIn("add"));
  const removed = await findByName(connection, scope, namesIn("remove"));
  const lost = await untag(connection, kind, pairsOf(edits, "remove", removed));
  const gained = await tag(connection, kind, pairsOf(edits, "add", added));
  const namesOf = (pairs: readonly Pair[], tags: readonly Tag[], id: string): string[] => {
    const nameOf = new Map(tags.map((tag) => [tag.id, tag.name]));
    return pairs.flatMap(({ subjectId, tagId }) => (subjectId === id ? (nameOf.get(tagId) ?? []) : [])).toSorted();
  };
  return edits.map(({ id }) => ({ id, add: namesOf(gained, added, id), remove: namesOf(lost, removed, id) }));
}

/** The number of tags of each run or experiment that has any. */
export async function countTagsOf(connection: Connection, kind: SubjectKind, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { table, subject } = tables[kind];
  const rows = await connection.$queryRaw<{ id: string; count: number }[]>(
    Prisma.sql`SELECT x.${subject} AS id, count(*)::int AS count FROM ${table} x WHERE x.${subject} = ANY (${[...ids]}) GROUP BY 1`,
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}

/** Locks the tag until the transaction ends; null if it was deleted. */
export async function lockTag(connection: Connection, id: string): Promise<Tag | null> {
  const [tag] = await connection.$queryRaw<Tag[]>`SELECT id, name FROM tags WHERE id = ${id} FOR UPDATE`;
  return tag ?? null;
}

/** The tag with this name; null if there is none. */
export async function findTagByName(connection: Connection, scope: Scope, name: string): Promise<{ readonly id: string } | null> {
  return (await findByName(connection, scope, [name]))[0] ?? null;
}

/** No other tag of the workspace has the name. */
export async function renameTag(connection: Connection, { id, name }: Tag): Promise<void> {
  await connection.tag.update({ where: { id }, data: { name } });
}

/** Every run and experiment with the tag gets the other instead, and the tag is deleted. */
export async function mergeTag(connection: Connection, { id, intoId }: { readonly id: string; readonly intoId: string }): Promise<void> {
  for (const { table, subject } of Object.values(tables))
    await connection.$executeRaw(Prisma.sql`
      INSERT INTO ${table} (${subject}, tag_id) SELECT x.${subject}, ${intoId} FROM ${table} x WHERE x.tag_id = ${id} ON CONFLICT DO NOTHING`);
  await deleteTag(connection, id);
}

export async function deleteTag(connection: Connection, id: string): Promise<void> {
  await connection.tag.delete({ where: { id } });
}
