/** Before the reveal of an image in a norming room, no response shows another member's vote or the machine's label to anyone. */
import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import { hasSeenLabels } from "@pareidolia/persistence/studies/norming/readRooms";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readImageAddresses } from "../../support/imageAddresses.ts";
import { coefficientFields, imageFields, members, type NormingWorld, startNormingWorld } from "../../support/normingRoom.ts";
import { writeOpenedStudy } from "../../support/openedStudy.ts";
import { openRawSocket } from "../../support/rawSocket.ts";

let world: NormingWorld;

beforeAll(async () => {
  world = await startNormingWorld();
});
afterAll(() => world.api.close());

const vote = (name: string, roomId: string, label: number, more: object = {}) =>
  world.mutate(name, "castRoomVote", { roomId, place: 0, round: 1, label, ...more });

/** Every field of a room but the list of classes and the vote buttons, which name all classes whatever anyone voted. */
const documentOf = (roomId: string): string => `{ node(id: "${roomId}") { ... on NormingRoom {
  id number sequence memberCount imageCount decidedCount ownPseudonym leads createdBy { name } members { name }
  images { ${imageFields} url width height } agreement { blind ${coefficientFields} blindOnSameImages ${coefficientFields} again ${coefficientFields} }
  study { key normingRooms { images { ${imageFields} } } } } } }`;

describe("before the reveal", () => {
  it("no member, leader or owner reads another's vote, the label or the confidence, by any field, mutation or event", async () => {
    const roomId = await world.createRoom([0]);
    const socket = await openRawSocket(world.api.url, { headers: { origin: "http://127.0.0.1:3000", ...(world.senders["di"] as object) } });
    socket.subscribe(
      "changes",
      `subscription { normingRoomChanges(roomId: "${roomId}") { id sequence images { votes { choice { name } } } } }`,
    );
    const own = await vote("bo", roomId, 17);
    expect(own.image).toMatchObject({ firstVotes: 1, roundToVote: null, votes: [{ round: 1, choice: { label: 17 } }] });
    expect(await socket.answer("changes")).toMatchObject({
      payload: { data: { normingRoomChanges: { id: roomId, images: [{ votes: [] }] } } },
    });
    const other = await vote("cy", roomId, 3);
    expect(other.image.votes).toEqual([{ member: expect.any(String), round: 1, choice: { label: 3, name: "label 3" } }]);
    const log = "{ auditEntries(first: 20) { nodes { action subjectName before after } } }";
    const logged = await world.ask("ada", log);
    expect(JSON.stringify(logged)).toContain("normingRoom:vote");
    for (const name of ["ada", "di", "rita", "cy"]) {
      expect((await world.ask(name, documentOf(roomId))).errors, name).toBeUndefined();
      const seen = JSON.stringify([await world.ask(name, documentOf(roomId)), await world.ask(name, log), socket.received]);
      expect(seen, name).not.toContain("label 17");
      expect(seen, name).not.toContain('"label":17');
      expect(seen, name).not.toContain("0.91357");
      expect(seen.includes("label 3"), name).toBe(name === "cy");
    }
    const image = await world.readImage("ada", roomId);
    expect(image).toMatchObject({ state: "BLIND", firstVotes: 2, machine: null, confidence: null, votes: [], mayDecide: false });
    await socket.close();
  });

  it("a researcher who votes blind is told so, and reads no other room that shows the label of the image until the reveal", async () => {
    const revealed = await world.createRoom([3], ["bo", "cy"]);
    const members = ["rita", "di"];
    await vote("bo", revealed, 4);
    await vote("cy", revealed, 5);
    await world.mutate("ada", "revealRoomImage", { roomId: revealed, place: 0 });
    const blind = await world.createRoom([3], members);
    const read = (name: string) =>
      world.ask(name, `{ node(id: "${revealed}") { ... on NormingRoom { image(place: 0) { machine { name } } } } }`);
    const rooms = `{ node(id: "STU-1") { ... on Study { normingRooms { id number } closedRooms { number reason blindRoom message } } } }`;
    const listed = async (name: string) => JSON.stringify(await world.ask(name, rooms)).includes(revealed);
    const { normingRooms } = (await world.ask("ada", rooms)).data.node;
    const numberOf = (room: string): number => normingRooms.find(({ id }: { id: string }) => id === room).number;
    const { data, errors } = await read("rita");
    expect(data.node).toBeNull();
    expect(errors[0].message).toContain(`vote blind in norming room ${numberOf(blind)}`);
    expect([await listed("rita"), await listed("ada")]).toEqual([false, true]);
    const { closedRooms } = (await world.ask("rita", rooms)).data.node;
    expect(closedRooms).toEqual([
      { number: numberOf(revealed), reason: "NORMING", blindRoom: numberOf(blind), message: errors[0].message },
    ]);
    for (const name of members) await vote(name, blind, 4);
    // A vote can be taken back until the reveal.
    expect(await listed("rita")).toBe(false);
    await world.mutate("rita", "revealRoomImage", { roomId: blind, place: 0 });
    expect((await read("rita")).data.node.image.machine.name).toBe("label 3");
    expect(await listed("rita")).toBe(true);
  });

  it("agreement is computed only from revealed images", async () => {
    const roomId = await world.createRoom([0, 1]);
    for (const name of members) for (const place of [0, 1]) await vote(name, roomId, 4, { place });
    const agreement = `{ node(id: "${roomId}") { ... on NormingRoom { agreement { blind ${coefficientFields} } } } }`;
    const { blind } = (await world.ask("bo", agreement)).data.node.agreement;
    expect(blind).toMatchObject({ estimate: null, votes: 0, reason: "There are no such votes yet." });
  });

  it("places and pseudonyms are drawn at random, and the image's address is the room's own", async () => {
    const room = await world.createRoom([0, 1, 2, 3, 4, 5]);
    const { images } = (await world.ask("bo", `{ node(id: "${room}") { ... on NormingRoom { images { url } } } }`)).data.node;
    const { imageKey } = await world.api.database.connection.normingRoom.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
    const addressOf = await readImageAddresses(world.api.database, world.opened.study.id, { imageKey });
    const places = new Map(world.opened.images.map((image) => [addressOf(image), image.index]));
    const order = images.map(({ url }: { url: string }) => places.get(url));
    expect(order.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
    const response = await fetch(`${world.api.url}${images[0].url}`, { headers: { ...(world.senders["bo"] as object) } });
    expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/webp"]);
  });

  it("a vote that races with the reveal is either counted and shown, or refused", async () => {
    const roomId = await world.createRoom([0, 1, 2, 3, 4, 5]);
    for (let place = 0; place < 6; place++) {
      await vote("bo", roomId, 1, { place });
      const [late, shown] = await Promise.all([
        vote("cy", roomId, 2, { place }),
        world.mutate("ada", "revealRoomImage", { roomId, place }),
      ]);
      expect(shown.__typename).toBe("RoomImageSuccess");
      const image = await world.readImage("bo", roomId, place);
      expect(["RoomImageSuccess", "ConflictError"]).toContain(late.__typename);
      expect(image.votes).toHaveLength(late.__typename === "RoomImageSuccess" ? 2 : 1);
      expect(image).toMatchObject({ state: "REVEALED", firstVotes: image.votes.length });
    }
  });
});

describe("the second vote", () => {
  it("of others stays hidden from a member who has still to vote again, and not from those who cannot", async () => {
    const roomId = await world.createRoom([0]);
    for (const name of ["bo", "cy"]) await vote(name, roomId, 5);
    await world.mutate("ada", "revealRoomImage", { roomId, place: 0 });
    await world.mutate("ada", "startSecondRound", { roomId, place: 0 });
    await vote("bo", roomId, 17, { round: 2 });
    const secondOf = async (name: string) =>
      (await world.readImage(name, roomId)).votes.filter(({ round }: { round: number }) => round === 2).length;
    expect(await Promise.all(["bo", "cy", "di", "ada"].map(secondOf))).toEqual([1, 0, 1, 1]);
    const agreement = `{ node(id: "${roomId}") { ... on NormingRoom { agreement { again ${coefficientFields} } } } }`;
    expect((await world.ask("cy", agreement)).data.node.agreement.again.votes).toBe(0);
    await vote("cy", roomId, 17, { round: 2 });
    expect(await secondOf("cy")).toBe(2);
  });
});

describe("a member of a room", () => {
  it("has seen labels of the study from the first reveal on", async () => {
    const other = await writeOpenedStudy(world.api);
    const studyId = encodeGlobalId("Study", other.study.id);
    const memberIds = ["bo", "eve"].map((name) => world.memberIds[name]);
    const { normingRoom } = await world.mutate("ada", "createNormingRoom", { studyId, images: [0, 1], memberIds });
    const seen = (userId: string) => hasSeenLabels(world.api.database.connection, { studyId: other.study.id, userId });
    await vote("bo", normingRoom.id, 5);
    expect([await seen("bo"), await seen("eve")]).toEqual([false, false]);
    await world.mutate("ada", "revealRoomImage", { roomId: normingRoom.id, place: 0 });
    expect([await seen("bo"), await seen("eve"), await seen("cy")]).toEqual([true, true, false]);
  });
});

describe("a room is hidden", () => {
  it.each(["viv", "eve", "visitor"])("from %s, who is no member of it and no researcher", async (name) => {
    const roomId = await world.createRoom([0]);
    const body = await world.ask(name, `{ node(id: "${roomId}") { id } }`);
    expect(body.data?.node ?? null).toBeNull();
    const refused = await vote(name, roomId, 1);
    expect(refused.__typename ?? refused.errors[0].extensions.code).toMatch(/NotFoundError|ForbiddenError|UNAUTHENTICATED/);
    const list = await world.ask(name, `{ node(id: "${world.studyId}") { ... on Study { normingRooms { id } } } }`);
    expect(list.data?.node?.normingRooms ?? []).toEqual([]);
  });

  it("from a member who is still voting in the study, until the member has finished", async () => {
    const roomId = await world.createRoom([0]);
    const { connection } = world.api.database;
    const row = { id: "voter-bo", studyId: world.opened.study.id, number: 0, userId: "bo", consentVersion: 1, language: "en", items: [0] };
    await connection.studyVoter.create({ data: { ...row, trialCount: 1, leaseExpiresAt: new Date() } });
    const body = await world.ask("bo", `{ node(id: "${roomId}") { id } }`);
    expect(body.errors[0]).toMatchObject({ message: expect.stringContaining("still voting in STU-1"), extensions: { code: "FORBIDDEN" } });
    expect((await vote("bo", roomId, 1)).__typename).toBe("ForbiddenError");
    await connection.studyVoter.update({ where: { id: row.id }, data: { finishedAt: new Date() } });
    expect((await vote("bo", roomId, 1)).__typename).toBe("RoomImageSuccess");
    await connection.studyVoter.delete({ where: { id: row.id } });
  });
});
