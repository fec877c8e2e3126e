/** Recomputes the hash of every audit entry and names the first broken link of each workspace. */
import type { Connection } from "../database/database.ts";
import { type AuditText, hashAuditEntry } from "./auditEntry.ts";

const entriesPerPage = 1_000;

export interface AuditLogState {
  readonly workspaceId: string;
  readonly entries: number;
  /** The first entry at fault, and why; null for an intact log. */
  readonly broken: { readonly sequence: number; readonly reason: string } | null;
}

interface StoredEntry extends Omit<AuditText, "at" | "before" | "after"> {
  readonly sequence: number;
  readonly at: Date;
  readonly text: string;
  readonly previousHash: string;
  readonly hash: string;
}

interface Link {
  readonly sequence: number;
  readonly hash: string;
}

function findFault(entry: StoredEntry, previous: Link): string | null {
  if (entry.sequence !== previous.sequence + 1) return `entry ${previous.sequence + 1} is missing`;
  if (entry.previousHash !== previous.hash) return "it does not follow from the entry before it";
  if (hashAuditEntry(entry) !== entry.hash) return "its text was changed";
  return findChangedColumn(entry);
}

/** The columns repeat the text, for filters; the hash covers the text only. */
function findChangedColumn(entry: StoredEntry): string | null {
  const text = JSON.parse(entry.text) as AuditText;
  const columns = { ...entry, at: entry.at.toISOString() };
  for (const name of ["workspaceId", "at", "userId", "keyId", "clientAddress", "action", "subjectType", "subjectId"] as const)
    if (columns[name] !== text[name]) return `its column ${name} was changed`;
  return null;
}

export async function verifyAuditLog(connection: Connection, workspaceId: string): Promise<AuditLogState> {
  let previous: Link = { sequence: 0, hash: "" };
  for (;;) {
    const entries = await connection.auditEntry.findMany({
      where: { workspaceId, sequence: { gt: previous.sequence } },
      orderBy: { sequence: "asc" },
      take: entriesPerPage,
    });
    for (const entry of entries) {
      const reason = findFault(entry, previous);
      if (reason !== null) return { workspaceId, entries: previous.sequence, broken: { sequence: previous.sequence + 1, reason } };
      previous = entry;
    }
    if (entries.length < entriesPerPage) return { workspaceId, entries: previous.sequence, broken: null };
  }
}

/** Workspaces that have a log; those that were deleted keep theirs. */
export async function verifyAuditLogs(connection: Connection): Promise<AuditLogState[]> {
  const workspaces = await connection.auditEntry.findMany({
    distinct: ["workspaceId"],
    orderBy: { workspaceId: "asc" },
    select: { workspaceId: true },
  });
  const states: AuditLogState[] = [];
  for (const { workspaceId } of workspaces) states.push(await verifyAuditLog(connection, workspaceId));
  return states;
}
