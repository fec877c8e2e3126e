import { type RoomVote, roomAgreement } from "@pareidolia/perception/norming/roomAgreement";
import { describe, expect, it } from "vitest";

const votesOf = (round: 1 | 2, images: Readonly<Record<number, readonly (number | null)[]>>): RoomVote[] =>
  Object.entries(images).flatMap(([place, labels]) => labels.map((label, member) => ({ place: Number(place), member, round, label })));

describe("agreement in a room", () => {
  it("compares second votes with the blind votes on the same images", () => {
    const blind = votesOf(1, { 0: [1, 1, 2], 3: [1, 2, null], 5: [2, 2, 2] });
    const again = votesOf(2, { 0: [1, 1, 1], 3: [2, 2, null] });
    const found = roomAgreement([...again, ...blind]);
    // Krippendorff 2011: 1 - (n - 1) (n - sum of o_cc) / (n^2 - sum of n_c^2).
    // Blind: n = 9, o_cc = 1 + 0 + 3, n_c = 3, 5, 1. Same images: n = 6, o_cc = 1, n_c = 3, 2, 1. Again: n = 6, o_cc = 3 + 1, n_c = 3, 2, 1.
    expect(found.blind).toMatchObject({
      defined: false,
      items: 3,
      votes: 9,
      reason: expect.stringContaining("at least 6 voters and 8 images"),
    });
    expect(found.blind).toHaveProperty("estimate", expect.closeTo(1 - (8 * (9 - 4)) / (81 - 35), 12));
    expect(found.blindOnSameImages).toHaveProperty("estimate", expect.closeTo(1 - (5 * (6 - 1)) / (36 - 14), 12));
    expect(found.again).toHaveProperty("estimate", expect.closeTo(1 - (5 * (6 - 4)) / (36 - 14), 12));
  });

  it("is the same for each order of votes, and for each draw of places and numbers of members", () => {
    const votes = [...votesOf(1, { 0: [1, 1, 2], 1: [1, 2, 2], 2: [3, 3, 3] }), ...votesOf(2, { 0: [1, 1, 1], 1: [1, 2, 2] })];
    const renamed = votes.map((vote) => ({ ...vote, place: 7 - vote.place, member: 9 - vote.member }));
    const [one, other] = [roomAgreement(votes), roomAgreement(renamed.toReversed())];
    expect(other.blind).toHaveProperty("estimate", expect.closeTo((one.blind as { estimate: number }).estimate, 12));
  });

  it("says why it is undefined", () => {
    const none = roomAgreement([]);
    expect(none.again).toEqual({ defined: false, reason: "There are no such votes yet." });
    expect(roomAgreement(votesOf(1, { 0: [4] })).blind).toMatchObject({ defined: false });
  });

  it("counts the votes where agreement is undefined: on one image, and when all votes are the same", () => {
    expect(roomAgreement(votesOf(1, { 0: [5, 6, 5] })).blind).toMatchObject({ defined: false, items: 1, votes: 3 });
    expect(roomAgreement(votesOf(1, { 0: [5, 5], 1: [5, 5] })).blind).toMatchObject({ defined: false, items: 2, votes: 4 });
  });
});
