/**
 * The form of an audit entry. Its text is what the hash covers, so that a changed column, a missing row or a row in another place breaks the
 * chain: hash = HMAC-SHA-256(key, previous hash, newline, sequence, newline, text), in hexadecimal. The first entry's previous hash is empty.
 * Entries of earlier versions have a SHA-256 without a key. They end where the key begins: the entry `keyAction`, whose hash covers theirs.
 */
import { createHash, createHmac } from "node:crypto";

/** The action of the first entry under the key in a log that began without one. */
export const keyAction = "auditLog:key";

export interface AuditedChange {
  /** What was done, such as "member:remove". */
  readonly action: string;
  /** The type and id of what it was done to, such as "User" and "user_1". */
  readonly subjectType: string;
  readonly subjectId: string;
  /** How people name it, such as "RUN-12" or an e-mail address; absent where there is no name. */
  readonly subjectName?: string;
  /** Old and new values of what matters; null where there is none. */
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

export interface AuditText extends AuditedChange {
  readonly workspaceId: string;
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** Null for what the system does itself. */
  readonly userId: string | null;
  readonly keyId: string | null;
  readonly clientAddress: string | null;
}

/** With its keys in one order. */
export function writeAuditText(text: AuditText): string {
  const { workspaceId, at, userId, keyId, clientAddress, action, subjectType, subjectId, subjectName, before, after } = text;
  return JSON.stringify({ workspaceId, at, userId, keyId, clientAddress, action, subjectType, subjectId, subjectName, before, after });
}

export interface HashedEntry {
  readonly previousHash: string;
  readonly sequence: number;
  readonly text: string;
}

/** @param key null for an entry of an earlier version, or of a process without a secret */
export function hashAuditEntry(key: Buffer | null, { previousHash, sequence, text }: HashedEntry): string {
  const hash = key === null ? createHash("sha256") : createHmac("sha256", key);
  return hash.update(`${previousHash}\n${sequence}\n${text}`).digest("hex");
}

/** Whether the stored hash of an entry needs no key. */
export function isUnkeyed(entry: HashedEntry & { readonly hash: string }): boolean {
  return hashAuditEntry(null, entry) === entry.hash;
}
