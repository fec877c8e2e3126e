/**
 * The work on the outbox. A worker claims an e-mail for a few minutes and then records the outcome; if it dies, the claim runs out and
 * another worker tries again. The only e-mail that can be sent twice is one whose worker died between the server's answer and the record.
 */
import type { Connection } from "../../server/database/database.ts";

export interface ClaimedEmail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  /** What to send: it may contain a secret of the recipient. */
  readonly text: string;
  /** Where a mail program unsubscribes its user; null for none. */
  readonly unsubscribeUrl: string | null;
  /** Including this one. */
  readonly attempts: number;
}

/** Longer than an attempt can take: the mailer's timeouts end it earlier. */
const secondsOfClaim = 300;
/** After the first failure; each further pause is twice as long, up to an hour. */
const firstPauseSeconds = 30;
const longestPauseSeconds = 3_600;
/** About a day. */
export const maxAttempts = 30;
const mostAtOnce = 100;

/** Null for an e-mail that is sent, given up, or claimed by another worker. */
export async function claimEmail(connection: Connection, id: string): Promise<ClaimedEmail | null> {
  const claimed = await connection.$queryRaw<ClaimedEmail[]>`
    UPDATE emails e SET attempts = e.attempts + 1, next_attempt_at = now() + ${secondsOfClaim} * interval '1 second'
    WHERE e.id = ${id} AND e.next_attempt_at <= now()
    RETURNING e.id, e.to, e.subject, coalesce(e.sealed_text, e.text) AS text, e.unsubscribe_url AS "unsubscribeUrl", e.attempts`;
  return claimed[0] ?? null;
}

/** Those that wait for an attempt, longest wait first. */
export async function findDueEmails(connection: Connection): Promise<readonly string[]> {
  const due = await connection.$queryRaw<{ id: string }[]>`
    SELECT id FROM emails WHERE next_attempt_at <= now() ORDER BY next_attempt_at, id LIMIT ${mostAtOnce}`;
  return due.map(({ id }) => id);
}

export async function recordSent(connection: Connection, id: string): Promise<void> {
  await connection.email.updateMany({
    where: { id },
    data: { sentAt: new Date(), nextAttemptAt: null, failure: null, sealedText: null },
  });
}

/** Records that the e-mail was kept in a file, because there is no mail server. */
export async function recordUnsent(connection: Connection, id: string): Promise<void> {
  await connection.email.updateMany({ where: { id }, data: { nextAttemptAt: null, failure: null, sealedText: null } });
}

/** Plans the next attempt. `final` gives up: no later attempt could succeed. */
export async function recordFailure(
  connection: Connection,
  { id, failure, final }: { readonly id: string; readonly failure: string; readonly final: boolean },
): Promise<void> {
  await connection.$executeRaw`
    UPDATE emails e SET failure = ${failure}, next_attempt_at = CASE WHEN NOT ${final} AND e.attempts < ${maxAttempts}
      THEN now() + least(${longestPauseSeconds}, ${firstPauseSeconds} * power(2, least(e.attempts, 20) - 1)) * interval '1 second' END
    WHERE e.id = ${id}`;
}

/** Starts over with an e-mail that failed or was never sent. Returns false for one that is sent or still waiting. */
export async function sendAgain(connection: Connection, id: string): Promise<boolean> {
  const started = await connection.$executeRaw`
    UPDATE emails SET attempts = 0, failure = NULL, next_attempt_at = date_trunc('milliseconds', now())
    WHERE id = ${id} AND sent_at IS NULL AND next_attempt_at IS NULL`;
  return started > 0;
}
