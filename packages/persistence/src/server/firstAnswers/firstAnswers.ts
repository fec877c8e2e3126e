/**
 * The first answers of mutations, by idempotency key. A request claims its key in one statement, so only one of several at the same time
 * carries the mutation out; the claim of a process that died expires, and the next request with the key carries it out again.
 */
import type { Connection } from "../database/database.ts";

interface Claim {
  readonly id: string;
  /** Random. Only its holder may store the answer. */
  readonly claim: string;
}

/** What an earlier request with the same key has left. */
export interface EarlierRequest {
  readonly inputHash: string;
  /** Null while the mutation is carried out. */
  readonly answer: Uint8Array | null;
}

/** Longer than an operation may take. */
const claimSeconds = 60;
const answerSeconds = 24 * 60 * 60;

/** Null if this request may carry out the mutation. */
export async function claimFirstAnswer(
  connection: Connection,
  { id, claim, inputHash }: Claim & { readonly inputHash: string },
): Promise<EarlierRequest | null> {
  const claimed = await connection.$executeRaw`
    INSERT INTO first_answers AS f (id, input_hash, claim, expires_at)
    VALUES (${id}, ${inputHash}, ${claim}, clock_timestamp() + ${claimSeconds} * interval '1 second')
    ON CONFLICT (id) DO UPDATE SET input_hash = EXCLUDED.input_hash, claim = EXCLUDED.claim, answer = NULL, expires_at = EXCLUDED.expires_at
    WHERE f.expires_at < clock_timestamp()`;
  if (claimed === 1) return null;
  // An earlier request that failed in the meantime is gone, and its sender may claim the key with the next attempt.
  return (await findFirstAnswer(connection, id)) ?? { inputHash, answer: null };
}

/**
 * For a mutation that stores its key with what it creates, and needs no claim: keeps its input for 24 hours. "other" if the key belongs to a
 * request with another input.
 */
export async function keepInput(
  connection: Connection,
  { id, claim, inputHash }: Claim & { readonly inputHash: string },
): Promise<"first" | "repeated" | "other"> {
  const [kept] = await connection.$queryRaw<{ readonly isFirst: boolean }[]>`
    INSERT INTO first_answers AS f (id, input_hash, claim, expires_at)
    VALUES (${id}, ${inputHash}, ${claim}, clock_timestamp() + ${answerSeconds} * interval '1 second')
    ON CONFLICT (id) DO UPDATE SET input_hash = EXCLUDED.input_hash, expires_at = EXCLUDED.expires_at,
      claim = CASE WHEN f.expires_at < clock_timestamp() THEN EXCLUDED.claim ELSE f.claim END
    WHERE f.expires_at < clock_timestamp() OR f.input_hash = EXCLUDED.input_hash
    RETURNING claim = ${claim} AS "isFirst"`;
  if (kept === undefined) return "other";
  return kept.isFirst ? "first" : "repeated";
}

export async function findFirstAnswer(connection: Connection, id: string): Promise<EarlierRequest | null> {
  const [earlier] = await connection.$queryRaw<EarlierRequest[]>`
    SELECT input_hash AS "inputHash", answer FROM first_answers WHERE id = ${id}`;
  return earlier ?? null;
}

export async function keepFirstAnswer(connection: Connection, { id, claim }: Claim, answer: Uint8Array): Promise<void> {
  await connection.$executeRaw`
    UPDATE first_answers SET answer = ${answer}, expires_at = clock_timestamp() + ${answerSeconds} * interval '1 second'
    WHERE id = ${id} AND claim = ${claim}`;
}

/** For a mutation that changed nothing: its key can be used again. */
export async function releaseFirstAnswer(connection: Connection, { id, claim }: Claim): Promise<void> {
  await connection.$executeRaw`DELETE FROM first_answers WHERE id = ${id} AND claim = ${claim}`;
}
