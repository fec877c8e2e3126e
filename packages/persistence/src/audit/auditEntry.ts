/**
 * The form of an audit entry. Its text is what the hash covers, so that a changed column, a missing row or a row in another place breaks the
 * chain: hash = SHA-256(previous hash, newline, sequence, newline, text), in hexadecimal. The first entry's previous hash is empty.
 */
import { createHash } from "node:crypto";

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

export function hashAuditEntry(entry: { readonly previousHash: string; readonly sequence: number; readonly text: string }): string {
  return createHash("sha256").update(`${entry.previousHash}\n${entry.sequence}\n${entry.text}`).digest("hex");
}
