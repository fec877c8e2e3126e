/** Writes the hash chain of a run without generations, in the run's fenced transaction. Writing a step again changes nothing. */
import type { Connection } from "../../server/database/database.ts";

export async function writeStepHashes(
  connection: Connection,
  { runId, hashes }: { readonly runId: string; readonly hashes: readonly { readonly step: number; readonly hash: string }[] },
): Promise<void> {
  if (hashes.length === 0) return;
  await connection.runStepHash.createMany({ data: hashes.map(({ step, hash }) => ({ runId, step, hash })), skipDuplicates: true });
}
