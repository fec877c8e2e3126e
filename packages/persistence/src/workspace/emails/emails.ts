/**
 * The outbox: e-mails are written in the transaction of what they are about, and a worker sends them. Without a mail server, the worker
 * writes them to its log, and those about a workspace stay here for its owners to read.
 */
import { randomUUID } from "node:crypto";
import type { Connection } from "../../server/database/database.ts";

export interface NewEmail {
  /** Whose owners may read `text`; null for one about an account, which only its user may read. */
  readonly workspaceId: string | null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Sent instead of `text`, for an e-mail with a secret that no owner may know. Default: `text` is sent. */
  readonly sealedText?: string;
  /** Where a mail program unsubscribes its user, for an e-mail that the recipient can do without. */
  readonly unsubscribeUrl?: string;
}

export async function writeEmail(connection: Connection, email: NewEmail): Promise<string> {
  const id = `email_${randomUUID()}`;
  await connection.email.create({ data: { id, ...email } });
  return id;
}
