/** Researchers assign counted images of an open study to members, until these join. */
import { findAssignedImages } from "@pareidolia/persistence/studies/norming/assignments";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type NormingWorld, startNormingWorld } from "../../support/normingRoom.ts";

let world: NormingWorld;

beforeAll(async () => {
  world = await startNormingWorld();
});
afterAll(() => world.api.close());

const assignEach = (name: string, images: Readonly<Record<string, readonly number[]>>) =>
  world.mutate(name, "assignStudyImages", {
    studyId: "STU-1",
    assignments: Object.entries(images).map(([person, of]) => ({ memberId: world.memberIds[person], images: of })),
  });
const assign = (name: string, people: readonly string[], images: readonly number[]) =>
  assignEach(name, Object.fromEntries(people.map((person) => [person, images])));
const assignedTo = (userId: string) => findAssignedImages(world.api.database.connection, { studyId: world.opened.study.id, userId });
const none = { mayVote: true, images: [], answered: 0, joined: false, finished: false, answeredTrials: 0, trials: 0 };
/** What the studies list tells a member. */
const awaiting = async (name: string) => {
  const { data } = await world.ask(name, "{ studies(first: 9, filter: { awaitingSender: true }) { nodes { key imagesAwaitingSender } } }");
  return data.studies.nodes;
};

describe("an assignment", () => {
  it("gives each member these images, in ascending order, and replaces earlier ones", async () => {
    const { assignments } = await assign("di", ["bo", "cy"], [4, 1, 1]);
    expect(assignments).toEqual(
      ["Ada", "bo", "cy", "di", "eve", "rita"].map((name) => ({
        ...none,
        user: { name },
        images: name === "bo" || name === "cy" ? [1, 4] : [],
      })),
    );
    expect(await assignedTo("bo")).toEqual([1, 4]);
    await assign("ada", ["bo"], [5]);
    expect([await assignedTo("bo"), await assignedTo("cy"), await assignedTo("eve")]).toEqual([[5], [1, 4], []]);
    await assign("ada", ["bo", "cy"], []);
    expect([await assignedTo("bo"), await assignedTo("cy")]).toEqual([[], []]);
  });

  it("has as many images as the schema says", async () => {
    const images = Array.from({ length: 1_000 }, (_, index) => index % 6);
    await assign("ada", ["bo"], images);
    expect(await assignedTo("bo")).toEqual([0, 1, 2, 3, 4, 5]);
    await assign("ada", ["bo"], []);
  });

  it("gives several members different images at once, and the audit log has the images before and after", async () => {
    await assign("ada", ["bo"], [0]);
    await assignEach("di", { bo: [1, 2], cy: [3] });
    const entry = await world.api.database.connection.auditEntry.findFirstOrThrow({
      where: { action: "study:assign" },
      orderBy: { sequence: "desc" },
    });
    expect(JSON.parse(entry.text)).toMatchObject({
      userId: "di",
      before: {
        assignments: [
          { userId: "bo", images: [0] },
          { userId: "cy", images: [] },
        ],
      },
      after: {
        assignments: [
          { userId: "bo", images: [1, 2] },
          { userId: "cy", images: [3] },
        ],
      },
    });
    await assign("ada", ["bo", "cy"], []);
  });

  it("is refused for unknown images, for viewers, for a member named twice, and by anyone but researchers", async () => {
    const { bo: memberId } = world.memberIds;
    const twice = {
      studyId: "STU-1",
      assignments: [
        { memberId, images: [0] },
        { memberId, images: [1] },
      ],
    };
    const refused = [
      await assign("ada", ["bo"], [6]),
      await assign("ada", ["viv"], [0]),
      await assign("ada", [], [0]),
      await assign(
        "ada",
        ["bo"],
        Array.from({ length: 1_000 }, (_, index) => index),
      ),
      await world.mutate("ada", "assignStudyImages", twice),
      await assign("bo", ["bo"], [0]),
      await assign("viv", ["bo"], [0]),
    ];
    const types = refused.map(({ __typename }) => __typename);
    expect(types).toEqual([...Array(5).fill("InvalidInputError"), "ForbiddenError", "ForbiddenError"]);
    const list = await world.ask("bo", '{ node(id: "STU-1") { ... on Study { assignments { images } } } }');
    expect(list.errors[0].extensions.code).toBe("FORBIDDEN");
    expect(await assignedTo("bo")).toEqual([]);
  });
});

describe("the assigned member", () => {
  const studyId = () => world.opened.study.id;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests read any part of the response
  const send = async (name: string, mutation: string, input: object, fields: string): Promise<any> => {
    const type = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}`;
    const query = `mutation ($input: ${type}Input!) { ${mutation}(input: $input) { __typename ... on ${type}Success { ${fields} } ... on Error { message } } }`;
    const body = await world.ask(name, query, { input });
    return body.data?.[mutation] ?? body;
  };

  it("sees in the list of studies how many images await votes, and no other member does", async () => {
    await assign("ada", ["eve"], [2, 4, 5]);
    expect(await awaiting("eve")).toEqual([{ key: "STU-1", imagesAwaitingSender: 3 }]);
    expect([await awaiting("bo"), await awaiting("ada"), await awaiting("viv")]).toEqual([[], [], []]);
  });

  it("joins with these images; each answer brings the number down, and researchers see the progress", async () => {
    const progress = async () => {
      const { data } = await world.ask(
        "di",
        '{ node(id: "STU-1") { ... on Study { assignments { user { name } images answered joined finished answeredTrials trials } } } }',
      );
      return data.node.assignments.find(({ user }: { user: { name: string } }) => user.name === "eve");
    };
    const joined = await send("eve", "joinStudy", { study: "STU-1", language: "en", consentVersion: 1 }, "ballot { voter { total } }");
    const { total } = joined.ballot.voter;
    const voter = await world.api.database.connection.studyVoter.findFirstOrThrow({ where: { studyId: studyId(), userId: "eve" } });
    expect(voter.items).toEqual(expect.arrayContaining([2, 4, 5]));
    expect(await progress()).toEqual({
      user: { name: "eve" },
      images: [2, 4, 5],
      answered: 0,
      joined: true,
      finished: false,
      answeredTrials: 0,
      trials: total,
    });
    const left: number[] = [];
    for (let trial = 0; trial < total; trial++) {
      const vote = {
        study: "STU-1",
        trial,
        submissionId: `eve-${trial}`,
        answer: { skipped: true },
        responseMs: 900,
        votedAt: new Date().toISOString(),
      };
      await send("eve", "castVote", vote, "recorded");
      left.push((await awaiting("eve"))[0]?.imagesAwaitingSender ?? 0);
    }
    expect([...left].sort((a, b) => b - a)).toEqual(left);
    expect([...new Set([3, ...left])]).toEqual([3, 2, 1, 0]);
    expect(await progress()).toMatchObject({ answered: 3, answeredTrials: total, finished: false });
    await send("eve", "finishStudy", { study: "STU-1" }, "voter { finishedAt }");
    expect(await progress()).toMatchObject({ answered: 3, finished: true });
  });

  it("keeps the images once joined, so another assignment is refused for all its members", async () => {
    expect(await assign("ada", ["bo", "eve"], [3])).toMatchObject({
      __typename: "ConflictError",
      message: expect.stringContaining("eve has already joined"),
    });
    expect([await assignedTo("eve"), await assignedTo("bo")]).toEqual([[2, 4, 5], []]);
  });

  it("has no images waiting once the study has closed, and none can be assigned", async () => {
    await assign("ada", ["cy"], [3]);
    expect(await awaiting("cy")).toEqual([{ key: "STU-1", imagesAwaitingSender: 1 }]);
    await world.api.database.connection.study.update({ where: { id: studyId() }, data: { state: "CLOSED", closedAt: new Date() } });
    expect(await awaiting("cy")).toEqual([]);
    expect((await assign("ada", ["bo"], [3])).__typename).toBe("ConflictError");
  });
});
