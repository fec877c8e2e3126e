/** The members of a norming room: who changes them, until when, and what stays of a member who was removed. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type NormingWorld, startNormingWorld } from "../../support/normingRoom.ts";

let world: NormingWorld;

beforeAll(async () => {
  world = await startNormingWorld();
});
afterAll(() => world.api.close());

const vote = (name: string, roomId: string, label: number, place = 0) =>
  world.mutate(name, "castRoomVote", { roomId, place, round: 1, label });
const reveal = (name: string, roomId: string) => world.mutate(name, "revealRoomImage", { roomId, place: 0 });
const idsOf = (names: readonly string[]) => names.map((name) => world.memberIds[name]);
const change = (by: string, roomId: string, { add = [], remove = [] }: { add?: readonly string[]; remove?: readonly string[] }) =>
  world.mutate(by, "changeRoomMembers", { roomId, add: idsOf(add), remove: idsOf(remove) });
const namesOf = ({ normingRoom }: { normingRoom: { members: { name: string }[] } }) => normingRoom.members.map(({ name }) => name).sort();
/** Fields of the room as `name` reads it; null if it is not open to `name`. */
const read = async (name: string, roomId: string, fields: string) =>
  (await world.ask(name, `{ node(id: "${roomId}") { ... on NormingRoom { ${fields} } } }`)).data.node;

async function audited(roomId: string) {
  const subjectId = Buffer.from(roomId, "base64url").toString().slice("NormingRoom:".length);
  const rows = await world.api.database.connection.auditEntry.findMany({
    where: { subjectId, action: "normingRoom:changeMembers" },
    orderBy: { sequence: "asc" },
  });
  return rows.map(({ text }) => JSON.parse(text) as Record<string, unknown>);
}

/** Takes di out of a blind room, which closes to a researcher the other rooms that show labels of its images. */
const release = (roomId: string) => change("ada", roomId, { add: ["eve"], remove: ["di"] });

describe("while all images are blind", () => {
  it("the researcher who leads adds and removes members, and the audit log has them before and after", async () => {
    const roomId = await world.createRoom([0, 1], ["bo", "cy"]);
    expect((await read("ada", roomId, "mayChangeMembers")).mayChangeMembers).toBe(true);
    const changed = await change("ada", roomId, { add: ["eve", "di"], remove: ["cy"] });
    expect(changed.normingRoom).toMatchObject({ memberCount: 3, formerMemberCount: 1, mayChangeMembers: true });
    expect(namesOf(changed)).toEqual(["bo", "di", "eve"]);
    expect((await vote("eve", roomId, 5)).__typename).toBe("RoomImageSuccess");
    expect(await read("cy", roomId, "id")).toBeNull();
    expect(await audited(roomId)).toMatchObject([{ before: { userIds: ["bo", "cy"] }, after: { userIds: ["bo", "di", "eve"] } }]);
    // A repetition changes nothing.
    await change("ada", roomId, { add: ["eve"], remove: ["cy"] });
    expect(await audited(roomId)).toHaveLength(1);
    await release(roomId);
  });

  it("no other member does, and a room keeps at least 2 members, who may vote", async () => {
    const roomId = await world.createRoom([0], ["bo", "di"]);
    const refused = [
      await change("bo", roomId, { add: ["eve"] }),
      await change("di", roomId, { add: ["eve"] }),
      await change("eve", roomId, { add: ["eve"] }),
      await change("ada", roomId, { add: ["viv"] }),
      await change("ada", roomId, { add: ["eve"], remove: ["eve"] }),
      await change("ada", roomId, {}),
      await change("ada", roomId, { remove: ["bo"] }),
    ];
    expect(refused.map(({ __typename }) => __typename)).toEqual([
      "ForbiddenError",
      "ForbiddenError",
      "NotFoundError",
      "InvalidInputError",
      "InvalidInputError",
      "InvalidInputError",
      "ConflictError",
    ]);
    expect((await read("di", roomId, "mayChangeMembers")).mayChangeMembers).toBe(false);
    expect((await read("rita", roomId, "mayChangeMembers")).mayChangeMembers).toBe(true);
    expect(await audited(roomId)).toEqual([]);
    await release(roomId);
  });

  it("followers learn of the change", async () => {
    const roomId = await world.createRoom([0], ["bo", "cy"]);
    const { sequence } = await read("ada", roomId, "sequence");
    await change("ada", roomId, { add: ["eve"] });
    expect((await read("bo", roomId, "sequence")).sequence).toBeGreaterThan(sequence);
  });
});

describe("a member who was removed", () => {
  it("is no longer waited for, while the votes stay and count", async () => {
    const roomId = await world.createRoom([0], ["bo", "cy", "eve"]);
    await vote("bo", roomId, 5);
    await vote("cy", roomId, 6);
    expect((await reveal("cy", roomId)).__typename).toBe("ConflictError");
    await change("ada", roomId, { remove: ["bo"] });
    const image = "image(place: 0) { firstVotes memberVotes mayReveal votes { round } }";
    expect(await read("cy", roomId, `memberCount ${image}`)).toMatchObject({
      memberCount: 2,
      image: { firstVotes: 2, memberVotes: 1, mayReveal: false, votes: [{ round: 1 }] },
    });
    await vote("eve", roomId, 5);
    expect((await reveal("eve", roomId)).image.votes).toHaveLength(3);
    await world.mutate("ada", "startSecondRound", { roomId, place: 0 });
    const again = (name: string, label: number) => world.mutate(name, "castRoomVote", { roomId, place: 0, round: 2, label });
    expect([(await again("cy", 5)).__typename, (await again("eve", 6)).__typename]).toEqual(["RoomImageSuccess", "RoomImageSuccess"]);
    expect((await again("bo", 5)).__typename).not.toBe("RoomImageSuccess");
    // The second vote is complete with those who take part.
    const agreement = await read("cy", roomId, "agreement { blind { votes } again { votes } }");
    expect(agreement.agreement).toEqual({ blind: { votes: 3 }, again: { votes: 2 } });
  });

  it("has the same votes when added again, and decides on no image voted on", async () => {
    const roomId = await world.createRoom([0, 1], ["bo", "cy", "di"]);
    await vote("di", roomId, 5);
    await change("ada", roomId, { remove: ["di"] });
    await vote("bo", roomId, 5);
    await vote("cy", roomId, 5);
    // A researcher who takes part no longer may lead, and reads the room.
    expect(await read("di", roomId, "ownPseudonym leads")).toEqual({ ownPseudonym: null, leads: true });
    await change("ada", roomId, { add: ["di"] });
    expect(await vote("di", roomId, 6)).toMatchObject({ __typename: "ConflictError", message: expect.stringContaining("You have voted") });
    await change("ada", roomId, { remove: ["di"] });
    await reveal("bo", roomId);
    expect((await read("di", roomId, "image(place: 0) { mayDecide }")).image.mayDecide).toBe(false);
    const decided = await world.mutate("di", "decideRoomImage", { roomId, place: 0, outcome: "DISPUTED", reason: "Split." });
    expect(decided.__typename).toBe("ForbiddenError");
  });

  it("casts no vote in a race with the removal", async () => {
    const roomId = await world.createRoom([0], ["bo", "cy", "eve"]);
    const [voted, removed] = await Promise.all([vote("eve", roomId, 5), change("ada", roomId, { remove: ["eve"] })]);
    expect(removed.__typename).toBe("NormingRoomSuccess");
    const { image } = await read("ada", roomId, "image(place: 0) { firstVotes memberVotes }");
    expect(image).toEqual({ firstVotes: voted.__typename === "RoomImageSuccess" ? 1 : 0, memberVotes: 0 });
  });
});

describe("once an image is revealed", () => {
  it("members stay as they are, and the refusal says why", async () => {
    const roomId = await world.createRoom([0, 1], ["bo", "cy"]);
    for (const name of ["bo", "cy"]) await vote(name, roomId, 5);
    await reveal("bo", roomId);
    expect((await read("ada", roomId, "mayChangeMembers")).mayChangeMembers).toBe(false);
    expect(await change("ada", roomId, { add: ["eve"] })).toMatchObject({
      __typename: "ConflictError",
      message: expect.stringMatching(/image 1 of this room are revealed\. A new member could read votes .* before voting/),
    });
    expect(await change("ada", roomId, { remove: ["cy"] })).toMatchObject({
      __typename: "ConflictError",
      message: expect.stringContaining("the room keeps them"),
    });
    expect(await audited(roomId)).toEqual([]);
    await release(roomId);
  });
});
