/** What people say about elites, runs and images: which votes count, lists by it, and from whom it is withheld. */

import { encodeGlobalId } from "@pareidolia/api/globalId/globalId";
import type { Actor, MemberActor, Role } from "@pareidolia/core/actor";
import { openQueue, type Queue } from "@pareidolia/jobs/queue";
import { withdrawVoter } from "@pareidolia/persistence/studies/voting/withdrawVoter";
import { localWorkspaceId } from "@pareidolia/persistence/workspace/workspaces/localWorkspace";
import { StudyComputer } from "@pareidolia/workers/studies/studyComputer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authenticateByHeader, createStranger, stranger } from "../../support/actors.ts";
import { startTestApi } from "../../support/api.ts";
import { type Ballot, castBallot, computeResults, openStudyOf } from "../../support/askedImages.ts";
import { type MutationApi, startMutationApi } from "../../support/mutationApi.ts";
import type { OpenedStudy } from "../../support/openedStudy.ts";

let api: MutationApi;
let computer: StudyComputer;
let elites: { readonly id: string; readonly niche: number; readonly sha256: string }[];

const visitor: Actor = { userId: null, workspaceId: null, role: "VISITOR" };
const member = (userId: string, role: Role): MemberActor => ({ userId, workspaceId: localWorkspaceId, role });
const people = { rita: "RESEARCHER", lab: "LABELLER", viv: "VIEWER" } as const;
const rita = member("rita", "RESEARCHER");

let queue: Queue;

beforeAll(async () => {
  api = await startMutationApi();
  queue = await openQueue({ url: api.databaseUrl });
  computer = new StudyComputer();
  const { connection } = api.database;
  await createStranger(api.database);
  for (const [id, role] of Object.entries(people)) {
    await connection.user.create({ data: { id, name: id, email: `${id}@pareidolia.example` } });
    await connection.membership.create({ data: { id: `membership_${id}`, userId: id, workspaceId: localWorkspaceId, role } });
  }
  const rows = await connection.elite.findMany({
    where: { replacedAt: null },
    orderBy: { niche: "asc" },
    include: { genome: { select: { imageSha256: true } } },
  });
  elites = rows.map(({ id, niche, genome }) => ({ id, niche, sha256: genome.imageSha256 }));
});
afterAll(async () => {
  await computer.close();
  await queue.close();
  await api.close();
});

type Elite = (typeof elites)[number];
const openStudy = (asked: readonly Pick<Elite, "niche" | "sha256">[]) =>
  openStudyOf(
    api,
    asked.map(({ niche, sha256 }) => ({ label: niche, sha256 })),
  );
const vote = (study: OpenedStudy, ballot: Ballot) => castBallot(api, study, ballot);
const compute = ({ study }: { readonly study: { readonly id: string } }) => computeResults(api, study.id, { queue, computer });

const shareFields = "{ votes agreeing share low high }";

async function read(query: string, actor?: Actor) {
  const { body } = await api.query(query, {}, actor);
  expect(body.errors, query).toBeUndefined();
  return body.data;
}

const recognitionOf = async ({ id }: { readonly id: string }, actor?: Actor) =>
  (
    await read(
      `{ node(id: "${encodeGlobalId("Elite", id)}") { ... on Elite { recognition { studyCount named ${shareFields} recognised { votes share low high } recognisedReason withheld { reason studyKey message } } } } }`,
      actor,
    )
  ).node.recognition;

const studiesOf = async ({ sha256 }: { readonly sha256: string }, actor?: Actor) =>
  (
    await read(
      `{ node(id: "${encodeGlobalId("Image", sha256)}") { ... on Image { studies { index label labelName confidence counted
        study { key } withheld { reason message } questions { protocol alternatives mentionsMachine chance excludedCount missingCount
          named ${shareFields} answers { kind text agrees given ${shareFields} } } } } } }`,
      actor,
    )
  ).node.studies;

const list = async (args: string, actor?: Actor) => {
  const { body } = await api.query(`{ elites(first: 50, ${args}) { totalCount nodes { id niche } } }`, {}, actor);
  return body.errors === undefined ? body.data.elites : body.errors[0];
};
const nichesOf = async (args: string, actor?: Actor): Promise<number[]> =>
  (await list(args, actor)).nodes.map(({ niche }: { niche: number }) => niche);

const withoutShare = { named: null, recognised: null, recognisedReason: null, withheld: null };
const elite = (index: number) => elites[index] as (typeof elites)[number];

describe("what people say about an elite", () => {
  it("is empty before a study opens, and counts only votes as planned, without skipped and withdrawn ones", async () => {
    expect(await recognitionOf(elite(0))).toEqual({ studyCount: 0, ...withoutShare });
    expect(await studiesOf(elite(0))).toEqual([]);
    const study = await openStudy([elite(0), elite(1), elite(2)]);
    expect(await recognitionOf(elite(0))).toEqual({ studyCount: 1, ...withoutShare });
    for (const answers of [
      [true, true, "skip"],
      [true, false, "skip"],
      [false, false, "skip"],
    ] as const)
      await vote(study, { answers });
    await vote(study, { answers: [true, true, true], insider: true });
    const withdrawn = await vote(study, { answers: [true, true, true] });
    // A page of one image counts the votes themselves: at once, and until results are computed those of all voters.
    const [atOnce] = await studiesOf(elite(0));
    expect(atOnce).toMatchObject({
      counted: "EVERYONE",
      label: elite(0).niche,
      labelName: expect.any(String),
      confidence: expect.any(Number),
    });
    expect(atOnce.questions[0]).toMatchObject({ named: { votes: 5, agreeing: 4 }, excludedCount: 0, chance: 1 / 3, alternatives: 3 });
    await compute(study);
    expect(await recognitionOf(elite(0))).toMatchObject({ named: { votes: 4, agreeing: 3 } });

    await api.database.transaction((transaction) => withdrawVoter(transaction, withdrawn));
    expect((await recognitionOf(elite(0))).named).toBeNull();
    expect((await studiesOf(elite(0)))[0].questions[0]).toMatchObject({ named: { votes: 4, agreeing: 3 } });
    await compute(study);
    // Wilson's interval of 2 of 3 votes: Python's statistics.NormalDist().inv_cdf(.975) in its formula.
    expect(await recognitionOf(elite(0))).toEqual({
      studyCount: 1,
      withheld: null,
      named: {
        votes: 3,
        agreeing: 2,
        share: 2 / 3,
        low: expect.closeTo(0.2076596008020477, 9),
        high: expect.closeTo(0.9385080552796037, 9),
      },
      // Among three choices: (2/3 - 1/3) / (1 - 1/3), and the same of the interval, whose lower end is below chance.
      recognised: { votes: 3, share: expect.closeTo(0.5, 12), low: 0, high: expect.closeTo((0.9385080552796037 - 1 / 3) * 1.5, 9) },
      recognisedReason: null,
    });
    expect(await recognitionOf(elite(2))).toMatchObject({ named: null });
    const [shown] = await studiesOf(elite(0));
    expect(shown).toMatchObject({ study: { key: study.key }, counted: "PLANNED", withheld: null });
    const [question] = shown.questions;
    expect(question).toMatchObject({ excludedCount: 1, missingCount: 0, named: { votes: 3, agreeing: 2 } });
    const names = ["zero", "one", "two", "three", "four"];
    const [first, second] = question.answers;
    expect(first).toMatchObject({ kind: "LABEL", text: names[elite(0).niche], agrees: true, given: { agreeing: 2, votes: 3 } });
    expect(second).toMatchObject({ agrees: false, given: { agreeing: 1, votes: 3 } });
    expect((await studiesOf(elite(2)))[0].questions[0]).toMatchObject({ named: null, answers: [] });
  });

  it("is pooled over the studies that asked about the same bytes with the same label", async () => {
    const again = await openStudy([elite(0)]);
    for (const says of [true, true, true]) await vote(again, { answers: [says] });
    // The same bytes with another label ask another question.
    const other = await openStudy([{ sha256: elite(0).sha256, niche: (elite(0).niche + 1) % 5 }]);
    await vote(other, { answers: [true] });
    for (const study of [again, other]) await compute(study);
    expect(await recognitionOf(elite(0))).toMatchObject({
      studyCount: 2,
      named: { votes: 6, agreeing: 5 },
      recognised: { votes: 6, share: 0.75 },
    });
    expect((await studiesOf(elite(0))).map(({ study, label }: { study: { key: string }; label: number }) => [study.key, label])).toEqual([
      [other.key, (elite(0).niche + 1) % 5],
      [again.key, elite(0).niche],
      [expect.any(String), elite(0).niche],
    ]);
  });

  it("does not change if results are computed again, and is not copied to a fork", async () => {
    const before = await recognitionOf(elite(0));
    const [{ study }] = (await studiesOf(elite(0))).slice(-1);
    await api.mutate("forkStudy", { studyId: study.key });
    await api.database.connection.studyResult.updateMany({ data: { voteCount: -1 } });
    for (const { id } of await api.database.connection.study.findMany({ where: { planText: { not: null } } }))
      await compute({ study: { id } });
    expect(await recognitionOf(elite(0))).toEqual(before);
  });
});

describe("the gallery", () => {
  it("orders and filters by what people say", async () => {
    const [zero, one] = [elite(0).niche, elite(1).niche];
    const never = elites.slice(3).map(({ niche }) => niche);
    expect(await nichesOf("orderBy: { field: PEOPLE_SHARE, direction: DESC }")).toEqual([zero, one]);
    expect(await nichesOf("orderBy: { field: PEOPLE_SHARE, direction: ASC }")).toEqual([one, zero]);
    expect(await nichesOf("orderBy: { field: PEOPLE_VOTES, direction: DESC }")).toEqual([zero, one]);
    expect(new Set(await nichesOf("filter: { people: { asked: true } }"))).toEqual(new Set([zero, one, elite(2).niche]));
    expect(new Set(await nichesOf("filter: { people: { asked: false } }"))).toEqual(new Set(never));
    expect(await nichesOf("filter: { people: { minimumShare: 0.5 } }")).toEqual([zero]);
    expect(await nichesOf("filter: { people: { maximumShare: 0.5 } }")).toEqual([one]);
    expect(await nichesOf("filter: { people: { minimumVotes: 4 } }")).toEqual([zero]);
    expect(await list("filter: { people: { minimumShare: 0.5 } }")).toMatchObject({ totalCount: 1 });
    expect(await list("orderBy: { field: PEOPLE_VOTES, direction: ASC }")).toMatchObject({ totalCount: 2 });
    expect(await list("filter: { people: { minimumShare: 2 } }")).toMatchObject({ message: "A share must be from 0 to 1." });
  });

  it("pages through the order in both directions", async () => {
    const order = "orderBy: { field: PEOPLE_SHARE, direction: DESC }";
    const page = async (args: string) =>
      (await read(`{ elites(${args}, ${order}) { nodes { niche } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`))
        .elites;
    const first = await page("first: 1");
    expect(first).toMatchObject({ nodes: [{ niche: elite(0).niche }], pageInfo: { hasNextPage: true } });
    const second = await page(`first: 1, after: "${first.pageInfo.endCursor}"`);
    expect(second).toMatchObject({ nodes: [{ niche: elite(1).niche }], pageInfo: { hasNextPage: false } });
    expect((await page(`last: 1, before: "${second.pageInfo.startCursor}"`)).nodes).toEqual(first.nodes);
  });
});

describe("what people say about a run", () => {
  it("is the mean over its images, with the reason why two images have no interval", async () => {
    const { node } = await read(
      `{ node(id: "RUN-1") { ... on Run { recognition { askedCount imageCount voteCount meanShare low high intervalReason withheld { message } } } } }`,
    );
    expect(node.recognition).toMatchObject({ askedCount: 3, imageCount: 2, voteCount: 9, low: null, high: null, withheld: null });
    expect(node.recognition.meanShare).toBeCloseTo((0.75 + 0) / 2, 12);
    expect(node.recognition.intervalReason).toMatch(/at least two voters on at least three images/);
    expect((await comparedWith(["RUN-1"])).recognition).toMatchObject(node.recognition);
  });
});

const comparedWith = async (runIds: readonly string[], actor?: Actor) =>
  (
    await read(
      `{ runComparison(entries: [{ runIds: ${JSON.stringify(runIds)} }]) { entries {
        recognition { askedCount imageCount voteCount meanShare low high intervalReason withheld { message } } } } }`,
      actor,
    )
  ).runComparison.entries[0];

const foundBy = async (search: string, actor?: Actor): Promise<string[]> =>
  (await read(`{ runs(search: ${JSON.stringify(search)}) { nodes { key } } }`, actor)).runs.nodes.map(({ key }: { key: string }) => key);

describe("runs", () => {
  it("are found and ordered by what people say about their images", async () => {
    // A third is what guesses give among three choices.
    const share = (0.75 + 0) / 2;
    expect(await foundBy(`recognition > ${share - 1e-9} AND recognition < ${share + 1e-9}`)).toEqual(["RUN-1"]);
    expect(await foundBy(`recognition < ${share - 1e-9}`)).toEqual([]);
    const { runs } = await read(
      '{ runs(orderBy: { column: "recognition", direction: DESC }, first: 1) { nodes { key cells(columns: ["recognition"]) } } }',
    );
    expect(runs.nodes).toEqual([{ key: "RUN-1", cells: [expect.closeTo(share, 12)] }]);
  });
});

describe("what people say is withheld", () => {
  const figures = /"(votes|agreeing|share|meanShare|confidence)":\s*[0-9.]/;
  const everything = (id: string, sha256: string) => `{
    node(id: "${encodeGlobalId("Elite", id)}") { ... on Elite { recognition { named ${shareFields} withheld { reason message } }
      run { ... on Run { recognition { askedCount meanShare low high withheld { reason message } } } } } }
    image: node(id: "${encodeGlobalId("Image", sha256)}") { ... on Image { studies { study { key } label labelName confidence
      withheld { reason message } questions { named ${shareFields} answers { text given ${shareFields} } } } } } }`;

  it.each([
    ["a labeller", member("lab", "LABELLER")],
    ["a viewer", member("viv", "VIEWER")],
  ])("from %s, in fields and in lists", async (_name, actor) => {
    const data = await read(everything(elite(0).id, elite(0).sha256), actor);
    expect(data).toEqual({ node: { recognition: null, run: { recognition: null } }, image: { studies: [] } });
    expect(await comparedWith(["RUN-1"], actor)).toEqual({ recognition: null });
    expect(await foundBy("recognition != none", actor)).toEqual([]);
    for (const args of ["filter: { people: { asked: true } }", "orderBy: { field: PEOPLE_SHARE, direction: DESC }"])
      expect(await list(args, actor)).toMatchObject({ extensions: { code: "FORBIDDEN" } });
  });

  it("from visitors of a public experiment and from members of other workspaces", async () => {
    const { connection } = api.database;
    const { experimentId } = await connection.run.findFirstOrThrow({ where: { number: 1 } });
    await connection.experiment.update({ where: { id: experimentId }, data: { visibility: "PUBLIC", publishedAt: new Date() } });
    const experiment = encodeGlobalId("Experiment", experimentId);
    const sharing = await startTestApi({ beside: api, authenticate: authenticateByHeader });
    for (const actor of [visitor, stranger]) {
      const { body } = await sharing.query(everything(elite(0).id, elite(0).sha256), {}, actor);
      expect(body.data, actor.role).toEqual({ node: { recognition: null, run: { recognition: null } }, image: { studies: [] } });
      const within = `{ elites(first: 10, filter: { experimentId: "${experiment}", people: { minimumVotes: 1 } }) { nodes { id } } }`;
      const refused = await sharing.query(within, {}, actor);
      expect(refused.body.errors[0].extensions.code, actor.role).toBe(actor.role === "VISITOR" ? "UNAUTHENTICATED" : "FORBIDDEN");
    }
    await sharing.close();
    await connection.experiment.update({ where: { id: experimentId }, data: { visibility: "PRIVATE", publishedAt: null } });
  });

  it("from a researcher who votes in a study of the image, with the reason, until the researcher has finished", async () => {
    const study = await openStudy([elite(0), elite(4)]);
    expect(await nichesOf("orderBy: { field: PEOPLE_SHARE, direction: DESC }", rita)).toEqual([elite(0).niche, elite(1).niche]);
    const voter = await vote(study, { userId: "rita", insider: true, answers: [true, true] });
    const { connection } = api.database;
    await connection.studyVoter.update({ where: { id: voter }, data: { finishedAt: null } });
    await compute(study);
    const message = `You are voting in ${study.key}. Finish it to see what people say.`;
    const data = await read(everything(elite(0).id, elite(0).sha256), rita);
    expect(data.node).toMatchObject({
      recognition: { named: null, withheld: { reason: "VOTING", message } },
      run: { recognition: { askedCount: 4, meanShare: null, low: null, high: null, withheld: { reason: "VOTING", message } } },
    });
    expect((await comparedWith(["RUN-1"], rita)).recognition).toMatchObject({ meanShare: null, voteCount: null, withheld: { message } });
    const [closed, ...others] = data.image.studies;
    expect(closed).toMatchObject({
      label: null,
      labelName: null,
      confidence: null,
      questions: [],
      withheld: { reason: "VOTING", message },
    });
    expect(JSON.stringify([data.node, closed])).not.toMatch(figures);
    // Studies in which she does not vote stay open to her, as their results do.
    expect(others.every(({ withheld }: { withheld: unknown }) => withheld === null)).toBe(true);
    // Neither place nor presence in a list tells her anything about the study's images.
    expect(await foundBy("recognition >= 0 OR recognition != none", rita)).toEqual([]);
    expect((await read('{ node(id: "RUN-1") { ... on Run { cells(columns: ["recognition"]) } } }', rita)).node.cells).toEqual([null]);
    const { runGroups } = await read(
      '{ runGroups(groupBy: ["preset"], measures: ["recognition"]) { nodes { measures { count mean } } } }',
      rita,
    );
    expect(runGroups.nodes[0].measures[0]).toMatchObject({ count: 0, mean: null });
    expect(await nichesOf("orderBy: { field: PEOPLE_SHARE, direction: DESC }", rita)).toEqual([elite(1).niche]);
    expect(await nichesOf("filter: { people: { minimumVotes: 1 } }", rita)).toEqual([elite(1).niche]);
    expect(await nichesOf("filter: { people: { asked: false } }", rita)).not.toContain(elite(4).niche);
    // Another researcher, who does not vote, reads on.
    expect(await recognitionOf(elite(0))).toMatchObject({ named: { votes: 7 }, withheld: null });
    await connection.studyVoter.update({ where: { id: voter }, data: { finishedAt: new Date() } });
    expect(await recognitionOf(elite(0), rita)).toMatchObject({ named: { votes: 7 }, withheld: null });
    expect(await foundBy("recognition >= 0", rita)).toEqual(["RUN-1"]);
  });

  it("from a member of a norming room until all its images are revealed", async () => {
    const study = await openStudy([elite(1)]);
    const { connection } = api.database;
    const room = { id: "room", studyId: study.study.id, createdById: rita.userId, number: 1, sequence: 1 };
    await connection.normingRoom.create({ data: room });
    await connection.normingRoomMember.create({ data: { roomId: "room", number: 0, userId: "rita" } });
    const image = { roomId: "room", place: 0, studyId: study.study.id, imageIndex: 0, state: "BLIND" as const, sequence: 1 };
    await connection.normingRoomImage.create({ data: image });
    expect(await recognitionOf(elite(1), rita)).toMatchObject({ named: null, withheld: { reason: "NORMING", studyKey: study.key } });
    await connection.normingRoomImage.updateMany({ data: { state: "REVEALED" } });
    expect(await recognitionOf(elite(1), rita)).toMatchObject({ named: { votes: 3 }, withheld: null });
  });
});

it('has no share beyond guessing of a study whose voters answered "can\'t tell", and says so', async () => {
  const { connection } = api.database;
  await connection.studyVoter.updateMany({ where: { finishedAt: null }, data: { finishedAt: new Date() } });
  const shown = elite(3);
  const study = await openStudy([shown]);
  for (const answers of [[true], [true], [null]] as const) await vote(study, { answers });
  await compute(study);
  expect((await studiesOf(shown))[0].questions[0]).toMatchObject({ named: { votes: 2 }, missingCount: 1 });
  const reason = expect.stringContaining(`answered "can't tell", so not everyone who recognised nothing has guessed`);
  expect(await recognitionOf(shown)).toMatchObject({ named: { votes: 2, agreeing: 2 }, recognised: null, recognisedReason: reason });
  expect(await nichesOf("orderBy: { field: PEOPLE_SHARE, direction: DESC }")).not.toContain(shown.niche);
  expect(await nichesOf("orderBy: { field: PEOPLE_VOTES, direction: DESC }")).toContain(shown.niche);
  // Votes of another study, in which all guessed, count alone.
  const other = await openStudy([shown]);
  for (const says of [true, false]) await vote(other, { answers: [says] });
  await compute(other);
  expect(await recognitionOf(shown)).toMatchObject({ named: { votes: 4 }, recognised: { votes: 2, share: 0.25 }, recognisedReason: null });
});
