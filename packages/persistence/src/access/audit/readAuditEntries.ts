/** Reads a workspace's audit log, latest entry first. */

import { Prisma } from "../../generated/client.ts";
import { containing } from "../../server/database/containing.ts";
import { type CountRequest, countRows } from "../../server/database/countRows.ts";
import type { Connection } from "../../server/database/database.ts";
import { inOrderOf } from "../../server/database/inOrderOf.ts";
import { type Page, type PageRequest, selectPage } from "../../server/database/keyset.ts";
import type { Scope } from "../../server/scope/scope.ts";

export interface AuditEntryRecord {
  /** The workspace's id, a dot and the number. */
  readonly id: string;
  readonly workspaceId: string;
  /** Who did it; null for an unknown sender and for the system. */
  readonly createdById: string | null;
  /** The current name of that user; null if there is none, or the account was deleted. */
  readonly userName: string | null;
  /** The prefix of the API key; null without a key. */
  readonly keyPrefix: string | null;
  /** From 1, without gaps. */
  readonly sequence: number;
  readonly at: Date;
  readonly clientAddress: string | null;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string;
  /** What the hash covers: the whole entry as JSON. */
  readonly text: string;
  /** Empty for the first entry. */
  readonly previousHash: string;
  readonly hash: string;
  /** Null for the latest entry. */
  readonly nextHash: string | null;
}

export interface AuditFilter {
  readonly scope: Scope;
  readonly userId?: string | undefined;
  readonly keyId?: string | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly exceptActions?: readonly string[] | undefined;
  readonly subject?: { readonly type: string; readonly id: string } | undefined;
  /** Inclusive. */
  readonly from?: Date | undefined;
  /** Exclusive. */
  readonly until?: Date | undefined;
  readonly search?: string | undefined;
}

const from = Prisma.sql`FROM audit_entries a LEFT JOIN users u ON u.id = a.user_id LEFT JOIN api_keys k ON k.id = a.key_id`;
const select = Prisma.sql`
  SELECT a.workspace_id || '.' || a.sequence AS id, a.workspace_id AS "workspaceId", a.user_id AS "createdById", u.name AS "userName",
    k.prefix AS "keyPrefix", a.sequence, a.at, a.client_address AS "clientAddress", a.action, a.subject_type AS "subjectType",
    a.subject_id AS "subjectId", a.text, a.previous_hash AS "previousHash", a.hash,
    (SELECT n.hash FROM audit_entries n WHERE n.workspace_id = a.workspace_id AND n.sequence = a.sequence + 1) AS "nextHash"
  ${from}`;

function conditionsOf({ scope, ...filter }: AuditFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`a.workspace_id = ${scope.workspaceId}`];
  if (filter.userId !== undefined) conditions.push(Prisma.sql`a.user_id = ${filter.userId}`);
  if (filter.keyId !== undefined) conditions.push(Prisma.sql`a.key_id = ${filter.keyId}`);
  if (filter.actions !== undefined) conditions.push(Prisma.sql`a.action = ANY (${[...filter.actions]}::text[])`);
  if (filter.exceptActions !== undefined) conditions.push(Prisma.sql`a.action <> ALL (${[...filter.exceptActions]}::text[])`);
  if (filter.subject !== undefined)
    conditions.push(Prisma.sql`a.subject_id = ${filter.subject.id} AND a.subject_type = ${filter.subject.type}`);
  if (filter.from !== undefined) conditions.push(Prisma.sql`a.at >= ${filter.from}::timestamptz`);
  if (filter.until !== undefined) conditions.push(Prisma.sql`a.at < ${filter.until}::timestamptz`);
  if (filter.search !== undefined) {
    const pattern = containing(filter.search);
    conditions.push(Prisma.sql`(a.text ILIKE ${pattern} OR u.name ILIKE ${pattern} OR k.prefix ILIKE ${pattern})`);
  }
  return conditions;
}

export function listAuditEntries(connection: Connection, filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntryRecord>> {
  return selectPage<AuditEntryRecord, AuditEntryRecord>(connection, {
    select,
    conditions: conditionsOf(filter),
    ordering: { columns: [{ sql: Prisma.sql`a.sequence`, type: "integer" }], direction: "DESC" },
    page,
    toRow: (row) => row,
    positionOf: (row) => [row.sequence],
  });
}

export function countAuditEntries(request: CountRequest, filter: AuditFilter): Promise<number> {
  return countRows(request, from, conditionsOf(filter));
}

/** In the order of `ids`; null for an unknown one. */
export async function findAuditEntries(connection: Connection, ids: readonly string[]): Promise<(AuditEntryRecord | null)[]> {
  const parts = ids.map((id) => /^(.+)\.([1-9]\d{0,8})$/.exec(id));
  const workspaces = parts.map((part) => part?.[1] ?? "");
  const sequences = parts.map((part) => Number(part?.[2] ?? 0));
  const rows = await connection.$queryRaw<AuditEntryRecord[]>`
    ${select} JOIN unnest(${workspaces}::text[], ${sequences}::int[]) AS wanted (workspace_id, sequence)
      ON a.workspace_id = wanted.workspace_id AND a.sequence = wanted.sequence`;
  return inOrderOf(ids, rows, ({ id }) => id);
}

/** Whether a log has this entry, whose hash is in no other log. */
export async function hasAuditEntry(
  connection: Connection,
  { sequence, hash }: Pick<AuditEntryRecord, "sequence" | "hash">,
): Promise<boolean> {
  return (await connection.auditEntry.findFirst({ where: { sequence, hash }, select: { sequence: true } })) !== null;
}
