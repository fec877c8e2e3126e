/**
 * The rule by which votes count. A vote counts if its trial is counted, it was not skipped, and "can't tell" is not a missing vote:
 * a missing vote has the answer "can't tell" and neither agrees nor disagrees. `study_images.votes` and `agreeing` and
 * `studies.vote_count` are counts of these votes.
 *
 * Every statement that changes counters locks the voter's row, then rows of images in ascending order, then the row of the study, so no
 * two of them wait for each other: within a statement, the update of the study reads the rows that the update of the image returns.
 */
import { Prisma } from "../generated/client.ts";

/** For statements with the columns of `votes`. */
export const counts = Prisma.sql`(role = 'COUNTED' AND answer IS NOT NULL AND (agrees IS NOT NULL OR answer -> 'cantTell' IS NULL))`;

/** Seconds for which the images of an unfinished voter are held after joining and after each vote. */
export const leaseSeconds = 7_200;

/** Subscribers get "<study id> <index of the image>", or "<study id>" if votes on several images changed. */
export const votesChannel = "pareidolia_votes";

/** The number of votes that a stored result is of, once answers changed that the study's number of votes does not show. */
export const outdated = -1;
