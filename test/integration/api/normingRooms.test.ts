/** Norming rooms: who may do what, in which order, and what a race leaves behind. */
import { buildTrials } from "@pareidolia/perception/trials/buildTrials";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { coefficientFields, members, type NormingWorld, startNormingWorld } from "../../support/normingRoom.ts";

let world: NormingWorld;

beforeAll(async () => {
  world = await startNormingWorld();
});
afterAll(() => world.api.close());

const at = (roomId: string, place = 0) => ({ roomId, place });
const vote = (name: string, roomId: string, label: number, more: object = {}) =>
  world.mutate(name, "castRoomVote", { ...at(roomId), round: 1, label, ...more });
const reveal = (name: string, roomId: string, place = 0) => world.mutate(name, "revealRoomImage", at(roomId, place));
const decide = (name: string, roomId: string, more: object = {}) =>
  world.mutate(name, "decideRoomImage", { ...at(roomId), outcome: "CLASS", label: 5, reason: "Most say so.", ...more });

/** In alphabetical order. */
const typesOf = (results: readonly { readonly __typename: string }[]): string[] => results.map(({ __typename }) => __typename).toSorted();

/** A room whose first image has these blind votes, revealed by its creator. */
async function revealed(labels: readonly number[] = [5, 5, 6]): Promise<string> {
  const roomId = await world.createRoom([0]);
  for (const [index, label] of labels.entries()) await vote(members[index] as string, roomId, label);
  await reveal("ada", roomId);
  return roomId;
}

async function auditedActions(roomId: string): Promise<string[]> {
  const id = Buffer.from(roomId, "base64url").toString().slice("NormingRoom:".length);
  const rows = await world.api.database.connection.auditEntry.findMany({ where: { subjectId: id }, orderBy: { sequence: "asc" } });
  return rows.map(({ action }) => action);
}

describe("a room", () => {
  it("is created by researchers, for members who may vote", async () => {
    const input = { studyId: "STU-1", images: [0, 2], memberIds: members.map((name) => world.memberIds[name]) };
    const { normingRoom } = await world.mutate("di", "createNormingRoom", { ...input, idempotencyKey: "once" });
    expect(normingRoom).toMatchObject({ imageCount: 2, memberCount: 3, leads: true });
    expect((await world.mutate("di", "createNormingRoom", { ...input, idempotencyKey: "once" })).normingRoom).toEqual(normingRoom);
    const withViewer = { ...input, memberIds: [world.memberIds["bo"], world.memberIds["viv"]] };
    const refusals = [
      await world.mutate("bo", "createNormingRoom", input),
      await world.mutate("viv", "createNormingRoom", input),
      await world.mutate("di", "createNormingRoom", withViewer),
      await world.mutate("di", "createNormingRoom", { ...input, memberIds: input.memberIds.slice(0, 1) }),
      await world.mutate("di", "createNormingRoom", { ...input, images: [6] }),
      await world.mutate("di", "createNormingRoom", { ...input, mostDisputed: 1 }),
    ];
    const types = refusals.map(({ __typename }) => __typename);
    expect(types).toEqual(["ForbiddenError", "ForbiddenError", ...Array.from({ length: 4 }, () => "InvalidInputError")]);
  });

  it("takes the images on which the study's voters agree least", async () => {
    const { connection } = world.api.database;
    const { study, plan } = world.opened;
    const none = await world.mutate("ada", "createNormingRoom", {
      studyId: "STU-1",
      mostDisputed: 2,
      memberIds: Object.values(world.memberIds).slice(0, 2),
    });
    expect(none).toMatchObject({ __typename: "ConflictError", message: expect.stringContaining("do not disagree") });
    const items = plan.rules.design.stimuli.map((_, index) => index);
    // Voters agree with the machine on all images but 4 (all differ) and 1 (one differs).
    for (const number of [0, 1, 2]) {
      const id = `disputing-${number}`;
      const row = { id, studyId: study.id, number: 100 + number, consentVersion: 1, language: "en", items, trialCount: 6 };
      await connection.studyVoter.create({ data: { ...row, leaseExpiresAt: new Date(), finishedAt: new Date() } });
      const trials = buildTrials(plan.rules.design, { seed: plan.seed, voter: 100 + number, items });
      const data = trials.map((trial) => {
        const agrees = trial.item !== 4 && !(trial.item === 1 && number === 0);
        const choice = agrees ? trial.target : trial.options.findIndex((_, position) => position !== trial.target);
        const answer =
          trial.item === 4 && number === 2 ? { cantTell: true } : trial.item === 4 && number === 1 ? { choice: trial.target } : { choice };
        const common = { voterId: id, trial: trial.number, studyId: study.id, role: "COUNTED" as const, item: trial.item };
        return { ...common, submissionId: `${id}-${trial.number}`, answer, votedAt: new Date() };
      });
      await connection.vote.createMany({ data });
    }
    const memberIds = members.map((name) => world.memberIds[name]);
    const { normingRoom } = await world.mutate("ada", "createNormingRoom", { studyId: "STU-1", mostDisputed: 5, memberIds });
    const id = Buffer.from(normingRoom.id, "base64url").toString().slice("NormingRoom:".length);
    const rows = await connection.normingRoomImage.findMany({ where: { roomId: id } });
    expect(new Set(rows.map(({ imageIndex }) => imageIndex))).toEqual(new Set([1, 4]));
  });
});

describe("a blind vote", () => {
  it("can be taken back until the reveal, and cast again", async () => {
    const roomId = await world.createRoom([0]);
    const undo = (name: string) => world.mutate(name, "undoRoomVote", { ...at(roomId), round: 1 });
    await vote("bo", roomId, 5);
    expect(await world.readImage("bo", roomId)).toMatchObject({ roundToVote: null, roundToUndo: 1 });
    expect((await undo("bo")).image).toMatchObject({ firstVotes: 0, roundToVote: 1, roundToUndo: null, votes: [] });
    // A repetition changes nothing, and no member takes back the vote of another.
    expect((await undo("bo")).__typename).toBe("RoomImageSuccess");
    await vote("bo", roomId, 6);
    expect((await undo("cy")).__typename).toBe("RoomImageSuccess");
    expect((await undo("ada")).__typename).toBe("ForbiddenError");
    expect((await world.readImage("bo", roomId)).votes).toMatchObject([{ choice: { label: 6 } }]);
    await reveal("ada", roomId);
    expect(await undo("bo")).toMatchObject({ __typename: "ConflictError", message: expect.stringContaining("shown by now") });
    expect((await world.readImage("bo", roomId)).roundToUndo).toBeNull();
    const actions = ["create", "vote", "undoVote", "vote", "reveal"].map((verb) => `normingRoom:${verb}`);
    expect(await auditedActions(roomId)).toEqual(actions);
  });

  it("is either taken back or revealed, never both", async () => {
    for (let attempt = 0; attempt < 5; attempt++) {
      const roomId = await world.createRoom([0]);
      for (const name of ["bo", "cy"]) await vote(name, roomId, 5);
      const [undone, shown] = await Promise.all([world.mutate("bo", "undoRoomVote", { ...at(roomId), round: 1 }), reveal("ada", roomId)]);
      const { votes } = await world.readImage("ada", roomId);
      expect(votes).toHaveLength(undone.__typename === "RoomImageSuccess" ? 1 : 2);
      expect(shown.__typename).toBe("RoomImageSuccess");
    }
  });

  it("is stored once, and never changed", async () => {
    const roomId = await world.createRoom([0]);
    const both = await Promise.all([vote("bo", roomId, 5), vote("bo", roomId, 5)]);
    expect(both.map(({ __typename }) => __typename)).toEqual(["RoomImageSuccess", "RoomImageSuccess"]);
    const race = await Promise.all([vote("cy", roomId, 5), vote("cy", roomId, 6)]);
    expect(typesOf(race)).toEqual(["ConflictError", "RoomImageSuccess"]);
    expect((await world.readImage("bo", roomId)).firstVotes).toBe(2);
    expect(await auditedActions(roomId)).toEqual(["normingRoom:create", "normingRoom:vote", "normingRoom:vote"]);
    const change = world.api.database.connection.normingVote.updateMany({ data: { label: 1 } });
    await expect(change).rejects.toThrow(/never changed/);
  });

  it("is a class of the study, or that nothing is recognised", async () => {
    const roomId = await world.createRoom([0]);
    const refused = [await vote("bo", roomId, 999), await world.mutate("bo", "castRoomVote", { ...at(roomId), round: 1 })];
    expect(refused.map(({ __typename }) => __typename)).toEqual(["InvalidInputError", "InvalidInputError"]);
    const nothing = await world.mutate("bo", "castRoomVote", { ...at(roomId), round: 1, nothing: true });
    expect(nothing.image.votes).toMatchObject([{ choice: null }]);
  });

  it("never enters the study's votes", async () => {
    const { connection } = world.api.database;
    const count = async () => [await connection.vote.count(), await connection.studyImage.aggregate({ _sum: { votes: true } })];
    const before = await count();
    await revealed();
    expect(await count()).toEqual(before);
    expect((await connection.study.findFirstOrThrow()).voteCount).toBe(0);
  });
});

describe("the reveal", () => {
  it("is open to members once all have voted, and earlier to who leads", async () => {
    const roomId = await world.createRoom([0, 1]);
    expect(await reveal("ada", roomId)).toMatchObject({ __typename: "ConflictError", message: expect.stringContaining("no vote") });
    for (const name of ["bo", "cy"]) await vote(name, roomId, 5);
    expect((await reveal("bo", roomId)).__typename).toBe("ConflictError");
    expect((await reveal("di", roomId)).__typename).toBe("ConflictError");
    await vote("di", roomId, 6);
    const shown = await reveal("bo", roomId);
    expect(shown.image).toMatchObject({ state: "REVEALED", machine: { label: expect.any(Number) }, confidence: expect.any(Number) });
    expect(shown.image.votes).toHaveLength(3);
    await vote("bo", roomId, 5, { place: 1 });
    expect((await reveal("rita", roomId, 1)).image.state).toBe("REVEALED");
    expect((await vote("cy", roomId, 5, { place: 1 })).message).toContain("no more blind votes");
  });

  it("happens once, even if three members reveal at the same time", async () => {
    const roomId = await world.createRoom([0]);
    for (const name of members) await vote(name, roomId, 5);
    const shown = await Promise.all(["bo", "cy", "ada"].map((name) => reveal(name, roomId)));
    expect(shown.map(({ image }) => image.state)).toEqual(["REVEALED", "REVEALED", "REVEALED"]);
    expect((await auditedActions(roomId)).filter((action) => action === "normingRoom:reveal")).toHaveLength(1);
  });
});

describe("the discussion", () => {
  it("takes comments under pseudonyms, from members, between the reveal and the decision", async () => {
    const roomId = await world.createRoom([0]);
    const say = (name: string, text: string) => world.mutate(name, "commentOnRoomImage", { ...at(roomId), text });
    expect((await say("bo", "Too early.")).__typename).toBe("ConflictError");
    await vote("bo", roomId, 5);
    await reveal("ada", roomId);
    expect((await say("ada", "Not a member.")).__typename).toBe("ForbiddenError");
    expect((await say("bo", " ")).__typename).toBe("InvalidInputError");
    expect((await say("bo", "x".repeat(2001))).__typename).toBe("InvalidInputError");
    await Promise.all([say("bo", "Folds."), say("cy", "Stripes.")]);
    const { comments, votes } = await world.readImage("di", roomId);
    expect(comments.map(({ number }: { number: number }) => number)).toEqual([0, 1]);
    const folds = comments.find(({ text }: { text: string }) => text === "Folds.");
    expect(folds.member).toBe(votes[0].member);
    expect(folds.member).toMatch(/^M-0[1-3]$/);
    await decide("ada", roomId);
    expect((await say("bo", "Too late.")).__typename).toBe("ConflictError");
  });
});

describe("the second vote", () => {
  it("is started by who leads, and cast by those who voted blind", async () => {
    const roomId = await revealed([5, 6]);
    const start = (name: string) => world.mutate(name, "startSecondRound", at(roomId));
    expect((await vote("bo", roomId, 5, { round: 2 })).message).toContain("not started");
    expect([(await start("bo")).__typename, (await start("di")).__typename]).toEqual(["ForbiddenError", "ForbiddenError"]);
    expect((await start("ada")).image.state).toBe("VOTING_AGAIN");
    expect((await start("ada")).image.state).toBe("VOTING_AGAIN");
    expect((await vote("di", roomId, 5, { round: 2 })).message).toContain("before the reveal");
    for (const name of ["bo", "cy"]) await vote(name, roomId, 5, { round: 2 });
    expect(await world.readImage("di", roomId)).toMatchObject({ firstVotes: 2, secondVotes: 2, mayDecide: true, roundToVote: null });
  });

  it("stays hidden, and can be taken back, until all have voted again", async () => {
    const roomId = await revealed([5, 6]);
    await world.mutate("ada", "startSecondRound", at(roomId));
    const seconds = async (name: string) => {
      const { votes } = await world.readImage(name, roomId);
      return votes.filter(({ round }: { round: number }) => round === 2).length;
    };
    const undo = (name: string) => world.mutate(name, "undoRoomVote", { ...at(roomId), round: 2 });
    await vote("bo", roomId, 6, { round: 2 });
    // The others do not see it, nor does its voter see theirs; a person who cannot vote does.
    expect([await seconds("bo"), await seconds("cy"), await seconds("di")]).toEqual([1, 0, 1]);
    expect((await undo("bo")).image).toMatchObject({ secondVotes: 0, roundToVote: 2 });
    for (const name of ["bo", "cy"]) await vote(name, roomId, 5, { round: 2 });
    expect([await seconds("bo"), await seconds("cy")]).toEqual([2, 2]);
    expect(await undo("cy")).toMatchObject({ __typename: "ConflictError", message: expect.stringContaining("All have voted again") });
    expect((await world.readImage("cy", roomId)).roundToUndo).toBeNull();
  });

  it("has its own agreement, beside that of the blind votes on the same images", async () => {
    const roomId = await world.createRoom([0, 1, 2, 3]);
    const blind = [
      [5, 5, 6],
      [7, 7, 7],
      [8, 9, 9],
      [1, 1, 1],
    ];
    for (const [place, labels] of blind.entries())
      for (const [index, label] of labels.entries()) await vote(members[index] as string, roomId, label, { place });
    for (const place of [0, 1, 2, 3]) await reveal("ada", roomId, place);
    const again = new Map([
      [0, 5],
      [2, 9],
      [3, 1],
    ]);
    for (const [place, label] of again) {
      await world.mutate("ada", "startSecondRound", at(roomId, place));
      for (const name of members) await vote(name, roomId, label, { place, round: 2 });
    }
    const fields = `blind ${coefficientFields} blindOnSameImages ${coefficientFields} again ${coefficientFields}`;
    const { agreement } = (await world.ask("bo", `{ node(id: "${roomId}") { ... on NormingRoom { agreement { ${fields} } } } }`)).data.node;
    // Krippendorff 2011: 1 - (n - 1) (n - sum of o_cc) / (n^2 - sum of n_c^2) with n = 12, o_cc = 1 + 3 + 1 + 3, n_c = 2, 1, 3, 1, 2, 3.
    expect(agreement.blind).toMatchObject({ images: 4, votes: 12 });
    expect(agreement.blind.estimate).toBeCloseTo(1 - (11 * (12 - 8)) / (144 - 28), 12);
    // n = 9, o_cc = 1 + 1 + 3, n_c = 2, 1, 1, 2, 3.
    expect(agreement.blindOnSameImages.estimate).toBeCloseTo(1 - (8 * (9 - 5)) / (81 - 19), 12);
    expect(agreement.again).toMatchObject({ estimate: 1, images: 3, votes: 9 });
  });
});

describe("the decision", () => {
  it("is made by a person who did not vote on the image, with a reason", async () => {
    const roomId = await revealed([5, 6]);
    expect(await decide("bo", roomId)).toMatchObject({ __typename: "ForbiddenError", message: expect.stringContaining("You voted") });
    expect((await decide("ada", roomId, { reason: " " })).__typename).toBe("InvalidInputError");
    expect((await decide("ada", roomId, { outcome: "DISPUTED" })).__typename).toBe("InvalidInputError");
    expect((await decide("eve", roomId)).__typename).toBe("NotFoundError");
    const { image } = await decide("di", roomId, { outcome: "DISPUTED", label: null });
    expect(image).toMatchObject({ state: "DECIDED", decision: { outcome: "DISPUTED", choice: null, decidedBy: { name: "di" } } });
    expect(image.votes).toHaveLength(2);
  });

  it("waits for the reveal", async () => {
    const roomId = await world.createRoom([0]);
    await vote("bo", roomId, 5);
    expect((await decide("ada", roomId)).message).toContain("Reveal the votes");
  });

  it("is made once, and ends the votes", async () => {
    const roomId = await revealed();
    await world.mutate("ada", "startSecondRound", at(roomId));
    const race = await Promise.all([decide("ada", roomId), decide("rita", roomId, { label: 6 }), vote("bo", roomId, 6, { round: 2 })]);
    expect(typesOf(race.slice(0, 2))).toEqual(["ConflictError", "RoomImageSuccess"]);
    const image = await world.readImage("cy", roomId);
    expect(image.secondVotes).toBe(race[2].__typename === "RoomImageSuccess" ? 1 : 0);
    expect((await vote("cy", roomId, 5, { round: 2 })).message).toContain("decided");
    const { connection } = world.api.database;
    await expect(connection.normingDecision.updateMany({ data: { reason: "Another." } })).rejects.toThrow(
      /cannot be changed once it is written/,
    );
  });
});
