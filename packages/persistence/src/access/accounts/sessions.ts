/** Lists a user's sessions, without their tokens, and ends one. */

import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";

export interface SessionRecord {
  readonly id: string;
  readonly userId: string;
  /** The user's e-mail address. */
  readonly email: string;
  readonly userAgent: string | null;
  /** Network address. */
  readonly address: string | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

const select = Prisma.sql`
  SELECT s.id, s.user_id AS "userId", u.email, s.user_agent AS "userAgent", nullif(s.ip_address, '') AS address,
    s.created_at AS "createdAt", s.updated_at AS "lastUsedAt", s.expires_at AS "expiresAt"
  FROM sessions s JOIN users u ON u.id = s.user_id`;
const isOpen = Prisma.sql`s.expires_at > now()`;

function conditionsOf(userId: string): readonly Prisma.Sql[] {
  return [Prisma.sql`s.user_id = ${userId}`, isOpen];
}

/** Most recently used first. */
export function listSessions(connection: Connection, userId: string, page: PageRequest): Promise<Page<SessionRecord>> {
  return selectPage<SessionRecord, SessionRecord>(connection, {
    select,
    conditions: conditionsOf(userId),
    ordering: {
      columns: [
        { sql: Prisma.sql`s.updated_at`, type: "timestamptz" },
        { sql: Prisma.sql`s.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: ({ lastUsedAt, id }) => [lastUsedAt.toISOString(), id],
  });
}

export function countSessions(request: CountRequest, userId: string): Promise<number> {
  return countRows(request, Prisma.sql`FROM sessions s`, conditionsOf(userId));
}

/** In the order of `ids`; null for an unknown or expired session. */
export async function findSessions(connection: Connection, ids: readonly string[]): Promise<(SessionRecord | null)[]> {
  const rows = await connection.$queryRaw<SessionRecord[]>(Prisma.sql`${select} WHERE ${isOpen} AND s.id = ANY (${[...ids]})`);
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** Returns whether the session existed. */
export async function deleteSession(connection: Connection, id: string): Promise<boolean> {
  const { count } = await connection.session.deleteMany({ where: { id } });
  return count > 0;
}
