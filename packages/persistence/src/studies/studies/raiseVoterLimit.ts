/** Raises the number of voters without an account of a study that was opened. It is no part of the plan, since results do not depend on it. */
import { AppError } from "@pareidolia/core/appError";
import type { Transaction } from "../../server/database/database.ts";

/** @returns the limit before. @throws AppError CONFLICT unless the study takes votes and the limit is higher. */
export async function raiseVoterLimit(
  { connection }: Transaction,
  { studyId, limit }: { readonly studyId: string; readonly limit: number },
): Promise<number> {
  const [study] = await connection.$queryRaw<{ readonly before: number; readonly votes: boolean }[]>`
    SELECT (draft ->> 'anonymousVoters')::int AS before, state IN ('OPEN', 'PAUSED') AS votes FROM studies WHERE id = ${studyId} FOR NO KEY UPDATE`;
  if (study?.votes !== true) throw new AppError("CONFLICT", "Only a study that is open or paused can take more voters.");
  if (limit <= study.before)
    throw new AppError("CONFLICT", `The study takes ${study.before} voters without an account already. Enter a higher number.`, {
      field: "input.limit",
    });
  await connection.$executeRaw`
    UPDATE studies SET draft = jsonb_set(draft, '{anonymousVoters}', to_jsonb(${limit}::int)), updated_at = now() WHERE id = ${studyId}`;
  return study.before;
}
