/**
 * The outbox: e-mails are written in the transaction of what they are about, and a job sends them. Without a mail server they stay here for
 * the owners to read.
 */
import { randomUUID } from "node:crypto";
import type { Connection } from "../database/database.ts";

export interface NewEmail {
  /** Whose owners may read it; null for one about an account, which only its user may read. */
  readonly workspaceId: string | null;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export async function writeEmail(connection: Connection, email: NewEmail): Promise<string> {
  const id = `email_${randomUUID()}`;
  await connection.email.create({ data: { id, ...email } });
  return id;
}
