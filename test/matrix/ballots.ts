/** Studies in which members of the local workspace vote: one with a vote of each, and a closed one that each has finished. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { StudyShelf } from "@pareidolia/api/voting/studyShelf";
import { VotingService } from "@pareidolia/api/voting/voting.service";
import type { MemberActor } from "@pareidolia/core/actor";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import type { AccountsApi } from "../support/accounts.ts";
import { readImageAddresses } from "../support/imageAddresses.ts";
import { writeOpenedStudy } from "../support/openedStudy.ts";
import { studyDesign } from "../support/studyDesigns.ts";

export interface Ballots {
  readonly openBallot: string;
  readonly finishedBallot: string;
  readonly finishedBallotKey: string;
  /** The address for its first voter of an image of the closed study. */
  readonly ballotImage: string;
}

export const missingBallots: Ballots = {
  openBallot: encodeGlobalId("Study", "missing"),
  finishedBallot: encodeGlobalId("Study", "missing"),
  finishedBallotKey: "STU-100",
  ballotImage: `/ballots/images/${"0".repeat(32)}-${"0".repeat(32)}`,
};

/** Before anything else was voted, so that a repetition changes nothing. */
export const ballotVote = { trial: 0, submissionId: "first", answer: { choice: 0 }, votedAt: new Date() };

/** The people who may vote, as far as they exist. */
const voters = [localUserId, "researcher", "labeller"];

/** @param shown an image of the workspace, which the closed study asks about, and the network that labelled it. */
export async function writeBallots(
  { database, objectStore }: AccountsApi,
  { sha256, modelId }: { readonly sha256: string; readonly modelId: string },
): Promise<Ballots> {
  const { connection } = database;
  const design = studyDesign(2, {}, { noise: [], canaries: [] });
  const write = (of = design) =>
    writeOpenedStudy({ database, objectStore }, { design: of, perVoter: { gold: 1 }, access: "MEMBERS", modelId });
  const stimuli = design.stimuli.map((stimulus, index) => (index === 0 ? { ...stimulus, image: sha256 } : stimulus));
  const [open, finished] = [await write(), await write({ ...design, stimuli })];
  const voting = new VotingService({ database, shelf: new StudyShelf(database), secret: null });
  const members = { workspaceId: localWorkspaceId, userId: { in: voters } };
  for (const { userId, role } of await connection.membership.findMany({ where: members })) {
    const actor: MemberActor = { userId, workspaceId: localWorkspaceId, role };
    for (const { key: study } of [open, finished]) await voting.join(actor, { study, language: "en", consentVersion: 1 });
    await voting.cast(actor, { study: open.key, ...ballotVote });
    const votes = [0, 1, 2].map((trial) => ({ ...ballotVote, trial }));
    await voting.castMany(actor, { study: finished.key, votes });
    await voting.finish(actor, { study: finished.key });
  }
  await connection.study.update({ where: { id: finished.study.id }, data: { state: "CLOSED", closedAt: new Date() } });
  return {
    openBallot: encodeGlobalId("Study", open.study.id),
    finishedBallot: encodeGlobalId("Study", finished.study.id),
    finishedBallotKey: finished.key,
    ballotImage: (await readImageAddresses(database, finished.study.id, { voter: 0 }))({ role: "COUNTED", index: 0 }),
  };
}
