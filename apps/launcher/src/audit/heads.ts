/** The heads of the audit logs, as `npm run audit -- --head` prints them to be noted elsewhere. */

export interface AuditHeadLine {
  readonly workspaceId: string;
  /** Number of the latest entry. */
  readonly sequence: number;
  /** ISO 8601, in UTC. */
  readonly at: string;
  /** In hexadecimal, under the log's key. */
  readonly hash: string;
}

/** NUMBER:HASH is what `--noted` takes. */
export function printHeads(heads: readonly AuditHeadLine[], write: (line: string) => void): void {
  for (const { workspaceId, sequence, at, hash } of heads) write(`${sequence}:${hash}  ${at}  audit log of ${workspaceId}`);
}
