/** Conditions on the tags and pins of a run or an experiment, for the lists of both. Both are looked up by index. */
import { Prisma } from "../generated/client.ts";
import type { SubjectKind } from "./lockSubjects.ts";

/** Whether the row whose id is `id` has the tag with this name in its workspace. */
export function hasTag(kind: SubjectKind, id: Prisma.Sql, name: string): Prisma.Sql {
  return kind === "Run"
    ? Prisma.sql`EXISTS (SELECT FROM run_tags x JOIN tags t ON t.id = x.tag_id WHERE x.run_id = ${id} AND t.name = ${name})`
    : Prisma.sql`EXISTS (SELECT FROM experiment_tags x JOIN tags t ON t.id = x.tag_id WHERE x.experiment_id = ${id} AND t.name = ${name})`;
}

/** Whether the user has pinned the row whose id is `id`, or has not. */
export function isPinned(
  kind: SubjectKind,
  id: Prisma.Sql,
  { userId, value }: { readonly userId: string; readonly value: boolean },
): Prisma.Sql {
  const pinned = kind === "Run" ? Prisma.sql`SELECT p.run_id FROM pins p` : Prisma.sql`SELECT p.experiment_id FROM pins p`;
  const ofUser = kind === "Run" ? Prisma.sql`p.run_id IS NOT NULL` : Prisma.sql`p.experiment_id IS NOT NULL`;
  // A member pins at most a hundred of each, so the subquery is read once and hashed.
  return value
    ? Prisma.sql`${id} IN (${pinned} WHERE p.user_id = ${userId} AND ${ofUser})`
    : Prisma.sql`${id} NOT IN (${pinned} WHERE p.user_id = ${userId} AND ${ofUser})`;
}
