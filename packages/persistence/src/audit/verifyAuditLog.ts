/** Recomputes the hashes of audit entries and names the first broken link of each workspace. */
import type { Connection } from "../database/database.ts";
import { type AuditText, hashAuditEntry } from "./auditEntry.ts";

const entriesPerPage = 1_000;

/** An entry by its number and hash. Number 0 stands before the first entry, with an empty hash. */
export interface AuditLink {
  readonly sequence: number;
  readonly hash: string;
}

export interface AuditLogState {
  readonly workspaceId: string;
  /** How many entries of the log are intact, from the first one. */
  readonly entries: number;
  /** The last intact entry. */
  readonly last: AuditLink;
  /** False if further entries are to be verified after `last`. */
  readonly isComplete: boolean;
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

function findFault(entry: StoredEntry, previous: AuditLink): string | null {
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

const start: AuditLink = { sequence: 0, hash: "" };

/**
 * Verifies at most `most` entries that follow `after`, an entry that was verified before. A changed entry before `after` is not found, so
 * a verification of the whole log starts without it.
 */
export async function verifyAuditLog(
  connection: Connection,
  workspaceId: string,
  { after = start, most = Number.POSITIVE_INFINITY }: { readonly after?: AuditLink; readonly most?: number } = {},
): Promise<AuditLogState> {
  let last = after;
  for (;;) {
    const take = Math.min(entriesPerPage, after.sequence + most - last.sequence);
    const entries = await connection.auditEntry.findMany({
      where: { workspaceId, sequence: { gt: last.sequence } },
      orderBy: { sequence: "asc" },
      take,
    });
    for (const entry of entries) {
      const reason = findFault(entry, last);
      const broken = reason === null ? null : { sequence: last.sequence + 1, reason };
      if (broken !== null) return { workspaceId, entries: last.sequence, last, isComplete: true, broken };
      last = { sequence: entry.sequence, hash: entry.hash };
    }
    const isComplete = entries.length < take;
    if (isComplete || last.sequence === after.sequence + most)
      return { workspaceId, entries: last.sequence, last, isComplete, broken: null };
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
