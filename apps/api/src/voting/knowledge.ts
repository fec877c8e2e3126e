/** Who could know the labels of a study's images before voting on them: such voters are insiders, whom results as planned leave out. */
import type { MemberActor } from "@pareidolia/core/actor";
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { hasSeenLabels } from "@pareidolia/persistence/studies/norming/readRooms";
import type { BallotStudyRecord } from "@pareidolia/persistence/studies/voting/readVoters";
import { policy } from "../policy/policy.ts";

/** What counts is the person's role: an API key that permits only voting does not make a researcher ignorant of the labels. */
export async function couldKnowLabels(
  connection: Connection,
  actor: MemberActor,
  { id, createdById }: BallotStudyRecord,
): Promise<boolean> {
  if (createdById === actor.userId || policy.roleGrants(actor, "study:inspect")) return true;
  return hasSeenLabels(connection, { studyId: id, userId: actor.userId });
}
