/** A row of each table in which people write what nothing changes afterwards: codes of texts, a norming room, a saved comparison. */
import type { Connection } from "@pareidolia/persistence/server/database/database";
import { localUserId, localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";

export async function writeWrittenOnce(connection: Connection, studyId: string): Promise<void> {
  await connection.textCoder.create({ data: { studyId, number: 0, userId: localUserId } });
  for (const [number, text] of ["a bus", "no idea"].entries()) {
    const code = number === 0 ? { kind: "LABEL" as const, label: 1 } : { kind: "NONE" as const };
    await connection.codedText.create({ data: { studyId, number, text } });
    await connection.textCode.create({ data: { studyId, number, coder: 0, ...code } });
    await connection.textDecision.create({ data: { studyId, number, reason: "It is what it says.", ...code } });
  }

  const roomId = "room";
  await connection.normingRoom.create({ data: { id: roomId, studyId, createdById: localUserId, number: 1 } });
  await connection.normingRoomMember.create({ data: { roomId, number: 0, userId: localUserId } });
  for (const place of [0, 1]) {
    const decision = place === 0 ? { outcome: "CLASS" as const, label: 2 } : { outcome: "NOTHING" as const };
    await connection.normingRoomImage.create({ data: { roomId, place, studyId, role: "COUNTED", imageIndex: place } });
    await connection.normingVote.create({ data: { roomId, place, member: 0, round: 1, label: 2 } });
    await connection.normingComment.create({ data: { roomId, place, number: 0, member: 0, text: "It has wheels." } });
    await connection.normingDecision.create({ data: { roomId, place, reason: "All agree.", ...decision } });
  }

  const saved = { entries: [{ key: "RUN-1" }], generation: 12, baseline: 0, snapshot: { figures: [{ median: 0.75 }] } };
  await connection.savedComparison.create({
    data: { id: "saved", workspaceId: localWorkspaceId, createdById: localUserId, number: 1, title: "Rates", notes: "", ...saved },
  });
}
