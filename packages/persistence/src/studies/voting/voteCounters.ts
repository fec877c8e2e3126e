/**
 * The rule by which votes count. A vote counts if its trial is counted and no repeat, it was not skipped, and it is not a missing vote,
 * which has the answer "can't tell" and neither agrees nor disagrees (perception's `countsAsVote`). `study_images.votes` and `agreeing` and
 * `studies.vote_count` are counts of these votes.
 *
 * Every statement that changes counters or outdates results locks the voter's row, then the row of the study, then rows of images or of
 * results, so no two of them wait for each other. The study's row gives the change its sequence number (`studyTallies`), so changes become
 * visible in the order of their numbers.
 */
import { Prisma } from "../../generated/client.ts";

/** For statements with the columns of `votes`. */
export const counts = Prisma.sql`(role = 'COUNTED' AND NOT repeated AND answer IS NOT NULL AND (agrees IS NOT NULL OR answer -> 'cantTell' IS NULL))`;

/** Number of votes of a stored result after votes have changed in a way that the study's number of votes does not show. */
export const outdated = -1;
