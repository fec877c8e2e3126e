/** Researchers assign counted images of an open study to members, until these join. */
import { findAssignedImages } from "@pareidolia/persistence/norming/assignments";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type NormingWorld, startNormingWorld } from "../../support/normingRoom.ts";

let world: NormingWorld;

beforeAll(async () => {
  world = await startNormingWorld();
});
afterAll(() => world.api.close());

const assign = (name: string, people: readonly string[], images: readonly number[]) =>
  world.mutate(name, "assignStudyImages", { studyId: "STU-1", memberIds: people.map((person) => world.memberIds[person]), images });
const assignedTo = (userId: string) => findAssignedImages(world.api.database.connection, { studyId: world.opened.study.id, userId });

describe("an assignment", () => {
  it("gives each member these images, in ascending order, and replaces earlier ones", async () => {
    const { assignments } = await assign("di", ["bo", "cy"], [4, 1, 1]);
    expect(assignments).toEqual([
      { user: { name: "bo" }, images: [1, 4], joined: false },
      { user: { name: "cy" }, images: [1, 4], joined: false },
    ]);
    expect(await assignedTo("bo")).toEqual([1, 4]);
    await assign("ada", ["bo"], [5]);
    expect([await assignedTo("bo"), await assignedTo("cy"), await assignedTo("eve")]).toEqual([[5], [1, 4], []]);
    await assign("ada", ["bo", "cy"], []);
    expect([await assignedTo("bo"), await assignedTo("cy")]).toEqual([[], []]);
  });

  it("has as many images as the schema says", async () => {
    const images = Array.from({ length: 1_000 }, (_, index) => index % 6);
    expect((await assign("ada", ["bo"], images)).assignments).toMatchObject([{ images: [0, 1, 2, 3, 4, 5] }]);
    await assign("ada", ["bo"], []);
  });

  it("is refused for unknown images, for viewers, and by anyone but researchers", async () => {
    const refused = [
      await assign("ada", ["bo"], [6]),
      await assign("ada", ["viv"], [0]),
      await assign("ada", [], [0]),
      await assign("bo", ["bo"], [0]),
      await assign("viv", ["bo"], [0]),
    ];
    const types = refused.map(({ __typename }) => __typename);
    expect(types).toEqual(["InvalidInputError", "InvalidInputError", "InvalidInputError", "ForbiddenError", "ForbiddenError"]);
    const list = await world.ask("bo", '{ node(id: "STU-1") { ... on Study { assignments { images } } } }');
    expect(list.errors[0].extensions.code).toBe("FORBIDDEN");
  });

  it("is refused once the member has joined, and after the study has closed", async () => {
    const { connection } = world.api.database;
    const studyId = world.opened.study.id;
    await assign("ada", ["eve"], [2]);
    const row = { id: "voter-eve", studyId, number: 0, userId: "eve", consentVersion: 1, language: "en", items: [2], trialCount: 1 };
    await connection.studyVoter.create({ data: { ...row, leaseExpiresAt: new Date() } });
    expect(await assign("ada", ["bo", "eve"], [3])).toMatchObject({
      __typename: "ConflictError",
      message: expect.stringContaining("eve has already joined"),
    });
    expect([await assignedTo("eve"), await assignedTo("bo")]).toEqual([[2], []]);
    await connection.study.update({ where: { id: studyId }, data: { state: "CLOSED", closedAt: new Date() } });
    expect((await assign("ada", ["bo"], [3])).__typename).toBe("ConflictError");
  });
});
