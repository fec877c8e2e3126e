/** Writes votes on an ascent's images. No study of the matrix shows them, so their figures are never withheld from members who vote. */
import type { Connection } from "@pareidolia/persistence/server/database/database";

export async function writeRecognition(connection: Connection, runId: string): Promise<void> {
  const { workspaceId, model } = await connection.run.findUniqueOrThrow({ where: { id: runId }, include: { model: true } });
  const trajectories = await connection.trajectory.findMany({ where: { runId }, distinct: ["imageSha256"] });
  const votes = {
    workspaceId,
    labelSpace: model.labelSpace,
    studies: 1,
    votes: 2,
    agreeing: 1,
    correctedVotes: 2,
    recognised: 0,
    guessOdds: 2,
  };
  const data = trajectories.map(({ imageSha256, class: label }) => ({ ...votes, imageSha256, label }));
  // An image that a study shows has its own.
  await connection.recognition.createMany({ data, skipDuplicates: true });
}
