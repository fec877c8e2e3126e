/** Sends one e-mail of the outbox, or keeps it in a file if there is no mail server. A failure is stored, and tried again later. */
import type { JobData } from "@pareidolia/jobs/jobs";
import type { Database } from "@pareidolia/persistence/server/database/database";
import { claimEmail, recordFailure, recordSent, recordUnsent } from "@pareidolia/persistence/workspace/emails/emailWork";
import { EmailRefused, type Mailer } from "../emails/mailer.ts";
import { keepUnsent } from "../emails/unsentEmails.ts";
import type { TaskLog } from "../taskLog.ts";
import { withRetries } from "../withRetries.ts";

export interface SendEmailContext {
  readonly database: Database;
  /** Null without a mail server. */
  readonly mailer: Mailer | null;
  /** Where e-mails are kept without a mail server; null to drop them. */
  readonly unsentFile: string | null;
  readonly stop: AbortSignal;
  readonly log: TaskLog;
}

/** Seconds during which the outcome is written again while the database is away: an e-mail without its outcome would be sent again. */
const timeoutSeconds = 60;
const unexpected = "Sending failed because of an unexpected error. The worker's log has the details.";
const unkept = "There is no mail server, and the file of unsent e-mails could not be written. The worker's log has the details.";

export async function sendEmail({ emailId }: JobData["sendEmail"], context: SendEmailContext): Promise<void> {
  const { database, mailer, unsentFile, stop, log } = context;
  if (stop.aborted) return;
  const { connection } = database;
  const email = await claimEmail(connection, emailId);
  if (email === null) return;
  const { attempts } = email;
  const record = (write: () => Promise<void>): Promise<void> =>
    withRetries(write, {
      signal: new AbortController().signal,
      timeoutSeconds,
      onRetry: (error, attempt) => log.warn({ emailId, attempt, err: error }, "the outcome of an e-mail could not be stored, trying again"),
    });
  if (mailer === null) {
    try {
      if (unsentFile !== null) await keepUnsent(unsentFile, email);
    } catch (error) {
      log.error({ emailId, unsentFile, err: error }, "without a mail server, e-mails are kept in a file, which could not be written");
      return record(() => recordFailure(connection, { id: emailId, failure: unkept, final: false }));
    }
    log.warn({ emailId, unsentFile }, "no mail server is set, so this e-mail is only in a file: set PAREIDOLIA_SMTP_URL to send e-mails");
    return record(() => recordUnsent(connection, emailId));
  }
  try {
    await mailer.send(email);
  } catch (error) {
    const refused = error instanceof EmailRefused ? error : new EmailRefused(unexpected, { cause: error, final: false });
    log.warn({ emailId, attempts, final: refused.final, err: refused.cause }, "e-mail was not sent");
    return record(() => recordFailure(connection, { id: emailId, failure: refused.message, final: refused.final }));
  }
  log.info({ emailId, attempts }, "e-mail is sent");
  await record(() => recordSent(connection, emailId));
}
