/** API keys: rows without their secrets, of which only the hash is stored. */
import type { KeyScope, Role } from "@pareidolia/core/actor";
import { Prisma } from "../../generated/client.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface ApiKeyRecord {
  readonly id: string;
  readonly workspaceId: string;
  /** The user as whom the key acts. */
  readonly createdById: string;
  readonly name: string;
  readonly prefix: string;
  readonly scopes: readonly KeyScope[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

export interface NewApiKey extends Pick<ApiKeyRecord, "id" | "workspaceId" | "createdById" | "name" | "prefix" | "scopes" | "expiresAt"> {
  readonly secretHash: string;
}

export interface KeyHolder {
  readonly keyId: string;
  readonly userId: string;
  readonly workspaceId: string;
  /** Of the workspace. */
  readonly slug: string;
  readonly role: Role;
  readonly scopes: readonly KeyScope[];
}

const columns = Prisma.sql`k.id, k.workspace_id AS "workspaceId", k.user_id AS "createdById", k.name, k.prefix, k.scopes::text[] AS scopes,
  k.created_at AS "createdAt", k.expires_at AS "expiresAt", k.last_used_at AS "lastUsedAt", k.revoked_at AS "revokedAt"`;

/** Neither revoked nor expired, for `api_keys k`. */
export const isValidKey = Prisma.sql`k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`;

export async function createApiKey(connection: Connection, { createdById, scopes, ...key }: NewApiKey): Promise<void> {
  await connection.apiKey.create({ data: { ...key, userId: createdById, scopes: [...scopes] } });
}

/**
 * The member as whom a secret acts. Null for an unknown, revoked or expired key, for a suspended or former
 * member, for a member whose workspace allows keys to owners only, and in a deleted workspace.
 */
export async function findKeyHolder(connection: Connection, secretHash: string): Promise<KeyHolder | null> {
  const holders = await connection.$queryRaw<KeyHolder[]>`
    SELECT k.id AS "keyId", k.user_id AS "userId", k.workspace_id AS "workspaceId", w.slug, m.role::text AS role, k.scopes::text[] AS scopes
    FROM api_keys k
    JOIN memberships m ON m.workspace_id = k.workspace_id AND m.user_id = k.user_id
    JOIN workspaces w ON w.id = k.workspace_id
    WHERE k.secret_hash = ${secretHash} AND ${isValidKey}
      AND m.suspended_at IS NULL AND w.deleted_at IS NULL AND (w.member_keys OR m.role = 'OWNER')`;
  return holders[0] ?? null;
}

export interface ApiKeyFilter {
  readonly scope: Scope;
  /** Null for the keys of all members. */
  readonly userId: string | null;
  /** True for keys that are neither revoked nor expired, false for the others; null for all keys. */
  readonly valid: boolean | null;
}

function conditionsOf({ scope, userId, valid }: ApiKeyFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`k.workspace_id = ${scope.workspaceId}`];
  if (userId !== null) conditions.push(Prisma.sql`k.user_id = ${userId}`);
  if (valid !== null) conditions.push(valid ? isValidKey : Prisma.sql`NOT (${isValidKey})`);
  return conditions;
}

/** Latest first. */
export function listApiKeys(connection: Connection, filter: ApiKeyFilter, page: PageRequest): Promise<Page<ApiKeyRecord>> {
  return selectPage<ApiKeyRecord, ApiKeyRecord>(connection, {
    select: Prisma.sql`SELECT ${columns} FROM api_keys k`,
    conditions: conditionsOf(filter),
    ordering: {
      columns: [
        { sql: Prisma.sql`k.created_at`, type: "timestamptz" },
        { sql: Prisma.sql`k.id`, type: "text" },
      ],
      direction: "DESC",
    },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.createdAt.toISOString(), row.id],
  });
}

export function countApiKeys(request: CountRequest, filter: ApiKeyFilter): Promise<number> {
  return countRows(request, Prisma.sql`FROM api_keys k`, conditionsOf(filter));
}

/** In the order of `ids`; null for an unknown one. */
export async function findApiKeys(connection: Connection, ids: readonly string[]): Promise<(ApiKeyRecord | null)[]> {
  const rows = await connection.$queryRaw<ApiKeyRecord[]>`SELECT ${columns} FROM api_keys k WHERE k.id = ANY (${[...ids]})`;
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** Returns whether this call revoked the key: a key that is revoked already keeps its time. */
export async function revokeApiKey(connection: Connection, id: string): Promise<boolean> {
  const { count } = await connection.apiKey.updateMany({ where: { id, revokedAt: null }, data: { revokedAt: new Date() } });
  return count > 0;
}

/** Revokes a user's keys in all workspaces. Returns those that were still valid, ordered by workspace. */
export async function revokeKeysOf(connection: Connection, userId: string): Promise<ApiKeyRecord[]> {
  const revoked = await connection.$queryRaw<ApiKeyRecord[]>`
    UPDATE api_keys k SET revoked_at = now() WHERE k.user_id = ${userId} AND ${isValidKey} RETURNING ${columns}`;
  return revoked.sort((one, other) => (one.workspaceId < other.workspaceId ? -1 : 1));
}

/** Whether members who are not owners may have keys. */
export async function allowsMemberKeys(connection: Connection, workspaceId: string): Promise<boolean> {
  return (await connection.workspace.findUnique({ where: { id: workspaceId }, select: { memberKeys: true } }))?.memberKeys ?? false;
}

/** Returns whether this call changed the setting. */
export async function allowMemberKeys(connection: Connection, workspaceId: string, allowed: boolean): Promise<boolean> {
  const { count } = await connection.workspace.updateMany({
    where: { id: workspaceId, memberKeys: !allowed },
    data: { memberKeys: allowed },
  });
  return count > 0;
}

/** One statement for many keys. */
export async function noteKeyUses(connection: Connection, uses: ReadonlyMap<string, Date>): Promise<void> {
  await connection.$executeRaw`
    UPDATE api_keys k SET last_used_at = greatest(k.last_used_at, u.used_at)
    FROM unnest(${[...uses.keys()]}::text[], ${[...uses.values()]}::timestamptz[]) AS u (id, used_at) WHERE k.id = u.id`;
}
