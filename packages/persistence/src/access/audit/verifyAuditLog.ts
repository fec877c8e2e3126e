/** Recomputes the hashes of audit entries, compares each log with its kept head and names the first broken link of each workspace. */

import { auditKeyOf } from "../../server/database/auditKey.ts";
import type { Connection } from "../../server/database/database.ts";
import { type AuditText, hashAuditEntry, isUnkeyed, keyAction } from "./auditEntry.ts";
import { findHeadFault, type KeptHead } from "./auditHeads.ts";
import { listLatestEntries } from "./latestEntries.ts";

const entriesPerPage = 1_000;

/** An entry by its number and hash. Number 0 stands before the first entry, with an empty hash. */
export interface AuditLink {
  readonly sequence: number;
  readonly hash: string;
  /** Whether the entry is under the key, as all that follow it must be. */
  readonly isKeyed: boolean;
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

function findFault(key: Buffer | null, entry: StoredEntry, previous: AuditLink): string | null {
  if (entry.sequence !== previous.sequence + 1) return `entry ${previous.sequence + 1} is missing`;
  if (entry.previousHash !== previous.hash) return "it does not follow from the entry before it";
  return findFaultyHash(key, entry, previous) ?? findChangedColumn(entry);
}

const noKey = "it is under a key that follows from PAREIDOLIA_SECRET, which this process does not have";

/** Entries of earlier versions come first, without a key. None follows an entry under the key. */
function findFaultyHash(key: Buffer | null, entry: StoredEntry, previous: AuditLink): string | null {
  if (isUnkeyed(entry)) return previous.isKeyed ? "its hash was computed without the key of the log" : null;
  // What is wrong with an entry without a key is known with the key only; a process without one never wrote an entry under it.
  if (key === null) return "its text was changed, or " + noKey;
  if (hashAuditEntry(key, entry) !== entry.hash)
    return "its text was changed, or it was written under another key (has PAREIDOLIA_SECRET changed?)";
  const begins = previous.isKeyed || entry.sequence === 1 || entry.action === keyAction;
  return begins ? null : `the entry ${keyAction} before it, with which the key began, is missing`;
}

/** The columns repeat the text, for filters; the hash covers the text only. */
function findChangedColumn(entry: StoredEntry): string | null {
  const text = JSON.parse(entry.text) as AuditText;
  const columns = { ...entry, at: entry.at.toISOString() };
  for (const name of ["workspaceId", "at", "userId", "keyId", "clientAddress", "action", "subjectType", "subjectId"] as const)
    if (columns[name] !== text[name]) return `its column ${name} was changed`;
  return null;
}

const withoutKey =
  "no entry is under the key of the log, so that all may have been changed. The first start of a version with a key begins it; since then, the log was written without it";

const start: AuditLink = { sequence: 0, hash: "", isKeyed: false };

interface Part {
  /** An entry that was verified before. A changed entry before it is not found, so a verification of the whole log starts without it. */
  readonly after?: AuditLink;
  /** How many entries to verify. Default: all. */
  readonly most?: number;
  /** The kept head, read before the call, with which the end of the log is compared. */
  readonly head?: KeptHead | undefined;
}

export async function verifyAuditLog(
  connection: Connection,
  workspaceId: string,
  { after = start, most = Number.POSITIVE_INFINITY, head }: Part = {},
): Promise<AuditLogState> {
  const key = auditKeyOf(connection);
  let last = after;
  for (;;) {
    const take = Math.min(entriesPerPage, after.sequence + most - last.sequence);
    const entries = await connection.auditEntry.findMany({
      where: { workspaceId, sequence: { gt: last.sequence } },
      orderBy: { sequence: "asc" },
      take,
    });
    for (const entry of entries) {
      const reason = findFault(key, entry, last);
      const broken = reason === null ? null : { sequence: last.sequence + 1, reason };
      if (broken !== null) return { workspaceId, entries: last.sequence, last, isComplete: true, broken };
      last = { sequence: entry.sequence, hash: entry.hash, isKeyed: last.isKeyed || !isUnkeyed(entry) };
    }
    const isComplete = entries.length < take;
    if (!isComplete && last.sequence < after.sequence + most) continue;
    const faultOfHead = isComplete && head !== undefined ? await findHeadFault(connection, head, last.sequence) : null;
    const lacksKey = isComplete && key !== null && !last.isKeyed && last.sequence > 0;
    const broken = faultOfHead ?? (lacksKey ? { sequence: 1, reason: withoutKey } : null);
    return { workspaceId, entries: broken === null ? last.sequence : broken.sequence - 1, last, isComplete, broken };
  }
}

/** Of every workspace that has a log or a kept head; those that were deleted keep theirs. */
export async function verifyAuditLogs(connection: Connection, heads: ReadonlyMap<string, KeptHead> = new Map()): Promise<AuditLogState[]> {
  const logs = await listLatestEntries(connection);
  const workspaceIds = new Set([...logs.map(({ workspaceId }) => workspaceId), ...heads.keys()]);
  const states: AuditLogState[] = [];
  for (const workspaceId of [...workspaceIds].toSorted())
    states.push(await verifyAuditLog(connection, workspaceId, { head: heads.get(workspaceId) }));
  return states;
}
